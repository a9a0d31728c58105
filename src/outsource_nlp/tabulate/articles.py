"""The rows of one article: an annotated Doc and its metadata enter, cells in schema order leave.

Row ids are made from the article and the content of the row, not from its place, so that an edit elsewhere in
the article keeps them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from spacy.tokens import Doc, Token

from outsource_nlp import schema
from outsource_nlp.annotate import layers
from outsource_nlp.annotate.text_statistics import text_statistics
from outsource_nlp.records import Article, Row, short_id
from outsource_nlp.tabulate import copies
from outsource_nlp.tabulate.persons import own_ids

DIGITS = 6


class RowIds:
    """Ids for the rows of one table of one article; equal content is told apart by its order."""

    def __init__(self, prefix: str, article_id: str) -> None:
        """Start with nothing seen."""
        self._prefix, self._article_id = prefix, article_id
        self._seen: Counter[tuple[str, ...]] = Counter()

    def next(self, *content: str) -> str:
        """The id of the next row with that content."""
        nth = self._seen[content]
        self._seen[content] += 1
        named = {f"part{i}": part for i, part in enumerate(content)}
        return short_id(self._prefix, article=self._article_id, nth=str(nth), **named)


def tabulate(doc: Doc, article: Article, only: Collection[str] = ()) -> dict[str, list[Row]]:
    """The rows of one article by table name; of all tables if none is named."""
    return {name: list(make(doc, article)) for name, make in _TABLES.items() if not only or name in only}


def documents(doc: Doc, article: Article) -> Iterator[Row]:
    """One row: metadata, size, and the author's stance."""
    stance = layers.document_stance(doc)
    sides = Counter(s.stance for s in layers.statements(doc) if s.holder_type == "author")
    text = layers.statistics(doc) or text_statistics(doc)
    yield (
        article.article_id, article.path, article.title, article.publisher, article.kind, _joined(article.authors),
        article.published, article.url, article.note, text.n_words, text.n_sentences, text.reading_ease,
        text.mtld, "",
        stance.stance, _rounded(stance.score), _rounded(stance.low), _rounded(stance.high),
        sides["for"], sides["against"], sides["neutral"],
    )


def mentions(doc: Doc, article: Article) -> Iterator[Row]:
    """A row a mention."""
    known, own = layers.entities(doc), own_ids(doc, article)
    ids = RowIds("m", article.article_id)
    for m in layers.mentions(doc):
        entity = known.get(m.entity_id)
        yield (
            ids.next(m.entity_id, m.span.text), article.article_id, own.get(m.entity_id, m.entity_id), m.type,
            entity.name if entity else m.span.text, m.span.text, m.span.start_char, m.span.end_char, m.rule,
        )


def roles(doc: Doc, article: Article) -> Iterator[Row]:
    """A row a person."""
    known, own = layers.entities(doc), own_ids(doc, article)
    for role in layers.roles(doc):
        name = known[role.entity_id].name if role.entity_id in known else role.entity_id
        yield article.article_id, own.get(role.entity_id, role.entity_id), name, role.role, role.affiliation


def quotations(doc: Doc, article: Article) -> Iterator[Row]:
    """A row a quotation."""
    found = layers.quotations(doc)
    ids, own = quotation_ids(doc, article), own_ids(doc, article)
    for own_id, q in zip(ids, found, strict=True):
        yield (
            own_id, article.article_id, q.content.start_char, q.content.end_char, q.content.text, q.mode,
            q.cue.text if q.cue is not None else "", q.cue_class, q.speaker_name,
            own.get(q.speaker_id, q.speaker_id), q.speaker_type, _joined(q.flags),
            ids[q.within] if q.within >= 0 else "", q.rule,
        )


def quotation_ids(doc: Doc, article: Article) -> list[str]:
    """The ids of the quotations of a Doc, in its order."""
    ids = RowIds("q", article.article_id)
    return [ids.next(q.content.text, q.speaker_name) for q in layers.quotations(doc)]


def statements(doc: Doc, article: Article) -> Iterator[Row]:
    """A row a statement."""
    ids, quoted = RowIds("s", article.article_id), quotation_ids(doc, article)
    own = own_ids(doc, article)
    for s in layers.statements(doc):
        yield (
            ids.next(s.evidence.text, s.voice, s.holder), article.article_id, s.evidence.start_char,
            s.evidence.end_char, s.evidence.text, s.voice, s.holder, own.get(s.holder_id, s.holder_id), s.holder_type,
            s.target,
            _joined(s.services), _joined(s.aspects), s.stance, _rounded(s.p_for), _rounded(s.p_against),
            _rounded(s.p_neutral), _rounded(s.certainty), _joined(s.flags),
            quoted[s.quotation] if s.quotation >= 0 else "", s.rule,
        )


def texts(doc: Doc, article: Article) -> Iterator[Row]:
    """One row: the text that all offsets count in."""
    yield article.article_id, doc.text


def sentences(doc: Doc, article: Article) -> Iterator[Row]:
    """A row a sentence."""
    for sentence in doc.sents:
        yield article.article_id, sentence.start_char, sentence.end_char


def terms(doc: Doc, article: Article) -> Iterator[Row]:
    """Counts of lower-cased words and lemmas; clitics such as "n't" and "'s" are not words."""
    words = [t for t in doc if t.text[0].isalnum() and t.lower_.replace("’", "'") != "n't"]
    for layer, counts in (("words", Counter(t.lower_ for t in words)),
                          ("lemmas", Counter((t.lemma_ or t.lower_).lower() for t in words))):
        for term, n in sorted(counts.items()):
            yield article.article_id, layer, term, n


def tokens(doc: Doc, article: Article) -> Iterator[Row]:
    """A row a sentence: its tokens without white space, for concordances, collocations and n-grams."""
    for sentence in doc.sents:
        kept = [t for t in sentence if not t.is_space]
        place = {t.i: k for k, t in enumerate(kept)}
        start = sentence.start_char
        if kept:
            yield (
                article.article_id, start, " ".join([t.text for t in kept]),
                " ".join([t.lemma_ or t.lower_ for t in kept]), " ".join([t.pos_ or "_" for t in kept]),
                " ".join([t.tag_ or "_" for t in kept]), " ".join([t.dep_ or "_" for t in kept]),
                " ".join([str(place.get(t.head.i, k)) for k, t in enumerate(kept)]),
                " ".join([str(t.idx - start) for t in kept]),
            )


def registrations(doc: Doc, article: Article) -> Iterator[Row]:
    """A row an entity with a known register id."""
    for entity in layers.entities(doc).values():
        if entity.register_id:
            yield article.article_id, entity.entity_id, entity.register, entity.register_id


def doubts(doc: Doc, article: Article) -> Iterator[Row]:
    """A row a name in doubt, with how often it stands in the article."""
    counts = Counter((d.span.text, d.type, d.why, _joined(d.candidates)) for d in layers.doubts(doc))
    for name, n in sorted(counts.items()):
        yield article.article_id, *name, n


def signatures(doc: Doc, article: Article) -> Iterator[Row]:
    """One row: the MinHash by which near-copies are found."""
    yield article.article_id, copies.signature([t.lower_ for t in doc if _is_word(t)])


_TABLES: Mapping[str, Callable[[Doc, Article], Iterator[Row]]] = {
    make.__name__: make
    for make in (documents, mentions, roles, quotations, statements, texts, sentences, terms, tokens, registrations,
                 doubts, signatures)
}


def _is_word(token: Token) -> bool:
    return not (token.is_punct or token.is_space)


def _joined(names: tuple[str, ...]) -> str:
    return schema.LIST_SEPARATOR.join(names)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
