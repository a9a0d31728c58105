"""A corpus folder (or one file) in, its files in order of path out, each with its row of ``articles.csv``.

No article is opened here, so that a re-run over thousands of unchanged files costs no more than a listing.
What cannot become an article is a source with a ``problem``, which ``read`` turns into a failure: one list,
nothing lost.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outsource_nlp.errors import CorpusError, InputError
from outsource_nlp.ingest import listing
from outsource_nlp.ingest.formats import READERS

_HIDDEN = (".", "~$", "__MACOSX")
_DESKTOP = frozenset({"thumbs.db", "desktop.ini"})
_COMPANIONS = ("readme", "license", "licence")
_ESCAPED = {
    **{code: f"\\x{code:02x}" for code in (*range(0x20), 0x7F, ord("\\"))},
    **{code: f"\\u{code:04x}" for code in range(0x80, 0xA0)},
    **{0xDC00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0x100)},
}


@dataclass(frozen=True, slots=True)
class Source:
    r"""One file of the corpus, not yet opened.

    Attributes:
        path: place in the corpus, with forward slashes; bytes that are not UTF-8, control characters and backslashes
            are written ``\xff``.
        file: where it lies, absolute.
        metadata: its row of ``articles.csv`` without ``path``; empty where it has none.
        size: bytes.
        mtime_ns: time of the last change, nanoseconds since 1970.
        inode, ctime_ns: which file it is, and when anything about it last changed.
        problem: why it cannot be read; empty where it may be tried.
    """

    path: str
    file: Path
    metadata: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    mtime_ns: int = 0
    problem: str = ""
    inode: int = 0
    ctime_ns: int = 0


def discover(corpus: Path) -> list[Source]:
    """The files of ``corpus``, sorted by path.

    Hidden files and folders are left out, and at the top level ``articles.csv``, README, LICENSE and .toml
    files (unless ``articles.csv`` lists them). Links are followed to files inside the corpus; a link to a
    folder is not followed.

    Raises:
        CorpusError: there is no such path, it cannot be listed, nothing in it could be an article, or
            ``articles.csv`` is wrong.
    """
    root = Path(os.path.realpath(corpus))
    if not root.exists():
        raise CorpusError.missing(corpus)
    if not root.is_dir():
        return [_source(root.name, root, {})]
    rows = read_rows(root)
    missing, sources = dict.fromkeys(rows), []
    for path, file in _walk(root):
        key = listing.path_key(path)
        if key in rows or not _is_companion(path):
            sources.append(_in_corpus(root, path, file, rows.get(key, {})))
            missing.pop(key, None)
    unlisted = str(InputError.unlisted_file(listing.NAME))
    sources += [Source(path, root / path, problem=unlisted) for path in missing]
    if not sources:
        raise CorpusError.empty(corpus, READERS)
    return sorted(sources, key=lambda source: source.path)


def read_rows(root: Path) -> dict[str, Mapping[str, str]]:
    """The rows of the corpus's ``articles.csv``; none where there is no such file.

    Raises:
        CorpusError: it is wrong.
    """
    file = root / listing.NAME
    return listing.read_listing(file) if file.is_file() else {}


def _walk(folder: Path, prefix: str = "") -> Iterator[tuple[str, Path]]:
    """Paths in the corpus and files; also links to folders and folders that cannot be listed."""
    pending = [(folder, prefix)]
    while pending:
        folder, prefix = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            if not prefix:      # a failure would take every article out of the tables
                raise CorpusError.unreadable(folder, error.strerror or type(error).__name__) from error
            yield prefix.rstrip("/"), folder
            continue
        for entry in entries:
            path = prefix + _printable(entry.name)
            if entry.name.startswith(_HIDDEN) or entry.name.lower() in _DESKTOP:
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append((Path(entry.path), path + "/"))
            else:
                yield path, Path(entry.path)


def _printable(name: str) -> str:
    """The name of a file such that it can be printed, and that no other file of the folder has it."""
    return os.fsencode(name).decode("utf-8", "surrogateescape").translate(_ESCAPED)


def _is_companion(path: str) -> bool:
    name = path.lower()
    companion = name == listing.NAME or name.endswith(".toml") or name.startswith(_COMPANIONS)
    return companion and "/" not in path


def _in_corpus(root: Path, path: str, file: Path, metadata: Mapping[str, str]) -> Source:
    if file.is_symlink():
        target = Path(os.path.realpath(file))
        if not target.is_relative_to(root):
            return Source(path, file, metadata, problem=str(InputError.outside()))
    return _source(path, file, metadata)


def _source(path: str, file: Path, metadata: Mapping[str, str]) -> Source:
    try:
        seen = file.stat()
        problem = _problem(file, seen.st_mode)
    except OSError as error:
        problem = str(InputError.unopened(error.strerror or type(error).__name__))
        return Source(path, file, metadata, problem=problem)
    return Source(path, file, metadata, seen.st_size, seen.st_mtime_ns, problem, seen.st_ino, seen.st_ctime_ns)


def _problem(file: Path, mode: int) -> str:
    if stat.S_ISDIR(mode):
        reason = "links to folders are not followed" if file.is_symlink() else "the folder cannot be listed"
        return str(InputError.unopened(reason))
    if not stat.S_ISREG(mode):
        return str(InputError.unopened("it is not a regular file"))
    if file.suffix.lower() not in READERS:
        return str(InputError.unsupported(file.suffix, READERS))
    return ""
