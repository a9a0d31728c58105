"""The report in a real browser, opened from a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
from report_browser import Browser
from report_tables import Piece, pieces

from outsource_nlp import report

pytestmark = pytest.mark.browser

Maker = Callable[..., duckdb.DuckDBPyConnection]

VISIBLE = "[...document.querySelectorAll('#statement-list > li')].filter(item => item.offsetParent)"
PHONE = 390


@pytest.fixture(scope="module")
def address(connection: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page of forty articles is."""
    folder = tmp_path_factory.mktemp("page")
    report.write(connection, folder)
    return (folder / "report.html").as_uri()


def choose(browser: Browser, field: str, value: str) -> None:
    browser.run(f"(f => {{f.value = {json.dumps(value)}; f.dispatchEvent(new Event('input', {{bubbles: true}}))}})"
                f"(document.getElementById('f-{field}'))")


def status(browser: Browser) -> str:
    return str(browser.run("document.getElementById('statement-status').textContent"))


def test_the_page_loads_without_a_request_or_a_complaint(browser: Browser, address: str) -> None:
    browser.open(address)
    assert browser.requests == [address]
    assert browser.complaints == []
    assert browser.run("document.querySelector('#finding .lead').innerText").startswith("More articles speak")


def test_filters_filter_and_clear_clears(browser: Browser, address: str) -> None:
    browser.open(address)
    assert status(browser) == "117 statements"
    choose(browser, "side", "for")
    choose(browser, "publisher", "Civic Ledger")
    sides = browser.run(f"{VISIBLE}.map(item => item.dataset.side + '|' + item.dataset.publisher)")
    assert set(sides) == {"for|Civic Ledger"}
    assert status(browser) == f"{len(sides)} statements of 117 match"
    choose(browser, "search", "no such words at all")
    assert status(browser) == "0 statements of 117 match"
    browser.run("document.querySelector('#filters button[type=reset]').click()")
    browser.run("new Promise(done => setTimeout(done, 20))")
    assert status(browser) == "117 statements"


def test_aspects_holders_and_holder_types_filter(browser: Browser, address: str) -> None:
    browser.open(address)
    for field, value, mark in (("aspect", "quality", "aspect"), ("holder", "Marta Quill", "holder"),
                               ("type", "author", "type")):
        choose(browser, field, value)
        found = browser.run(f"{VISIBLE}.map(item => item.dataset.{mark})")
        assert found
        assert all(value in text.split("; ") for text in found)
        choose(browser, field, "")


def test_a_period_filters_from_its_first_year_to_its_last(browser: Browser, address: str) -> None:
    browser.open(address)
    choose(browser, "from", "2016")
    choose(browser, "to", "2017")
    assert set(browser.run(f"{VISIBLE}.map(item => item.dataset.date.slice(0, 4))")) == {"2016", "2017"}
    browser.run("document.querySelector('#filters button[type=reset]').click()")
    browser.run("document.querySelector('#corpus details a.to').click()")
    (month,) = browser.run("[...new Set([...document.querySelectorAll('#article-table tbody tr')]"
                           ".filter(row => row.offsetParent).map(row => row.dataset.date.slice(0, 7)))]")
    assert browser.run("document.getElementById('narrowed').textContent") == \
        f"Narrowed to period: {month}. Clear shows all."


def test_long_lists_are_paged(browser: Browser, address: str) -> None:
    browser.open(address)
    assert browser.run(f"{VISIBLE}.length") == 25
    first = browser.run(f"{VISIBLE}[0].id")
    browser.run("document.querySelector('#statement-pager [data-step=\"1\"]').click()")
    assert browser.run(f"{VISIBLE}[0].id") != first
    assert browser.run("document.querySelector('#statement-pager .where').textContent") == "26 to 50 of 117"


def test_every_number_that_is_a_link_leads_to_as_many_rows(browser: Browser, address: str) -> None:
    browser.open(address)
    wrong = browser.run("""[...document.querySelectorAll('.chart a.to, #finding a.to, #corpus a.to')].map(link => {
        link.click();
        const list = link.getAttribute('href') === '#statements' ? 'statement' : 'article';
        const shown = parseInt(document.getElementById(list + '-status').textContent);
        return shown === parseInt(link.textContent) ? '' : link.outerHTML + ' shows ' + shown;
    }).filter(text => text)""")
    assert wrong == []


def test_a_row_opens_its_evidence(browser: Browser, address: str) -> None:
    browser.open(address)
    row = f"{VISIBLE}[0]"
    assert not browser.run(f"{row}.querySelector('blockquote').checkVisibility()")
    browser.run(f"{row}.querySelector('summary').click()")
    assert browser.run(f"{row}.querySelector('blockquote').checkVisibility()")
    passage = browser.run(f"{row}.querySelector('mark.m-evidence').textContent")
    assert passage in browser.run(f"{row}.querySelector('.said').textContent")


def test_a_number_of_quotations_opens_examples(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run("document.querySelector('#t-modes tbody a').click()")
    browser.run("new Promise(done => setTimeout(done, 50))")
    opened = browser.run("[...document.querySelectorAll('#speech details[open] blockquote')]"
                         ".filter(quote => quote.checkVisibility()).length")
    assert opened > 0


def test_the_keyboard_alone_reaches_a_row_and_opens_it(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run("document.getElementById('f-to').focus()")
    for key in ("Tab", "Tab", "Enter"):
        for kind in ("rawKeyDown", "char", "keyUp") if key == "Enter" else ("rawKeyDown", "keyUp"):
            browser.send("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                         windowsVirtualKeyCode=13 if key == "Enter" else 9, text="\r" if kind == "char" else "")
    assert browser.run(f"{VISIBLE}[0].querySelector('details').open")


def test_a_page_that_holds_a_part_says_of_how_many(browser: Browser, make: Maker, tmp_path: Path) -> None:
    report.write(make(pieces(300, statements=4), compared=False), tmp_path)
    browser.open((tmp_path / "report.html").as_uri())
    assert status(browser) == "1000 statements; the page holds 1,000 of 1,200"


def test_an_id_in_the_address_opens_that_statement(browser: Browser, address: str) -> None:
    browser.open(address + "#sa00031")
    assert browser.run("document.querySelector('#sa00031 details').open")
    assert browser.run("document.getElementById('sa00031').checkVisibility()")


def test_a_poisoned_article_stays_text(browser: Browser, make: Maker, poison: Piece, tmp_path: Path) -> None:
    report.write(make([poison, *pieces(4)]), tmp_path)
    browser.open((tmp_path / "report.html").as_uri())
    title = browser.run("document.title")
    browser.run("document.querySelectorAll('details').forEach(item => { item.open = true })")
    choose(browser, "publisher", poison.publisher)
    assert browser.run("document.title") == title
    assert title.startswith("Outsourcing in the press")
    assert browser.complaints == []
    assert len(browser.requests) == 1
    assert poison.title in browser.run("document.querySelector('#article-table').textContent")
    assert browser.run(f"{VISIBLE}.length") == 1
    assert poison.said[0].evidence in browser.run(f"{VISIBLE}[0].textContent")
    assert browser.run("document.querySelectorAll('img, h1 h1, main script, [onload], [onerror]').length") == 0


def test_without_scripts_every_row_is_there(browser: Browser, address: str) -> None:
    browser.open(address, scripts=False)
    assert browser.run(f"{VISIBLE}.length") == 117
    assert not browser.run("document.getElementById('filters').checkVisibility()")


@pytest.mark.parametrize("width", [PHONE, 768, 1280])
def test_nothing_stands_out_of_the_page(browser: Browser, address: str, width: int) -> None:
    browser.open(address, width=width)
    assert browser.run("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (1280, "light")])
def test_axe_finds_no_fault(browser: Browser, address: str, width: int, scheme: str) -> None:
    browser.open(address, width=width)
    browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.run("document.querySelectorAll('details').forEach(item => { item.open = true })")
    browser.run((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8") + "; true")
    found = browser.run("""axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})
        .then(result => result.violations.map(fault => fault.id + ': ' + fault.nodes.slice(0, 3).map(
            node => node.html.slice(0, 120) + node.failureSummary).join(' | ')))""")
    assert found == []
