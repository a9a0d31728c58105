"""The ``outsource_entities`` component: who is named.

In goes a Doc, parsed or blank; out it comes with ``layers.mentions`` and ``layers.entities``. Finding reads a page
and changes nothing; writing is one call. Nothing global is added, so the component can join any English pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
        A component that sets ``layers.mentions`` and ``layers.entities``.

    Raises:
        DataError: a data file is malformed.
    """
    del nlp, name
    return EntityFinder(load_gazetteer((*gazetteers, *extra_gazetteers)), load_cues(cues))


class EntityFinder:
    """Find entities with a gazetteer and cue lists."""

    def __init__(self, gazetteer: Gazetteer, cues: Cues) -> None:
        self.gazetteer = gazetteer
        self.cues = cues

    def __call__(self, doc: Doc) -> Doc:
        """Set mentions and entities."""
        layers.set_mentions(doc, *self.find(doc))
        return doc

    def find(self, doc: Doc) -> tuple[list[layers.Mention], list[layers.Entity]]:
        """The mentions of a document and the facts of their entities; authors of the metadata are among these."""
        page = read_page(doc)
        authors = author_names(layers.article(doc).authors, self.cues)
        found, persons = find_names(page, self.gazetteer, self.cues, authors)
        kept = [f for f in map(self._canonical, found) if f.entity_id not in self.gazetteer.ignored]
        return _mentions(page, kept), list(self._entities(kept, persons))

    def _canonical(self, item: Found) -> Found:
        target = self.gazetteer.canonical(item.entity_id)
        if target == item.entity_id:
            return item
        entry = self.gazetteer.by_id.get(target)
        if entry is None:
            return Found(item.start, item.end, target.partition(":")[0], target, item.name, item.rule)
        return Found(item.start, item.end, entry.type, target, entry.name, item.rule, entry.register, entry.register_id)

    def _entities(self, found: Iterable[Found], persons: Sequence[Person]) -> Iterable[layers.Entity]:
        facts = {f.entity_id: layers.Entity(f.entity_id, f.type, f.name, f.register, f.register_id) for f in found}
        for person in persons:
            target = self.gazetteer.canonical(person.entity_id)
            if target not in self.gazetteer.ignored:
                facts.setdefault(target, layers.Entity(target, "person", person.name))
        return facts.values()


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
