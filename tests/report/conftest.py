"""Tables in memory, the page made of them, and a browser to look at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from report_browser import Browser
from report_tables import Piece, Said, connect, pieces

Maker = Callable[..., duckdb.DuckDBPyConnection]

POISON = Piece(
    title='<script>document.title="owned"</script>=HYPERLINK("http://evil.example","win")',
    publisher='"><img src=x onerror="document.title=1">', kind="</select><h1>", published="2020-02-03",
    url="javascript:document.title='owned'", first="{{ 7 * 7 }} Thornby\u202eCouncil\u2066 & Capstan\x07 Ltd </main>.",
    said=[Said("against", "<svg onload=document.title=2>", "person",
               "</blockquote><script>document.title=3</script> & so on", 'co"st')],
)


@pytest.fixture
def make() -> Iterator[Maker]:
    """Makes a connection from articles."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def build(articles: list[Piece], **more: Any) -> duckdb.DuckDBPyConnection:
        opened.append(connect(articles, **more))
        return opened[-1]

    yield build
    for connection in opened:
        connection.close()


@pytest.fixture(scope="session")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Forty articles, the last a near-copy of the first, and one input that failed; not to be written to."""
    articles = pieces(40)
    articles[-1].copy_of = "a0000"
    built = connect(articles, failures=[("lost.pdf", "read", "not a readable PDF file")],
                    changes=[("run-0002", "edited", "documents", "a0001", "present", "present", "changed text"),
                             ("run-0001", "added", "documents", "a0001", "", "present", "new text")])
    yield built
    built.close()


@pytest.fixture
def poison() -> Piece:
    """An article that would run, fetch or break out if it could."""
    return POISON


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests."""
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()
