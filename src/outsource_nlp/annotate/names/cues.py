"""The word lists that tell names apart: a TOML file in, sets and phrases out.

Lists are data so that a rule can be read, counted and changed without touching code; a section or key that nobody
reads is refused, since a misspelt list would silently do nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from outsource_nlp.annotate.names.gazetteer import packaged_file
from outsource_nlp.annotate.names.words import Words, fold, split_words
from outsource_nlp.data import rows
from outsource_nlp.errors import DataError

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "council": (
        "actor_verbs", "irregular_forms", "place_verbs", "acts_upon", "sport", "passives", "auxiliaries", "services",
        "place_heads", "locatives", "life_words", "heads_before", "partner_verbs", "authority_nouns", "list_nouns",
        "list_cues", "position_verbs", "motion", "topic", "common_words", "person_titles_before_place",
        "with_article", "parties", "no_services", "settlements", "of_county_councils", "goes_where", "comparing",
        "nations", "objects", "waters",
    ),
    "people": (
        "titles", "female_titles", "male_titles", "lone_titles", "postnominals", "particles", "report_verbs",
        "stating_verbs", "academic_verbs", "views", "own_views",
        "sure_postnominals", "word_names", "kin", "given_titles", "scholar_frames", "lettered",
        "not_in_names", "not_people", "surnames_too", "offices", "no_initials", "titles_of_many", "clauses",
        "office_modifiers",
    ),
    "organisations": (
        "sentence_openers", "sure_publication_heads", "publication_frames", "publication_followers",
        "publication_words", "periodical_kinds",
        "company_suffixes", "provider_suffixes", "company_heads", "weak_company_heads", "nhs_places",
        "organisation_openings", "government_openings", "provider_heads", "government_heads",
        "union_heads", "publication_heads", "publication_openings", "organisation_heads", "not_organisations",
        "publication_verbs", "months", "public_sites", "care_heads", "kinds_of_care", "public_words", "dropped_heads",
    ),
    "context": ("company", "provider", "publication", "union", "government", "organisation", "party"),
    "government": ("devolved_marks", "devolved_offices", "foreign", "foreign_places", "uk_marks", "before_government",
                   "other_ministers"),
    "firms": ("frames", "followers", "former_names", "renamed", "kinds_of_group", "group_nouns", "nouns", "staff",
              "apposed", "work", "wins_work", "results", "posts_results", "runs", "work_to", "work_with", "work_by",
              "work_for"),
    "works": ("law_heads", "paper_heads", "before_title", "title_openings", "work_nouns", "called", "title_frames",
              "plain_reports", "of_a_new", "in_titles", "in_author_lists"),
    "bylines": ("introductions", "desks", "writers", "homes", "addressed", "peers", "sign_offs", "salutations",
                "place_words"),
}
_NUMBERS = ("bias", "weights")


class Phrases:
    """A set of words and phrases that can be asked for at a place of a text."""

    __slots__ = ("_first", "_last", "_longest", "phrases")

    def __init__(self, items: Iterable[str]) -> None:
        self.phrases = frozenset(_folded(item) for item in items)
        self._first = frozenset(p.partition(" ")[0] for p in self.phrases)
        self._last = frozenset(p.rpartition(" ")[2] for p in self.phrases)
        self._longest = max((p.count(" ") + 1 for p in self.phrases), default=1)

    def __contains__(self, phrase: str) -> bool:
        """Whether the folded words, with single spaces, are in the set."""
        return phrase in self.phrases

    def at(self, words: Words, i: int) -> int:
        """Length in words of the longest phrase that begins at ``i``, 0 if none."""
        if not 0 <= i < len(words.fold) or words.fold[i] not in self._first:
            return 0
        for n in range(min(self._longest, len(words.fold) - i), 0, -1):
            if " ".join(words.fold[i:i + n]) in self.phrases:
                return n
        return 0

    def before(self, words: Words, i: int) -> int:
        """Length in words of the longest phrase that ends right before ``i``, 0 if none."""
        if not 0 < i <= len(words.fold) or words.fold[i - 1] not in self._last:
            return 0
        for n in range(min(self._longest, i), 0, -1):
            if " ".join(words.fold[i - n:i]) in self.phrases:
                return n
        return 0


@dataclass(frozen=True, slots=True)
class Cues:
    """All lists of the file by section and key, the numbers of the council question, given names with their gender."""

    lists: Mapping[str, Mapping[str, Phrases]]
    weights: Mapping[str, float]
    bias: Mapping[str, float]
    actor_forms: frozenset[str]
    given_names: Mapping[str, str]


def _folded(item: str) -> str:
    return " ".join(split_words(item).fold)


def forms(verb: str) -> Iterable[str]:
    """The regular forms of an English verb: base, -s, -ed, -ing."""
    yield verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    else:
        yield from (verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), verb + "ed", verb + "ing")
        if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou":
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


@lru_cache(maxsize=4)
def load_cues(path: str = "") -> Cues:
    """Read the cue lists; an empty path stands for the packaged file.

    Raises:
        DataError: the file cannot be read, or has an unknown or missing section or key.
    """
    source = Path(path) if path else packaged_file("entity_cues.toml")
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError.unreadable(source.name, str(error)) from error
    for section, content in raw.items():
        if section not in SECTIONS:
            raise DataError.bad_key(source.name, section, SECTIONS)
        known = SECTIONS[section] + (_NUMBERS if section == "council" else ())
        for key in content:
            if key not in known:
                raise DataError.bad_key(source.name, f"{section}.{key}", known)
    missing = [f"{s}.{key}" for s, keys in SECTIONS.items() for key in keys if key not in raw.get(s, {})]
    if missing:
        raise DataError.unreadable(source.name, f"no list {missing[0]}")
    lists = {s: {key: Phrases(raw[s][key]) for key in keys} for s, keys in SECTIONS.items()}
    council = raw["council"]
    actor = {form for verb in council["actor_verbs"] for form in forms(verb)} | set(council["irregular_forms"])
    return Cues(lists, dict(council.get("weights", {})), dict(council.get("bias", {})), frozenset(actor),
                _given_names())


def _given_names() -> Mapping[str, str]:
    return {fold(row["name"]): row["gender"] for _, row in rows("given_names.csv", ("name", "gender"))}
