"""Text that may open with YAML between two ``---`` lines in; metadata and the rest out.

Every value stays the text it was written as (YAML's base loader), so that ``published: 2018-12-14``, a
title ``1984`` and a publisher ``No`` need no care, and nothing in a file can construct objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from outsource_nlp.errors import InputError

_OPENING = re.compile(r"\s*---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST = 20_000
_NOTHING = (None, "", "~", "null", "Null", "NULL")


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """The metadata, keys in lower case, and the text below; no metadata where there is no front matter.

    Raises:
        InputError: there is front matter, and it is not YAML.
    """
    match = _OPENING.match(text[:_LONGEST])
    if match is None:
        return {}, text
    import yaml

    try:
        found = yaml.load(match["yaml"], Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise InputError.broken("front matter", _where(error)) from error
    if not isinstance(found, dict):
        return ({}, text) if found not in _NOTHING else ({}, text[match.end():])
    known = {str(key).lower(): value for key, value in found.items() if value not in _NOTHING}
    return known, text[match.end():]


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", "") or "it is not YAML")
    return f"{problem}, line {mark.line + 2}" if mark is not None else problem
