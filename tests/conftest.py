"""Shared fixtures: pipelines are built once a session, results of the shipped corpus once a session."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import outsource_nlp as onlp

REPOSITORY = Path(__file__).resolve().parents[1]
CORPUS = REPOSITORY / "corpus"
BLOG = CORPUS / "chris-mills-blog" / "2018-12-14-outsourcing.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes the golden tables anew, to be read as a diff."""
    parser.addoption("--update-golden", action="store_true", help="write the golden tables anew")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline."""
    return onlp.load_pipeline("default")


@pytest.fixture(scope="session")
def rules_nlp() -> Language:
    """The pipeline without a statistical model."""
    return onlp.load_pipeline("rules")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results folder of the corpus that ships with the project."""
    folder = tmp_path_factory.mktemp("shipped") / "results"
    onlp.analyze(CORPUS, folder, processes=1).close()
    return folder


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl+C is heard, also where the tests run in the background: there a shell has it ignored, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
