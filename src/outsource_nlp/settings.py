"""One run's settings: checked once, then passed on as they are."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from outsource_nlp.errors import ConfigurationError

LEAST_MEMORY = 1024
"""Megabytes below which a worker cannot load its models."""
MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 10_000_000
"""What a timer of the system takes without doubt."""


@dataclass(frozen=True, slots=True)
class PipelineSpec:
    """What a worker needs to build its own pipeline; small and picklable, unlike a ``Language``.

    Attributes:
        pipeline: name of a shipped pipeline, or path of a .cfg file.
        codebook: path of a codebook; empty for the shipped one.
    """

    pipeline: str = "default"
    codebook: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of ``analyze``; none of them but ``spec`` changes a table, unless a limit is met.

    Attributes:
        article_seconds: how long a file's reading, and an article's analysis, may take; 0 for any time.
        worker_memory: megabytes that a worker process may have; 0 for any.
        check_contents: read every file, also those that look as they did.

    Raises:
        ConfigurationError: a value out of range.
    """

    corpus: Path
    output: Path
    spec: PipelineSpec = PipelineSpec()
    engine: str = "local"
    scheduler: str = ""
    processes: int = 0
    batch_size: int = 32
    article_seconds: float = 600.0
    worker_memory: int = 4096
    check_contents: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot work before anything is read."""
        if self.processes < 0:
            raise ConfigurationError.bad_setting("processes", self.processes, "0 or more")
        if self.batch_size < 1:
            raise ConfigurationError.bad_setting("batch_size", self.batch_size, "1 or more")
        if not 0 <= self.article_seconds <= MOST_SECONDS:
            raise ConfigurationError.bad_setting("article_seconds", self.article_seconds, f"0 to {MOST_SECONDS:,}")
        if self.worker_memory and not LEAST_MEMORY <= self.worker_memory <= MOST_MEMORY:
            raise ConfigurationError.bad_setting("worker_memory", self.worker_memory,
                                                 f"0, or {LEAST_MEMORY} to {MOST_MEMORY:,}")

    def as_json(self) -> str:
        """The settings as one JSON object, for the run history."""
        return json.dumps(dataclasses.asdict(self), default=str, sort_keys=True)
