"""A small set of tables in memory, of our own invention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest

from outsource_nlp.schema import TABLES

SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "bytes": "BLOB"}

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
    # article_id, voice, stance, aspects
    ("a1", "author", "for", "cost"), ("a1", "author", "for", "cost; quality"), ("a1", "direct", "against", ""),
    ("a2", "author", "for", "profit"), ("a2", "author", "against", "quality"), ("a2", "indirect", "unclear", ""),
    ("b1", "author", "against", "profit"), ("b2", "author", "against", "profit; quality"),
    ("b2", "direct", "against", "quality"), ("b2", "direct", "neutral", ""), ("b3", "author", "against", "profit"),
]
QUOTATIONS = [("a1", "Dee Dove", "says"), ("b2", "Ede Elm", "Says"), ("b2", "Ede Elm", "warns"),
              ("b3", "Ede Elm", "says"),
              ("a2", "", "")]
MENTIONS = [("a1", "e1", "council", "Harnsea Council"), ("b1", "e1", "council", "Harnsea Council"),
            ("b2", "e2", "council", "Penhallow Council"), ("b2", "e3", "person", "Harnsea Council"),
            ("a2", "e4", "company", "Crestway")]

Maker = Callable[..., duckdb.DuckDBPyConnection]


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


def tables() -> dict[str, pd.DataFrame]:
    """The frames of the small set by table name."""
    article, publisher, kind, authors, published, copy_of, stance = zip(*DOCUMENTS, strict=True)
    holder, voice, side, aspects = zip(*STATEMENTS, strict=True)
    quoted, speaker, cue = zip(*QUOTATIONS, strict=True)
    named, entity, sort, name = zip(*MENTIONS, strict=True)
    return {
        "documents": rows_of("documents", article_id=list(article), publisher=list(publisher), kind=list(kind),
                             authors=list(authors), published=list(published), copy_of=list(copy_of),
                             stance=list(stance)),
        "statements": rows_of("statements", statement_id=[f"s{i:02}" for i in range(len(holder))],
                              article_id=list(holder), voice=list(voice), stance=list(side), aspects=list(aspects),
                              start=[0] * len(holder), end=[4] * len(holder)),
        "quotations": rows_of("quotations", quotation_id=[f"q{i}" for i in range(len(quoted))],
                              article_id=list(quoted), speaker=list(speaker), cue=list(cue),
                              start=[0] * len(quoted), end=[4] * len(quoted)),
        "mentions": rows_of("mentions", mention_id=[f"m{i}" for i in range(len(named))], article_id=list(named),
                            entity_id=list(entity), type=list(sort), name=list(name), start=[0] * len(named),
                            end=[4] * len(named)),
        "terms": terms_of(TEXTS),
        "texts": pd.DataFrame({"article_id": list(TEXTS), "text": list(TEXTS.values())}),
        "comparisons": rows_of("comparisons"),
    }


@pytest.fixture(scope="module")
def make() -> Iterator[Maker]:
    """Makes a connection from frames by table name."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def connect(frames: dict[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={"threads": 1})
        opened.append(connection)
        for name, frame in frames.items():
            columns = ", ".join(f'"{c.name}" {SQL_TYPES[c.type]}' for c in TABLES[name].columns)
            connection.execute(f"CREATE TABLE {name} ({columns})")
            connection.register("incoming", frame)
            connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
            connection.unregister("incoming")
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture(scope="module")
def shared(make: Maker) -> duckdb.DuckDBPyConnection:
    """The small set, in memory, for tests that only read it."""
    return make(tables())


@pytest.fixture
def connection(make: Maker) -> duckdb.DuckDBPyConnection:
    """The small set, in memory, to be changed by a test."""
    return make(tables())


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    """The frames of the small set, to be changed by a test."""
    return tables()
