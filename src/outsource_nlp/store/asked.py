"""The questions that were put to a results folder, one a line in ``asked.jsonl``.

A kind and its options enter and leave. The file makes ids of figures that are in no table answerable, here and on any
machine the folder is copied to; and it is a record of how many comparisons were tried before one was told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from outsource_nlp.errors import ResultsError
from outsource_nlp.store.database import reason

ASKED = "asked.jsonl"


def remember(folder: Path, kind: str, options: Mapping[str, Any]) -> None:
    """Write a question down, unless it stands there already, or the folder is for reading only.

    Raises:
        ResultsError: the file cannot be written.
    """
    line = json.dumps({"kind": kind, "options": dict(options)}, sort_keys=True)
    known = [{"kind": k, "options": o} for k, o in recall(folder)]
    if json.loads(line) in known or not os.access(folder, os.W_OK):
        return
    written = _text(folder)
    begun = "\n" if written and not written.endswith("\n") else ""     # after a line that was cut off
    try:
        with (folder / ASKED).open("a", encoding="utf-8") as file:
            file.write(f"{begun}{line}\n")
    except OSError as error:
        raise ResultsError.unwritable(folder, reason(error)) from error


def recall(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """(kind, options) of every question, oldest first; a line that was cut off is passed over."""
    found = []
    for line in _text(folder).split("\n"):
        try:
            entry = json.loads(line)
            found.append((str(entry["kind"]), dict(entry["options"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _text(folder: Path) -> str:
    path = folder / ASKED
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
