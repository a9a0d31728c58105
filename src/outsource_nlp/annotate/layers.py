"""The vocabulary on a Doc: what our components write on it and everybody else reads.

Mentions are ``doc.spans["outsource_mentions"]`` (label = type, kb_id = entity_id, id = rule). Relations are lists
of tuples of integers and strings in ``doc.user_data``, which survive ``DocBin`` and other processes. The
functions here turn them into frozen dataclasses and back; nothing else knows the keys. There are no extension
attributes: those are global to the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span

MENTIONS = "outsource_mentions"
ENTITIES = "outsource_entities"
DOUBTS = "outsource_doubts"
ROLES = "outsource_roles"
QUOTATIONS = "outsource_quotations"
STATEMENTS = "outsource_statements"
ARTICLE = "outsource_article"
STANCE = "outsource_document_stance"
STATISTICS = "outsource_text_statistics"


@dataclass(frozen=True, slots=True)
class Entity:
    """A canonical entity as far as one document knows it; ``register_id`` only where it is a known fact."""

    entity_id: str
    type: str
    name: str
    register: str = ""
    register_id: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity; several mentions may share a span. ``rule`` says what found it."""

    span: Span
    entity_id: str
    type: str
    rule: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that somebody who knows should settle.

    Attributes:
        type: the entity type it seems to have.
        why: one of ``schema.DOUBTS``.
        candidates: ids that it may stand for; the one in use first, if any is.
    """

    span: Span
    type: str
    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """What a person does in the document: author, quoted, cited or mentioned."""

    entity_id: str
    role: str
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Content that somebody other than the reporting voice is made to say.

    Attributes:
        content: the words said, outer quotation marks left out.
        mode: direct, indirect or mixed.
        cue: the words that introduce it, if any; cue_class is one of ``schema.CUE_CLASSES``.
        speaker: the words that name the speaker at this place, if any.
        speaker_name: who speaks, resolved: an entity's name, or the description as written; "" if unknown.
        speaker_id: entity_id of the speaker, "" if it is no entity.
        speaker_type: one of ``schema.HOLDER_TYPES``.
        within: index of the quotation that contains it, -1 if none.
        flags: of negated, conditional, hypothetical, question, scare.
    """

    content: Span
    mode: str
    rule: str
    cue: Span | None = None
    cue_class: str = "neutral"
    speaker: Span | None = None
    speaker_name: str = ""
    speaker_id: str = ""
    speaker_type: str = "unknown"
    within: int = -1
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody (the holder) says something that bears on the target.

    Attributes:
        evidence: the words that carry the view.
        voice: author, direct or indirect.
        quotation: index of the quotation in which it stands, -1 if none.
        p_against, p_neutral, p_for: probabilities, summing to 1; for and against in the light of what the holder says
            elsewhere in the article.
        certainty: how sure ``stance`` is, 0 to 1.
    """

    evidence: Span
    voice: str
    holder: str
    holder_id: str
    holder_type: str
    target: str
    rule: str
    aspects: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    quotation: int = -1
    stance: str = "unclear"
    p_against: float = 1 / 3
    p_neutral: float = 1 / 3
    p_for: float = 1 / 3
    certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class DocumentStance:
    """The author's own position, with the bootstrap interval of its score."""

    stance: str
    score: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class TextStatistics:
    """Counts, Flesch's reading ease and MTLD; the two scores are None for a text too short for them."""

    n_words: int
    n_sentences: int
    reading_ease: float | None = None
    mtld: float | None = None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What the metadata say of the document; all empty for a bare text. ``published`` is an ISO date, month or year."""

    title: str = ""
    publisher: str = ""
    kind: str = ""
    authors: tuple[str, ...] = field(default=())
    published: str = ""
    article_id: str = ""


def set_article(doc: Doc, facts: ArticleFacts) -> None:
    """Put the metadata on a Doc, before the components run."""
    doc.user_data[ARTICLE] = (facts.title, facts.publisher, facts.kind, list(facts.authors), facts.published,
                              facts.article_id)


def article(doc: Doc) -> ArticleFacts:
    """The metadata of a Doc."""
    title, publisher, kind, authors, published, article_id = doc.user_data.get(ARTICLE, ("", "", "", [], "", ""))
    return ArticleFacts(title, publisher, kind, tuple(authors), published, article_id)


def set_mentions(doc: Doc, found: Iterable[Mention], known: Iterable[Entity]) -> None:
    """Write mentions in text order, and the facts of their entities."""
    ordered = sorted(found, key=lambda m: (m.span.start, m.span.end, m.entity_id))
    doc.spans[MENTIONS] = [
        Span(doc, m.span.start, m.span.end, label=m.type, kb_id=m.entity_id, span_id=m.rule) for m in ordered
    ]
    doc.user_data[ENTITIES] = sorted((e.entity_id, e.type, e.name, e.register, e.register_id) for e in known)


def mentions(doc: Doc) -> Iterator[Mention]:
    """The mentions in text order."""
    for span in doc.spans.get(MENTIONS, ()):
        yield Mention(span, span.kb_id_, span.label_, span.id_)


def entities(doc: Doc) -> dict[str, Entity]:
    """The entities of the document by id."""
    return {row[0]: Entity(*row) for row in doc.user_data.get(ENTITIES, ())}


def set_doubts(doc: Doc, found: Iterable[Doubt]) -> None:
    """Write the doubts in text order."""
    ordered = sorted(found, key=lambda d: (d.span.start, d.span.end, d.why))
    doc.user_data[DOUBTS] = [(*_bounds(d.span), d.type, d.why, list(d.candidates)) for d in ordered]


def doubts(doc: Doc) -> Iterator[Doubt]:
    """The doubts in text order."""
    for start, end, kind, why, candidates in doc.user_data.get(DOUBTS, ()):
        yield Doubt(doc[start:end], kind, why, tuple(candidates))


def set_roles(doc: Doc, found: Iterable[Role]) -> None:
    """Write the roles, one row a person."""
    doc.user_data[ROLES] = sorted((r.entity_id, r.role, r.affiliation) for r in found)


def roles(doc: Doc) -> Iterator[Role]:
    """The roles of the persons of the document."""
    for row in doc.user_data.get(ROLES, ()):
        yield Role(*row)


def set_quotations(doc: Doc, found: Iterable[Quotation]) -> None:
    """Write the quotations in the order given; ``within`` counts in that order."""
    doc.user_data[QUOTATIONS] = [
        (*_bounds(q.content), q.mode, q.rule, *_bounds(q.cue), q.cue_class, *_bounds(q.speaker), q.speaker_name,
         q.speaker_id, q.speaker_type, q.within, list(q.flags))
        for q in found
    ]


def quotations(doc: Doc) -> list[Quotation]:
    """The quotations of the document."""
    return [
        Quotation(
            content=doc[row[0]:row[1]], mode=row[2], rule=row[3], cue=_span(doc, row[4], row[5]), cue_class=row[6],
            speaker=_span(doc, row[7], row[8]), speaker_name=row[9], speaker_id=row[10], speaker_type=row[11],
            within=row[12], flags=tuple(row[13]),
        )
        for row in doc.user_data.get(QUOTATIONS, ())
    ]


def set_statements(doc: Doc, found: Iterable[Statement]) -> None:
    """Write the statements in the order given."""
    doc.user_data[STATEMENTS] = [
        (*_bounds(s.evidence), s.voice, s.holder, s.holder_id, s.holder_type, s.target, s.rule, list(s.aspects),
         list(s.services), list(s.flags), s.quotation, s.stance, s.p_against, s.p_neutral, s.p_for, s.certainty)
        for s in found
    ]


def statements(doc: Doc) -> list[Statement]:
    """The statements of the document."""
    return [
        Statement(
            doc[row[0]:row[1]], voice=row[2], holder=row[3], holder_id=row[4], holder_type=row[5], target=row[6],
            rule=row[7], aspects=tuple(row[8]), services=tuple(row[9]), flags=tuple(row[10]),
            quotation=row[11], stance=row[12], p_against=row[13], p_neutral=row[14], p_for=row[15], certainty=row[16],
        )
        for row in doc.user_data.get(STATEMENTS, ())
    ]


def set_document_stance(doc: Doc, stance: DocumentStance) -> None:
    """Write the author's position."""
    doc.user_data[STANCE] = (stance.stance, stance.score, stance.low, stance.high)


def document_stance(doc: Doc) -> DocumentStance:
    """The author's position; ``not-about`` where the stance component did not run."""
    return DocumentStance(*doc.user_data.get(STANCE, ("not-about",)))


def set_statistics(doc: Doc, statistics: TextStatistics) -> None:
    """Write the statistics of the text."""
    doc.user_data[STATISTICS] = (statistics.n_words, statistics.n_sentences, statistics.reading_ease, statistics.mtld)


def statistics(doc: Doc) -> TextStatistics | None:
    """The statistics of the text, if somebody wrote them."""
    row = doc.user_data.get(STATISTICS)
    return None if row is None else TextStatistics(*row)


def _bounds(span: Span | None) -> tuple[int, int]:
    return (span.start, span.end) if span is not None else (-1, -1)


def _span(doc: Doc, start: int, end: int) -> Any:
    return doc[start:end] if start >= 0 else None
