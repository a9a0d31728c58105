from __future__ import annotations

import itertools
import re
import time
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest
from report_tables import Piece, Said, pieces

from outsource_nlp import compare, report
from outsource_nlp.codebook import load_codebook
from outsource_nlp.errors import ResultsError
from outsource_nlp.report import GROUPINGS, page
from outsource_nlp.report.passages import Piece as PassagePiece
from outsource_nlp.report.sections import corpus, evidence, stances

Maker = Callable[..., duckdb.DuckDBPyConnection]
MEGABYTE = 1_000_000
VOID = {"meta", "br", "input", "img", "link", "hr"}


class Outline(HTMLParser):
    """Elements with their attributes, and the text under each; refuses a page whose tags do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_the_page_opens_with_the_finding_in_words_numbers_and_intervals(connection: duckdb.DuckDBPyConnection) -> None:
    finding = text(page.render(connection).split('<section id="finding"')[1].split("</section>")[0])
    assert re.search(r"More articles speak against outsourcing than for it: \d+ of 39 \(\d+%; 95% interval \d+ to", finding)
    assert "The others are mixed (7), neutral (6) and not about it (6). The intervals" in finding
    assert "Said most against it: accountability" in finding


def test_near_copies_are_said_and_not_counted(connection: duckdb.DuckDBPyConnection) -> None:
    glance = corpus.read(connection)
    assert (glance.articles, glance.copies, glance.n_failures) == (40, 1, 1)
    assert stances.read(connection).all_articles.n == 39
    html = page.render(connection)
    assert "1 near-copy" in html
    assert "lost.pdf" in html


def test_equal_tables_give_equal_bytes(make: Maker, tmp_path: Path) -> None:
    for name in ("one", "two"):
        report.write(make(pieces(12)), tmp_path / name, {"networks/actor_actor.graphml": "<graphml/>"})
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert [str(f) for f in files] == ["networks/actor_actor.graphml", "report.html"]
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_a_folder_that_cannot_be_written_is_said(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "networks").write_text("in the way")
    with pytest.raises(ResultsError, match="Hint"):
        report.write(connection, tmp_path, {"networks/actor_actor.graphml": ""})


@pytest.mark.parametrize("articles", [
    [], [Piece("Alone", said=[])], pieces(1), pieces(5, statements=0),
    [Piece(f"Undated {i}", published="", publisher="", kind="") for i in range(3)],
    [Piece("Odd dates", published="2019"), Piece("Others", published="2019-05"), Piece("More", published="spring")],
], ids=["no article", "one without statements", "one article", "no statements", "no dates, no publishers", "odd dates"])
def test_the_page_is_whole_whatever_is_missing(make: Maker, articles: list[Piece]) -> None:
    outline = Outline(page.render(make(articles)))
    assert len(outline.all("h1")) == 1
    assert len(outline.all("section")) == 12


def test_a_thousand_articles_fit_into_three_megabytes(make: Maker) -> None:
    connection = make(pieces(1000, statements=12), compared=False)
    before = time.perf_counter()
    html = page.render(connection)
    assert len(html.encode()) < 3 * MEGABYTE
    assert time.perf_counter() - before < 20
    assert "The page shows 1,000 of 12,000" in text(html)
    assert len({s.article_id for s in evidence.read(connection).statements}) == 1000


def test_nothing_that_an_article_brings_becomes_markup(make: Maker, poison: Piece) -> None:
    html = page.render(make([poison, *pieces(3)]))
    outline = Outline(html)
    assert len(outline.all("script")) == 1
    assert not outline.all("img", "iframe", "object", "link", "base")
    assert not [name for _, attributes in outline.elements for name in attributes if name.startswith("on")]
    assert "&lt;script&gt;document.title=" in html
    assert "=HYPERLINK(" in html
    assert "{{ 7 * 7 }}" in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", html)
    assert all(re.match(r"https?://|#", a["href"]) for a in outline.all("a"))


def test_the_content_policy_allows_one_script_and_no_request(connection: duckdb.DuckDBPyConnection) -> None:
    policy = next(m["content"] for m in Outline(page.render(connection)).all("meta") if "http-equiv" in m)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_headings_tables_and_fields_are_labelled(connection: duckdb.DuckDBPyConnection) -> None:
    html = page.render(connection)
    outline = Outline(html)
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert len(outline.all("table")) == len(outline.all("caption"))
    assert all("scope" in th for th in outline.all("th"))
    assert {label["for"] for label in outline.all("label")} == {field["id"] for field in outline.all("input", "select")}
    twice = [key for key, n in Counter(a["id"] for _, a in outline.elements if "id" in a).items() if n > 1]
    assert not twice
    targets = {a["href"][1:] for a in outline.all("a") if a["href"].startswith("#")}
    assert targets <= {a["id"] for _, a in outline.elements if "id" in a}


def test_every_statement_shows_its_evidence_in_its_passage(connection: duckdb.DuckDBPyConnection) -> None:
    shown = evidence.read(connection).statements
    assert len(shown) == 117
    for statement in shown:
        assert [p.text for p in statement.pieces if p.kind == "evidence"] == [statement.evidence]
        assert [p.text for p in statement.pieces if p.kind == "cue"][:1] == ["said"]
        if statement.holder:
            assert statement.holder in [p.text for p in statement.pieces if p.kind == "holder"]


def test_the_words_of_the_target_are_marked_where_the_codebook_is_known(make: Maker) -> None:
    article = Piece("One", said=[Said("against", "Ida Vane", "person", "outsourcing costs more", "cost")])
    connection = make([article])
    (statement,) = evidence.read(connection, load_codebook()).statements
    (marked,) = [piece for piece in statement.pieces if piece.kind == "evidence"]
    assert marked.parts[0] == PassagePiece("outsourcing", "target")
    assert '<mark class="m-target">outsourcing</mark>' in page.render(connection, codebook=load_codebook())
    assert '<mark class="m-target">' not in page.render(connection).split('id="statement-list"')[1]


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_page_can_be_grouped_by_one_thing_alone(make: Maker, by: str) -> None:
    articles = pieces(6)
    articles[0].published = ""
    html = page.render(make(articles), by=(by,))
    tables = [a["id"] for a in Outline(html).all("table") if a.get("id", "").startswith("t-statements-")]
    assert tables == [f"t-statements-{by}"]


def test_an_article_of_two_authors_is_in_both_groups(make: Maker) -> None:
    connection = make(pieces(3))
    connection.execute("UPDATE documents SET authors = 'Ida Vane; Otto Reed' WHERE article_id = 'a0000'")
    groups = {group.name: group.n for group in stances.read(connection, ("author",)).articles["author"]}
    assert groups == {"Ida Vane": 1, "Otto Reed": 1, "not given": 2}


def test_a_passage_counts_in_characters_as_the_tables_do(make: Maker) -> None:
    article = pieces(1)[0]
    article.first = "Naïve 👩‍👩‍👧 e\u0301 met 𝔗hornby."
    for statement in evidence.read(make([article])).statements:
        assert [p.text for p in statement.pieces if p.kind == "evidence"] == [statement.evidence]


@pytest.mark.parametrize("stored", [True, False])
def test_intervals_are_those_of_the_comparisons_read_or_made(make: Maker, stored: bool) -> None:
    connection = make(pieces(24))
    if not stored:
        connection.execute("DELETE FROM comparisons")
    figures: dict[tuple[str, str, str], Any] = {
        (row.group, row.item, row.statistic): (row.value, row.low, row.high, row.n)
        for row in compare.compare(connection, by="publisher", of="stance").itertuples()}
    read = stances.read(connection)
    for facet, groups in (("articles", read.articles["publisher"]), ("all", read.statements["publisher"])):
        assert len(groups) == 4
        for group in groups:
            for name, share in group.shares.items():
                expected = figures[group.name, name, f"share_{facet}"]
                assert (share.value, share.low, share.high, share.n) == pytest.approx(expected, abs=1e-6)


def test_months_that_are_empty_stand_in_the_timeline(make: Maker) -> None:
    glance = corpus.read(make([Piece("One", published="2018-11-02"), Piece("Two", published="2019-02-14")]))
    assert (glance.unit, [p.name for p in glance.timeline]) == ("month", ["2018-11", "2018-12", "2019-01", "2019-02"])
    assert [p.n for p in glance.timeline] == [1, 0, 0, 1]
    years = corpus.read(make([Piece("One", published="1999"), Piece("Two", published="2001-02-14")]))
    assert (years.unit, [p.n for p in years.timeline]) == ("year", [1, 0, 1])
