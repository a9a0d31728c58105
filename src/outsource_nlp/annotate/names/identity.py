"""From a name to its stable id: the same name gives the same id in every article and run."""

from __future__ import annotations

import re
import unicodedata

_LEGAL = re.compile(
    r"[\s,]+(?:\(?uk\)?\s+)?(?:ltd|limited|plc|llp|llc|inc|incorporated|gmbh|cic|cio|community interest company)\.?$",
    re.IGNORECASE,
)


def slug(name: str) -> str:
    """Lower case letters and digits with hyphens: "King's Fund" -> "kings-fund"."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’.]", "", plain)).strip("-") or "unnamed"


def without_legal_form(name: str) -> str:
    """A firm's name without Ltd, plc, CIC and their like, which writers add and drop at will."""
    return _LEGAL.sub("", name).strip() or name


def in_title_case(name: str) -> str:
    """A name in capitals as one would write it: "RAY MCDONALD" -> "Ray McDonald"; others unchanged."""
    if not name.isupper():
        return name
    titled = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: _titled(m.group()), name)
    return re.sub(r"\b(Of|And|For|The|Upon|In)\b", lambda m: m.group().lower(), titled[:1]) + titled[1:]


def _titled(word: str) -> str:
    if len(word) <= 1:
        return word
    if word[1] in "'’" and len(word) > 2:
        return word[0] + word[1] + word[2:].capitalize()
    if word.startswith("MC") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()
