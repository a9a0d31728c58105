"""Large corpora: millions of counts, added up where they lie."""

from __future__ import annotations

import time
from collections.abc import Iterator

import duckdb
import pytest

from outsource_nlp import compare
from outsource_nlp.compare.statistics.keyness import g2
from outsource_nlp.schema import TABLES

ARTICLES = 10_000
COUNTS = 10_000_000
ROOM = "512MB"


@pytest.fixture(scope="module")
def large() -> Iterator[duckdb.DuckDBPyConnection]:
    """Ten million counts of words in ten thousand articles; even articles use even words twice as often."""
    with duckdb.connect(config={"threads": 2}) as connection:
        sort = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "bytes": "BLOB"}
        for name in ("documents", "terms"):
            columns = ", ".join(f'"{c.name}" {sort[c.type]}' for c in TABLES[name].columns)
            connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.execute("INSERT INTO documents (article_id, path, kind, copy_of) SELECT 'a' || i, 'a' || i, "
                           f"if(i % 2 = 0, 'blog', 'report'), '' FROM range({ARTICLES}) t(i)")
        connection.execute(
            f"""INSERT INTO terms SELECT 'a' || (i % {ARTICLES}), 'words', 'w' || (i // {ARTICLES} * 50 + i % 50),
            if(i % 2 = 0 AND (i // {ARTICLES}) % 2 = 0, 2, 1) FROM range({COUNTS}) t(i)""")
        connection.execute(f"SET memory_limit = '{ROOM}'")
        yield connection


def test_ten_million_counts_are_added_up_in_little_memory(large: duckdb.DuckDBPyConnection) -> None:
    started = time.process_time()
    frame = compare.keyness(large, by="kind", of="words", top=20)
    taken = time.process_time() - started
    blog = frame[frame["group"] == "blog"]
    assert len(blog) == 20
    sizes = dict(large.execute("SELECT kind, sum(n) FROM terms JOIN documents USING (article_id) GROUP BY kind"
                               ).fetchall())
    row = blog.iloc[0]
    counts = dict(large.execute("SELECT kind, sum(n) FROM terms JOIN documents USING (article_id) WHERE term = ? "
                                "GROUP BY kind", [row["item"]]).fetchall())
    wanted = g2(counts.get("blog", 0), counts.get("report", 0), sizes["blog"], sizes["report"])
    assert row["g2"] == pytest.approx(float(wanted))
    assert taken < 30
