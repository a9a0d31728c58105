"""Every table and column that comes out: name, type, unit, meaning.

The store creates its tables from here, the exports and ``datapackage.json`` are written from here, and the
tests hold the tables against it. A new column is one entry here and one line in ``tabulate``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FORMAT_VERSION = "3"
LIST_SEPARATOR = "; "

Type = Literal["string", "integer", "number", "bytes"]

ENTITY_TYPES = (
    "council", "company", "provider", "government", "party", "union", "person", "publication", "work",
    "organisation",
)
MODES = ("direct", "indirect", "mixed")
CUE_CLASSES = ("neutral", "endorsing", "distancing", "factive", "negating")
VOICES = ("author", "direct", "indirect")
HOLDER_TYPES = ("author", "person", "organisation", "government", "unknown")
STANCES = ("for", "against", "neutral", "unclear")
DOCUMENT_STANCES = ("for", "against", "mixed", "neutral", "not-about")
DOUBTS = ("ambiguous", "unlisted", "surname alone", "one name, several entities")
CHANGES = ("added", "edited", "removed", "renamed", "appeared", "flipped", "withdrawn", "rose", "fell")
ROLES = ("author", "quoted", "cited", "mentioned")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``values`` closes a vocabulary, ``unit`` is empty for plain text and ids.

    Attributes:
        refers: ``table.column`` that every value that is not empty is found in.
        named_by: the column with the entity whose canonical name is read here, whatever the article calls it.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()
    empty: bool = False
    refers: str = ""
    named_by: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; rows are sorted by ``order``, ``key`` is unique."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    exported: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)


ARTICLE = Column("article_id", "string", "the article, as in documents", refers="documents.article_id")
START = Column("start", "integer", "where it begins in the article's cleaned text", "characters")
END = Column("end", "integer", "where it ends, not included", "characters")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("documents", "an article", (
            Column("article_id", "string", "made from the path: an edited article keeps it"),
            Column("path", "string", "place in the corpus; records of table files end in #number"),
            Column("title", "string", "title", empty=True),
            Column("publisher", "string", "who published it", empty=True),
            Column("kind", "string", "kind of source: blog, newspaper, trade press, report, ...", empty=True),
            Column("authors", "string", "authors, separated by '; '", empty=True),
            Column("published", "string", "ISO date, year and month, or year", empty=True),
            Column("url", "string", "web address", empty=True),
            Column("note", "string", "remark from the metadata", empty=True),
            Column("n_words", "integer", "words, punctuation left out", "words"),
            Column("n_sentences", "integer", "sentences", "sentences"),
            Column("reading_ease", "number", "Flesch reading ease; empty below 100 words", "points", empty=True),
            Column("lexical_diversity", "number", "MTLD: words until the type-token ratio falls to 0.72; empty below "
                   "100 words", "words", empty=True),
            Column("copy_of", "string", "the article this one nearly repeats, if any", empty=True,
                   refers="documents.article_id"),
            Column("stance", "string", "the author's own position on outsourcing", values=DOCUMENT_STANCES),
            Column("stance_score", "number", "mean side of the author's statements, -1 against to 1 for", "score",
                   empty=True),
            Column("stance_low", "number", "lower end of its 95 % bootstrap interval", "score", empty=True),
            Column("stance_high", "number", "upper end of its 95 % bootstrap interval", "score", empty=True),
            Column("n_for", "integer", "author's statements in favour", "statements"),
            Column("n_against", "integer", "author's statements against", "statements"),
            Column("n_neutral", "integer", "author's statements without a side", "statements"),
        ), ("article_id",), ("path",)),
        Table("entities", "a canonical entity", (
            Column("entity_id", "string", "the same in every article and run; somebody known by a surname alone is the "
                   "article's own (person:smith@ARTICLE)"),
            Column("type", "string", "entity type", values=ENTITY_TYPES),
            Column("name", "string", "canonical name"),
            Column("register", "string", "the register that the id comes from", empty=True),
            Column("register_id", "string", "id in that register", empty=True),
            Column("aliases", "string", "the surfaces found, most frequent first, separated by '; '"),
            Column("n_mentions", "integer", "how often it is named", "mentions"),
            Column("n_articles", "integer", "in how many articles", "articles"),
        ), ("entity_id",), ("type", "name", "entity_id")),
        Table("mentions", "one naming of an entity; pronouns are none", (
            Column("mention_id", "string", "id"), ARTICLE,
            Column("entity_id", "string", "the entity, as in entities", refers="entities.entity_id"),
            Column("type", "string", "entity type", values=ENTITY_TYPES),
            Column("name", "string", "canonical name", named_by="entity_id"),
            Column("surface", "string", "the words in the text"), START, END,
            Column("rule", "string", "what found it"),
        ), ("mention_id",), ("article_id", "start", "end", "entity_id")),
        Table("unresolved", "a name that a curator should settle", (
            Column("rank", "integer", "place by frequency, the most frequent first"),
            Column("surface", "string", "the words in the texts, as most often written"),
            Column("type", "string", "the entity type it seems to have", values=ENTITY_TYPES),
            Column("why", "string", "ambiguous: several bear the name, none is counted; unlisted: a body that no list "
                   "holds; surname alone: nobody's full name is near; one name, several entities", values=DOUBTS),
            Column("candidates", "string", "ids that it may stand for, separated by '; '; the one in use first, if any "
                   "is", empty=True),
            Column("n_mentions", "integer", "how often it is named", "mentions"),
            Column("n_articles", "integer", "in how many articles", "articles"),
            Column("article_id", "string", "an article to look at, as in documents", refers="documents.article_id"),
        ), ("rank",), ("rank",)),
        Table("roles", "a person in an article", (
            ARTICLE, Column("entity_id", "string", "the person, as in entities", refers="entities.entity_id"),
            Column("name", "string", "canonical name", named_by="entity_id"),
            Column("role", "string", "author, quoted (own words), cited (views reported) or mentioned", values=ROLES),
            Column("affiliation", "string", "office or employer as the text gives it", empty=True),
        ), ("article_id", "entity_id"), ("article_id", "entity_id")),
        Table("quotations", "one quotation or piece of reported speech", (
            Column("quotation_id", "string", "id"), ARTICLE, START, END,
            Column("text", "string", "what is said, without the outer quotation marks"),
            Column("mode", "string", "direct, indirect or mixed", values=MODES),
            Column("cue", "string", "the words that introduce it", empty=True),
            Column("cue_class", "string", "what the cue tells of the reporter's attitude", values=CUE_CLASSES),
            Column("speaker", "string", "who says it, as named or described; empty where unknown", empty=True,
                   named_by="speaker_id"),
            Column("speaker_id", "string", "the speaker, as in entities", empty=True, refers="entities.entity_id"),
            Column("speaker_type", "string", "type of holder", values=HOLDER_TYPES),
            Column("flags", "string", "negated, conditional, hypothetical, ..., separated by '; '", empty=True),
            Column("within", "string", "the quotation in which it stands", empty=True,
                   refers="quotations.quotation_id"),
            Column("rule", "string", "what found it"),
        ), ("quotation_id",), ("article_id", "start", "end", "quotation_id")),
        Table("statements", "one statement on the target", (
            Column("statement_id", "string", "id"), ARTICLE, START, END,
            Column("evidence", "string", "the words that carry the view"),
            Column("voice", "string", "whose voice we hear", values=VOICES),
            Column("holder", "string", "whose view it is; empty where unknown", empty=True,
                   named_by="holder_id"),
            Column("holder_id", "string", "the holder, as in entities", empty=True, refers="entities.entity_id"),
            Column("holder_type", "string", "type of holder", values=HOLDER_TYPES),
            Column("target", "string", "the target of the codebook that it bears on"),
            Column("services", "string", "the services spoken of, separated by '; '", empty=True),
            Column("aspects", "string", "the arguments used, separated by '; '", empty=True),
            Column("stance", "string", "towards outsourcing to outside providers", values=STANCES),
            Column("p_for", "number", "probability of for, read with the holder's other statements", "probability"),
            Column("p_against", "number", "probability of against, read likewise", "probability"),
            Column("p_neutral", "number", "probability of neutral", "probability"),
            Column("certainty", "number", "how sure the label is, 0 to 1", "share"),
            Column("flags", "string", "negation, condition, hedge, question, irony, separated by '; '; commitment: a "
                   "promise or demand, whose grammar counted beside the scorer; context: the holder's other "
                   "statements changed the label", empty=True),
            Column("quotation_id", "string", "the quotation in which it stands", empty=True,
                   refers="quotations.quotation_id"),
            Column("rule", "string", "what found it"),
        ), ("statement_id",), ("article_id", "start", "end", "statement_id")),
        Table("comparisons", "one figure for one group", (
            Column("comparison_id", "string", "id, for outsource-nlp explain"),
            Column("by", "string", "what the groups are"),
            Column("of", "string", "what is counted"),
            Column("group", "string", "the group"),
            Column("reference", "string", "what it is held against", empty=True),
            Column("stratum", "string", "the part of the group, such as aspect=cost; empty for all of it", empty=True),
            Column("item", "string", "the word, stance or other thing counted"),
            Column("statistic", "string", "which figure"),
            Column("value", "number", "the figure", "see unit", empty=True),
            Column("low", "number", "lower end of its interval", "see unit", empty=True),
            Column("high", "number", "upper end of its interval", "see unit", empty=True),
            Column("n", "integer", "how many observations it rests on", "observations"),
            Column("unit", "string", "unit of value, low and high"),
        ), ("comparison_id",), ("by", "of", "group", "stratum", "item", "statistic")),
        Table("changes", "what differs from the last run", (
            Column("run_id", "string", "the run that saw the change"),
            Column("change", "string", "added, edited, removed or renamed: an article or entity; appeared, flipped or "
                   "withdrawn: a side that somebody takes; rose or fell: a key word", values=CHANGES),
            Column("table", "string", "the table it shows in"),
            Column("id", "string", "id of the row; a holder's id where the table is statements"),
            Column("before", "string", "what it was", empty=True),
            Column("after", "string", "what it is", empty=True),
            Column("cause", "string", "new text, changed text, removed text, renamed file or changed recipe; several "
                   "are separated by '; '"),
        ), ("run_id", "table", "id", "change"), ("run_id", "table", "id", "change")),
        Table("failures", "an input that could not be read", (
            Column("path", "string", "the input"),
            Column("stage", "string", "where it failed", values=("read", "annotate", "tabulate")),
            Column("error", "string", "what was wrong and the way out"),
        ), ("path", "stage"), ("path", "stage")),
        Table("texts", "an article's cleaned text", (
            ARTICLE, Column("text", "string", "the text that all offsets count in"),
        ), ("article_id",), ("article_id",), exported=False),
        Table("sentences", "a sentence", (ARTICLE, START, END), ("article_id", "start"), ("article_id", "start"),
              exported=False),
        Table("terms", "a word or lemma in an article", (
            ARTICLE, Column("layer", "string", "words or lemmas", values=("words", "lemmas")),
            Column("term", "string", "lower-cased form"),
            Column("n", "integer", "occurrences", "occurrences"),
        ), ("article_id", "layer", "term"), ("article_id", "layer", "term"), exported=False),
        Table("tokens", "the tokens of a sentence, with blanks between them; \"_\" where there is none", (
            ARTICLE, START,
            Column("words", "string", "forms as written"),
            Column("lemmas", "string", "lemmas"),
            Column("pos", "string", "parts of speech (Universal Dependencies)"),
            Column("tags", "string", "fine tags (Penn Treebank)"),
            Column("deps", "string", "relation to the head"),
            Column("heads", "string", "place of the head in the sentence, from 0; a root is its own", "tokens"),
            Column("starts", "string", "where each begins, counted from the sentence's start", "characters"),
        ), ("article_id", "start"), ("article_id", "start"), exported=False),
        Table("registrations", "an entity of an article that has a known register id", (
            ARTICLE, Column("entity_id", "string", "the entity, as in entities"),
            Column("register", "string", "the register"), Column("register_id", "string", "id in that register"),
        ), ("article_id", "entity_id"), ("article_id", "entity_id"), exported=False),
        Table("doubts", "a name of an article that is in doubt", (
            ARTICLE, Column("surface", "string", "the words in the text"),
            Column("type", "string", "the entity type it seems to have", values=ENTITY_TYPES),
            Column("why", "string", "what is in doubt", values=DOUBTS),
            Column("candidates", "string", "ids that it may stand for, separated by '; '"),
            Column("n", "integer", "how often", "mentions"),
        ), ("article_id", "surface", "type", "why", "candidates"),
            ("article_id", "surface", "type", "why", "candidates"), exported=False),
        Table("signatures", "the MinHash of an article's text", (
            ARTICLE, Column("signature", "bytes", "64 unsigned 32-bit numbers, little endian"),
        ), ("article_id",), ("article_id",), exported=False),
    )
}

ARTICLE_TABLES = ("documents", "mentions", "roles", "quotations", "statements", "texts", "sentences", "terms",
                  "tokens", "registrations", "doubts", "signatures")
"""Tables whose rows come from one article each and go with it."""

CORPUS_TABLES = ("entities", "unresolved", "comparisons")
"""Tables made anew from the article tables when any of them changed."""
