"""A small set of tables of our own invention."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from outsource_nlp.schema import TABLES

TEXTS = {
    "a1": "The contract saved money. The contract was cheap.",
    "a2": "Profit is a good thing when the contract is good.",
    "b1": "Children are not a profit line.",
    "b2": "The social workers say that profit harms children and children know it.",
    "b3": "The social workers say that profit harms children and children know it.",
    "c1": "A letter on the children.",
}
DOCUMENTS = [
    # article_id, publisher, kind, authors, published, copy_of, stance
    ("a1", "Trade Ledger", "trade press", "Ann Ashe; Bo Birch", "2018-01-05", "", "for"),
    ("a2", "Trade Ledger", "trade press", "Bo Birch", "2018-04", "", "mixed"),
    ("b1", "Morning Lamp", "newspaper", "Cy Cole", "2018-12-14", "", "against"),
    ("b2", "Morning Lamp", "newspaper", "Cy Cole", "2019", "", "against"),
    ("b3", "Evening Lamp", "newspaper", "Cy Cole", "2019-02-02", "b2", "against"),
    ("c1", "", "letter", "", "", "", "neutral"),
]
STATEMENTS = [
    # article_id, voice, stance, aspects, holder
    ("a1", "author", "for", "cost", "Ann Ashe"), ("a1", "author", "for", "cost; quality", "Ann Ashe"),
    ("a1", "direct", "against", "", "Dee Dove"),
    ("a2", "author", "for", "profit", "Bo Birch"), ("a2", "author", "against", "quality", "Bo Birch"),
    ("a2", "indirect", "unclear", "", ""),
    ("b1", "author", "against", "profit", "Cy Cole"), ("b2", "author", "against", "profit; quality", "Cy Cole"),
    ("b2", "direct", "against", "quality", "Dee Dove"), ("b2", "direct", "neutral", "", "Ede Elm"),
    ("b3", "author", "against", "profit", "Cy Cole"),
]
QUOTATIONS = [
    # article_id, speaker, cue, mode, cue_class
    ("a1", "Dee Dove", "says", "direct", "neutral"), ("b2", "Ede Elm", "Says", "direct", "neutral"),
    ("b2", "Ede Elm", "warns", "indirect", "factive"), ("b3", "Ede Elm", "says", "direct", "neutral"),
    ("a2", "", "", "mixed", "neutral"),
]
MENTIONS = [("a1", "e1", "council", "Harnsea Council"), ("b1", "e1", "council", "Harnsea Council"),
            ("b2", "e2", "council", "Penhallow Council"), ("b2", "e3", "person", "Harnsea Council"),
            ("a2", "e4", "company", "Crestway")]

def rows_of(table: str, **columns: list[Any]) -> pd.DataFrame:
    """A frame with every column of the table; those not given are empty."""
    frame = pd.DataFrame(columns)
    for column in TABLES[table].columns:
        if column.name not in frame:
            frame[column.name] = "" if column.type == "string" else None
    return frame[list(TABLES[table].names)]


def terms_of(texts: dict[str, str]) -> pd.DataFrame:
    """Words of the texts, lower-cased, counted; the lemma layer takes off a final s."""
    rows: dict[tuple[str, str, str], int] = {}
    for article, text in texts.items():
        for word in text.lower().replace(".", "").split():
            for layer, term in (("words", word), ("lemmas", word.removesuffix("s"))):
                rows[article, layer, term] = rows.get((article, layer, term), 0) + 1
    return pd.DataFrame([(*key, n) for key, n in rows.items()], columns=["article_id", "layer", "term", "n"])


def slug(name: str) -> str:
    """An id for a name; none for none."""
    return f"person:{name.lower().replace(' ', '-')}" if name else ""


def tokens_of(texts: dict[str, str], **layers: Callable[[str], str]) -> pd.DataFrame:
    """A row a sentence, the full stop a token of its own; a layer is made from each form, "_" if not given.

    The first token is the head of all.
    """
    made = {"lemmas": lambda form: form.removesuffix("s"), "pos": lambda form: "_", "tags": lambda form: "_",
            "deps": lambda form: "_", **layers}
    rows = []
    for article, text in texts.items():
        for sentence in re.finditer(r"[^.]+\.", text):
            start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            found = [(m[0], m.start()) for m in re.finditer(r"[^\s.]+|\.", text[start:sentence.end()])]
            forms = [form for form, _ in found]
            rows.append({"article_id": article, "start": start, "words": " ".join(forms),
                         **{name: " ".join(map(make, forms)) for name, make in made.items()},
                         "heads": " ".join("0" for _ in forms), "starts": " ".join(str(at) for _, at in found)})
    return pd.DataFrame(rows)[list(TABLES["tokens"].names)]


def tables() -> dict[str, pd.DataFrame]:
    """The frames of the small set by table name."""
    article, publisher, kind, authors, published, copy_of, stance = zip(*DOCUMENTS, strict=True)
    said_in, voice, side, aspects, holder = zip(*STATEMENTS, strict=True)
    quoted, speaker, cue, mode, cue_class = zip(*QUOTATIONS, strict=True)
    named, entity, sort, name = zip(*MENTIONS, strict=True)
    return {
        "documents": rows_of("documents", article_id=list(article), path=list(article), publisher=list(publisher),
                             kind=list(kind), authors=list(authors), published=list(published), copy_of=list(copy_of),
                             stance=list(stance), n_words=[len(TEXTS[key].split()) for key in article],
                             n_sentences=[TEXTS[key].count(".") for key in article],
                             reading_ease=[60.0, 70.0, 80.0, 50.0, 50.0, None]),
        "statements": rows_of("statements", statement_id=[f"s{i:02}" for i in range(len(said_in))],
                              article_id=list(said_in), voice=list(voice), stance=list(side), aspects=list(aspects),
                              services=["care" if key in ("a1", "b2") else "" for key in said_in], holder=list(holder), holder_id=[slug(name) for name in holder],
                              holder_type=["author" if v == "author" else "person" for v in voice],
                              start=[0] * len(said_in), end=[4] * len(said_in)),
        "quotations": rows_of("quotations", quotation_id=[f"q{i}" for i in range(len(quoted))],
                              article_id=list(quoted), speaker=list(speaker), cue=list(cue), mode=list(mode),
                              cue_class=list(cue_class), speaker_type=["person" if s else "unknown" for s in speaker],
                              start=[0] * len(quoted), end=[4] * len(quoted)),
        "mentions": rows_of("mentions", mention_id=[f"m{i}" for i in range(len(named))], article_id=list(named),
                            entity_id=list(entity), type=list(sort), name=list(name), start=[0] * len(named),
                            end=[4] * len(named)),
        "terms": terms_of(TEXTS),
        "tokens": tokens_of(TEXTS),
        "entities": rows_of("entities"),
        "texts": pd.DataFrame({"article_id": list(TEXTS), "text": list(TEXTS.values())}),
        "comparisons": rows_of("comparisons"),
    }
