"""The ``outsource_entities`` component: who is named.

In goes a Doc, parsed or blank; out it comes with ``layers.mentions``, ``layers.entities`` and ``layers.doubts``.
Finding reads a page and changes nothing. Nothing global is added, so the component can join any English pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.names.cues import Cues, load_cues
from outsource_nlp.annotate.names.gazetteer import PACKAGED, Gazetteer, load_gazetteer
from outsource_nlp.annotate.names.linking import Person
from outsource_nlp.annotate.names.naming import find_names
from outsource_nlp.annotate.names.page import Found, Page, read_page
from outsource_nlp.annotate.names.person_names import PersonName, read_name
from outsource_nlp.annotate.names.words import split_words


@Language.factory(
    "outsource_entities",
    default_config={"gazetteers": list(PACKAGED), "extra_gazetteers": [], "cues": ""},
)
def make_entities(nlp: Language, name: str, gazetteers: list[str], extra_gazetteers: list[str],
                  cues: str) -> EntityFinder:
    """Build the component.

    Args:
        nlp: the pipeline; not used.
        name: the name in the pipeline; not used.
        gazetteers: packaged gazetteers by short name, or paths of CSV files with the same header.
        extra_gazetteers: more of them, such as a user's own names, merges and refusals.
        cues: path of a cue list file; empty for the packaged one.

    Returns:
        A component that sets ``layers.mentions``, ``layers.entities`` and ``layers.doubts``.

    Raises:
        DataError: a data file is malformed.
    """
    del nlp, name
    return EntityFinder(load_gazetteer((*gazetteers, *extra_gazetteers)), load_cues(cues))


UNLISTED = frozenset({"council", "company", "provider", "government", "union"})
"""Types of which a name outside every list is in doubt."""


class EntityFinder:
    """Find entities with a gazetteer and cue lists."""

    def __init__(self, gazetteer: Gazetteer, cues: Cues) -> None:
        self.gazetteer = gazetteer
        self.cues = cues

    def __call__(self, doc: Doc) -> Doc:
        """Set mentions, entities and doubts."""
        mentions, entities, doubts = self.find(doc)
        layers.set_mentions(doc, mentions, entities)
        layers.set_doubts(doc, doubts)
        return doc

    def find(self, doc: Doc) -> tuple[list[layers.Mention], list[layers.Entity], list[layers.Doubt]]:
        """The mentions of a document, the facts of their entities, and what is in doubt.

        The authors that the metadata name are among the entities.
        """
        page, facts = read_page(doc), layers.article(doc)
        found, persons = find_names(page, self.gazetteer, self.cues, author_names(facts.authors, self.cues))
        named = [self._canonical(f, facts.article_id) for f in found if not f.candidates]
        kept = [f for f in named if f.entity_id not in self.gazetteer.ignored]
        shared = [f for f in found if f.candidates]
        known = self._entities(kept, persons, facts.article_id)
        return _mentions(page, kept), list(known), list(self._doubts(page, kept, shared))

    def _merged(self, entity_id: str, article_id: str) -> str:
        """The id that a list merged this one into, for this article alone (``person:smith@ARTICLE``) or for all."""
        local = f"{entity_id}@{article_id}"
        target = self.gazetteer.canonical(local)
        return self.gazetteer.canonical(entity_id) if target == local else target

    def _canonical(self, item: Found, article_id: str) -> Found:
        target = self._merged(item.entity_id, article_id)
        if target == item.entity_id:
            return item
        entry = self.gazetteer.by_id.get(target)
        if entry is None:
            return Found(item.start, item.end, target.partition(":")[0], target, item.name, item.rule)
        return Found(item.start, item.end, entry.type, target, entry.name, item.rule, entry.register, entry.register_id)

    def _doubts(self, page: Page, kept: Iterable[Found], shared: Iterable[Found]) -> Iterator[layers.Doubt]:
        """Names that several bear, and bodies that no list holds."""
        for item in shared:
            yield layers.Doubt(page.span(item.start, item.end), item.type, "ambiguous", item.candidates)
        for item in kept:
            kind = "council" if item.type == "organisation" and _like_a_council(item.name) else item.type
            if kind in UNLISTED and not self.gazetteer.settles(item.entity_id):
                yield layers.Doubt(page.span(item.start, item.end), kind, "unlisted", (item.entity_id,))

    def _entities(self, found: Iterable[Found], persons: Sequence[Person], article_id: str) -> Iterable[layers.Entity]:
        facts = {f.entity_id: layers.Entity(f.entity_id, f.type, f.name, f.register, f.register_id) for f in found}
        for person in persons:
            target = self._merged(person.entity_id, article_id)
            if target not in self.gazetteer.ignored:
                facts.setdefault(target, layers.Entity(target, "person", person.name))
        return facts.values()


def _like_a_council(name: str) -> bool:
    words = split_words(name).fold
    return words[-1:] == ("council",) or "borough" in words[:3]


def author_names(authors: Iterable[str], cues: Cues) -> list[PersonName]:
    """The metadata's authors that are persons; a party or a publisher is none."""
    out = []
    for author in authors:
        words = split_words(author)
        known = len(words) > 1 and not any(
            w in cues.lists["people"]["not_in_names"] and not (
                k and w in cues.lists["people"]["surnames_too"]) for k, w in enumerate(words.fold))
        name = read_name(words, 0, len(words), cues, "metadata") if known and words.capital(0) else None
        if name is not None and name.given and words.capital(len(words) - 1) and len(words) < 6:
            out.append(name)
    return out


def _mentions(page: Page, found: Iterable[Found]) -> list[layers.Mention]:
    """Mentions, each span with each entity once."""
    unique: dict[tuple[int, int, str], layers.Mention] = {}
    for item in found:
        span = page.span(item.start, item.end)
        unique.setdefault((span.start, span.end, item.entity_id),
                          layers.Mention(span, item.entity_id, item.type, item.rule))
    return list(unique.values())
