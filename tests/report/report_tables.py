"""Tables of our own invention for the report: articles are written sentence by sentence, and rows follow from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pandas as pd

from outsource_nlp import compare
from outsource_nlp.schema import TABLES

SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "bytes": "BLOB"}
PUBLISHERS = ("Fenmarket Lantern", "Civic Ledger", "The Ropewalk", "Ostler & Daughters")
KINDS = ("newspaper", "trade press", "blog", "newspaper")
CLAIMS = (
    ("against", "Marta Quill", "person", "the contract took decisions out of sight",
     "accountability; democratic control; capacity of the state"),
    ("for", "Bramley Services", "organisation", "an outside firm would save the town money",
     "cost; quality; choice and innovation"),
    ("neutral", "", "unknown", "the tender closes in the spring", ""),
    ("against", "Joan Petrie", "author", "staff lost pay once the firm took over", "workforce; contract failure"),
)
TYPES = {"person": "person", "organisation": "company", "author": "person"}


@dataclass
class Said:
    """One statement to be: who says what."""

    stance: str
    holder: str
    holder_type: str
    evidence: str
    aspects: str


@dataclass
class Piece:
    """One article to be; its text is made of a first sentence and one for each statement."""

    title: str
    publisher: str = "Fenmarket Lantern"
    kind: str = "newspaper"
    published: str = "2019-03-04"
    url: str = ""
    stance: str = "against"
    copy_of: str = ""
    said: list[Said] = field(default_factory=list)
    first: str = "Thornby Council met Capstan Ltd on Monday."


def pieces(n: int, statements: int = 3) -> list[Piece]:
    """So many articles over publishers, kinds, stances and months."""
    stances = ("against", "for", "mixed", "against", "neutral", "not-about")
    return [
        Piece(title=f"Article {i} on the bins", publisher=PUBLISHERS[i % 4], kind=KINDS[i % 4],
              published=f"{2015 + i % 6}-{1 + i % 12:02}-{1 + i % 28:02}", stance=stances[i % 6],
              url=f"https://example.org/{i}",
              said=[Said(*CLAIMS[(i + k) % 4][:3], f"{CLAIMS[(i + k) % 4][3]} in year {k}", CLAIMS[(i + k) % 4][4])
                    for k in range(statements)])
        for i in range(n)
    ]


def connect(
    articles: list[Piece], *, compared: bool = True, **more: list[tuple[Any, ...]]
) -> duckdb.DuckDBPyConnection:
    """The tables of some articles in memory; ``more`` are whole rows of other tables, such as failures."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for i, article in enumerate(articles):
        _write(rows, f"a{i:04}", article)
    rows["entities"] = _entities(rows["mentions"])
    for name, given in more.items():
        rows[name] += [dict(zip(TABLES[name].names, row, strict=True)) for row in given]
    connection = duckdb.connect()
    for name, table in TABLES.items():
        columns = ", ".join(f'"{c.name}" {SQL_TYPES[c.type]}' for c in table.columns)
        connection.execute(f"CREATE TABLE {name} ({columns})")
        _fill(connection, name, rows[name])
    if compared:
        _fill(connection, "comparisons", compare.default_comparisons(connection).to_dict("records"))
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        blank = {c.name: "" if c.type == "string" else None for c in TABLES[name].columns}
        frame = pd.DataFrame([blank | row for row in rows])[list(TABLES[name].names)]
        connection.register("incoming", frame)
        connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
        connection.unregister("incoming")


def _write(rows: dict[str, list[dict[str, Any]]], key: str, article: Piece) -> None:
    """One article's rows; a statement's sentence reads "Holder said that evidence."."""
    sentences = [article.first, *(f"{said.holder or 'Somebody'} said that {said.evidence}." for said in article.said)]
    text = " ".join(sentences)
    starts = [sum(len(s) + 1 for s in sentences[:i]) for i in range(len(sentences))]
    here = {"article_id": key}
    rows["texts"].append({**here, "text": text})
    rows["sentences"] += [{**here, "start": at, "end": at + len(s)} for at, s in zip(starts, sentences, strict=True)]
    for word, n in Counter(text.lower().replace(".", "").split()).items():
        rows["terms"] += [{**here, "layer": layer, "term": word, "n": n} for layer in ("words", "lemmas")]
    for name, kind in (("Thornby Council", "council"), ("Capstan Ltd", "company")):
        if name in article.first:
            _mention(rows, key, name, kind, article.first.index(name))
    for k, (at, said) in enumerate(zip(starts[1:], article.said, strict=True)):
        _say(rows, key, k, at, said)
    rows["documents"].append({
        **here, "path": f"{key}.txt", "title": article.title, "publisher": article.publisher, "kind": article.kind,
        "published": article.published, "url": article.url, "n_words": len(text.split()), "n_sentences": len(sentences),
        "copy_of": article.copy_of, "stance": article.stance, "stance_score": 0.5, "stance_low": -0.1,
        "stance_high": 1.0,
    })


def _say(rows: dict[str, list[dict[str, Any]]], key: str, k: int, at: int, said: Said) -> None:
    start = at + len(f"{said.holder or 'Somebody'} said that ")
    holder_id = f"{said.holder_type}:{said.holder.lower().replace(' ', '-')}" if said.holder else ""
    if said.holder:
        _mention(rows, key, said.holder, TYPES[said.holder_type], at, holder_id)
    shared = {"article_id": key, "start": start, "end": start + len(said.evidence), "quotation_id": f"q{key}{k}"}
    rows["quotations"].append({
        **shared, "text": said.evidence, "mode": ("direct", "indirect", "mixed")[k % 3], "cue": "said",
        "cue_class": "neutral", "speaker": said.holder, "speaker_id": holder_id, "speaker_type": said.holder_type,
        "rule": "test",
    })
    rows["statements"].append({
        **shared, "statement_id": f"s{key}{k}", "evidence": said.evidence, "holder": said.holder,
        "holder_id": holder_id,
        "voice": "author" if said.holder_type == "author" else "indirect", "holder_type": said.holder_type,
        "target": "outsourcing", "aspects": said.aspects, "stance": said.stance, "p_for": 0.2, "p_against": 0.5,
        "p_neutral": 0.3, "certainty": 0.5 + 0.01 * (k % 7), "rule": "test",
    })


def _mention(rows: dict[str, list[dict[str, Any]]], key: str, name: str, kind: str, at: int, entity: str = "") -> None:
    rows["mentions"].append({
        "mention_id": f"m{len(rows['mentions']):06}", "article_id": key, "type": kind, "name": name, "surface": name,
        "entity_id": entity or f"{kind}:{name.lower().replace(' ', '-')}", "start": at, "end": at + len(name),
        "rule": "test",
    })


def _entities(mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = {m["entity_id"]: m for m in mentions}
    return [{"entity_id": key, "type": m["type"], "name": m["name"], "aliases": m["name"],
             "n_mentions": sum(x["entity_id"] == key for x in mentions) if len(mentions) < 1000 else 1,
             "n_articles": 1} for key, m in sorted(found.items())]
