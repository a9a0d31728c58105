"""Sources in, cleaned articles and failures out, lazily and in order.

The only place where an error of a format library is caught: a reader deals with its format, and whatever
its library makes of a hostile file ends here as one line in ``failures``.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.cleaning import clean, clean_line
from outsource_nlp.ingest.formats import READERS
from outsource_nlp.ingest.metadata import article
from outsource_nlp.ingest.raw import MAX_BYTES, MAX_CHARACTERS, Raw
from outsource_nlp.ingest.sources import Source
from outsource_nlp.records import Article, Failure

_LONGEST_REASON = 200
_TALKATIVE = ("pypdf", "trafilatura", "htmldate", "charset_normalizer", "docx")


def read(sources: Iterable[Source]) -> Iterator[Article | Failure]:
    """The articles of ``sources`` in order; a failure stands where its article would.

    An article with a value that cannot be used comes without it, and a failure that names it follows. A
    path has at most one failure.
    """
    for source in sources:
        try:
            for raw in _load(source):
                yield from _finished(source, raw)
        except InputError as error:
            yield Failure(source.path, "read", str(error))


def _finished(source: Source, raw: Raw) -> Iterator[Article | Failure]:
    path = f"{source.path}#{raw.record}" if raw.record else source.path
    try:
        if raw.error is not None:
            raise raw.error
        layers = (source.metadata, raw.metadata, _said_by_folder(source.path))
        found, dropped = article(path, _cleaned(raw.text), layers)
    except InputError as error:
        yield Failure(path, "read", str(error))
        return
    yield found
    if dropped:
        yield Failure(path, "read", " ".join(map(str, dropped)))


def _said_by_folder(path: str) -> Mapping[str, str]:
    """The layout ``publisher/file`` names the publisher; any other says nothing."""
    folders = path.split("/")[:-1]
    return {"publisher": folders[0]} if len(folders) == 1 else {}


def _cleaned(text: str) -> str:
    _refuse_long(text)
    cleaned = clean(text)
    _refuse_long(cleaned)
    if not any(character.isalnum() for character in cleaned):
        raise InputError.empty()
    return cleaned


def _refuse_long(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InputError.too_large(len(text), MAX_CHARACTERS, "characters")


def _load(source: Source) -> list[Raw]:
    """What the reader of the format finds, read to the end so that every error is met here.

    Raises:
        InputError: the file cannot be read.
        TimeoutError: the caller set a limit of time, and it was met.
    """
    if source.problem:
        raise InputError(source.problem)
    suffix = source.file.suffix.lower()
    try:
        size = source.file.stat().st_size
        if size > MAX_BYTES:
            raise InputError.too_large(size, MAX_BYTES, "bytes")
        with _in_silence():
            found = list(READERS[suffix](source.file))
    except (InputError, TimeoutError):      # the time limit is the caller's
        raise
    except OSError as error:
        raise InputError.unopened(error.strerror or _reason(error, source.file)) from error
    except Exception as error:  # libraries raise anything at all on a hostile file
        raise InputError.broken(suffix.removeprefix("."), _reason(error, source.file)) from error
    if not found:
        raise InputError.empty()
    return found


def _reason(error: Exception, file: Path) -> str:
    text = " ".join(str(error).replace(str(file), file.name).split())
    text = clean_line(text.encode("utf-8", "backslashreplace").decode()).rstrip(".")
    return text[:_LONGEST_REASON] or type(error).__name__


@contextmanager
def _in_silence() -> Iterator[None]:
    """Libraries warn and log about files that we report ourselves."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
