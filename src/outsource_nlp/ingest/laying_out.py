"""An empty folder in, a corpus to be filled out: a commented ``articles.csv``, a codebook to edit, a README."""

from __future__ import annotations

import shlex
from pathlib import Path

from outsource_nlp import data
from outsource_nlp.errors import CorpusError

README = "new_readme.md"
FILES = {"articles.csv": "new_articles.csv", "codebook.toml": "codebook.toml", "README.md": README}
"""Files of a new corpus and the data files they are copies of."""


def lay_out(folder: Path) -> list[Path]:
    """Make a corpus without articles; the only function that writes into one.

    Returns:
        The files made.

    Raises:
        CorpusError: there is something in the folder already, or it cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CorpusError.in_the_way(folder)
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for name, source in FILES.items():
            text = data.read_bytes(source)
            if source == README:
                text = text.replace(b"CORPUS", _name_in_shell(folder))
            (folder / name).write_bytes(text)
            made.append(folder / name)
    except OSError as error:
        raise CorpusError.unwritable(folder, error.strerror or type(error).__name__) from error
    return made


def _name_in_shell(folder: Path) -> bytes:
    return shlex.quote(folder.resolve().name).encode("utf-8", "backslashreplace")
