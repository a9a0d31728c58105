"""Each export is opened by the library or the rules of the program that it is for."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
import yaml
from datasette.app import Datasette
from lxml import etree
from report_tables import Piece, pieces

from outsource_nlp import store
from outsource_nlp.cli import outputs
from outsource_nlp.codebook import load_codebook
from outsource_nlp.errors import ConfigurationError, ResultsError
from outsource_nlp.report import GROUPINGS, exports
from outsource_nlp.schema import TABLES

Maker = Callable[..., duckdb.DuckDBPyConnection]
ABOUT = exports.About("0.0.0", store.datapackage(), load_codebook())
QDA = {"q": "urn:QDA-XML:project:1.0"}
RULES = Path(__file__).parent / "refi_qda.rng"


@pytest.fixture
def written(make: Maker, poison: Piece, tmp_path: Path) -> Callable[[str], Path]:
    """Writes five articles, one of them poisoned, in a format; gives the first file."""
    first = "=HYPERLINK(\"http://evil.example\") Naïve 👩‍👩‍👧 \u202etext\x07."
    connection = make([replace(poison, first=first), *pieces(4)], compared=False)
    return lambda to: exports.export(connection, to, tmp_path / "out", ABOUT)[0]


@pytest.mark.parametrize("to", exports.FORMATS)
def test_equal_tables_give_equal_files(make: Maker, tmp_path: Path, to: str) -> None:
    made = [exports.export(make(pieces(3), compared=False), to, tmp_path / name / "x", ABOUT) for name in ("one", "two")]
    assert [p.name for p in made[0]] == ["x" + ending for ending in exports.FORMATS[to].files]
    assert [p.read_bytes() for p in made[0]] == [p.read_bytes() for p in made[1]]
    assert not list((tmp_path / "one").glob(".*"))


@pytest.mark.parametrize("to", exports.FORMATS)
def test_no_article_gives_a_file_all_the_same(make: Maker, tmp_path: Path, to: str) -> None:
    assert all(path.stat().st_size for path in exports.export(make([], compared=False), to, tmp_path / "x", ABOUT))


def test_an_ending_that_is_given_is_not_added_again(make: Maker, tmp_path: Path) -> None:
    assert exports.export(make([], compared=False), "excel", tmp_path / "my.tables.xlsx", ABOUT) == [tmp_path / "my.tables.xlsx"]
    assert exports.export(make([], compared=False), "excel", tmp_path / "my.tables", ABOUT) == [tmp_path / "my.tables.xlsx"]


def test_an_unknown_format_and_a_folder_in_the_way_are_refused(make: Maker, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Hint"):
        exports.export(make([], compared=False), "word", tmp_path / "x", ABOUT)
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="Hint"):
        exports.export(make([], compared=False), "excel", tmp_path / "file" / "x", ABOUT)


def test_the_command_line_names_every_format_and_grouping() -> None:
    assert set(outputs.FORMATS) == set(exports.FORMATS)
    assert set(outputs.GROUPINGS) == set(GROUPINGS)


def test_openpyxl_reads_a_sheet_a_table_with_frozen_heads_and_filters(written: Callable[[str], Path]) -> None:
    book = openpyxl.load_workbook(written("excel"))
    exported = [t for t in TABLES.values() if t.exported]
    assert book.sheetnames == ["readme", *(t.name for t in exported), "data dictionary"]
    for table in exported:
        sheet = book[table.name]
        assert tuple(cell.value for cell in sheet[1]) == table.names
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["documents"].max_row == 6
    assert {row[0].value for row in book["data dictionary"].iter_rows(min_row=2)} == {t.name for t in exported}


def test_pandas_reads_the_same_rows_from_workbook_and_database(written: Callable[[str], Path]) -> None:
    sheet = pd.read_excel(written("excel"), sheet_name="statements", keep_default_na=False)
    with closing(sqlite3.connect(written("sqlite"))) as made:
        table = pd.read_sql("SELECT * FROM statements", made)
    assert sheet["statement_id"].tolist() == table["statement_id"].tolist()
    assert sheet["start"].tolist() == table["start"].tolist()


def test_no_cell_of_the_workbook_is_a_formula_or_a_link_outwards(written: Callable[[str], Path]) -> None:
    book = openpyxl.load_workbook(written("excel"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert any("=HYPERLINK" in str(cell.value) for cell in cells)


def test_a_text_longer_than_a_cell_is_cut_and_the_readme_says_so(make: Maker, tmp_path: Path) -> None:
    article = pieces(1)[0]
    article.said[0].evidence = "word " * 7_000
    (path,) = exports.export(make([article], compared=False), "excel", tmp_path / "x", ABOUT)
    book = openpyxl.load_workbook(path)
    assert max(len(str(row[4].value)) for row in book["statements"].iter_rows()) == 32_767
    told = " ".join(str(cell.value) for row in book["readme"].iter_rows() for cell in row)
    assert "1 cells are cut at 32,767 characters" in told


def test_sqlite_holds_every_row_and_its_keys_hold(written: Callable[[str], Path]) -> None:
    with closing(sqlite3.connect(written("sqlite"))) as made:
        assert made.execute("PRAGMA foreign_key_check").fetchall() == []
        assert made.execute("SELECT count(*) FROM documents").fetchone() == (5,)
        assert made.execute("SELECT count(*) FROM statements WHERE evidence IS NULL").fetchone() == (0,)
        found = made.execute("SELECT s.evidence FROM statements_fts f JOIN statements s ON s.rowid = f.rowid "
                             "WHERE statements_fts MATCH 'NEAR(decisions sight)'").fetchall()
        assert found
        assert made.execute("SELECT count(*) FROM texts_fts WHERE texts_fts MATCH 'naive'").fetchone() == (1,)


def test_datasette_opens_it_and_finds_its_search(written: Callable[[str], Path]) -> None:
    async def ask() -> tuple[list[str], int]:
        served = Datasette([str(written("sqlite"))])
        await served.invoke_startup()
        found = (await served.client.get("/out/statements.json?_search=tender&_shape=objects")).json()
        page = await served.client.get("/out/statements")
        return [row["evidence"] for row in found["rows"]], page.status_code

    evidence, status = asyncio.run(ask())
    assert status == 200
    assert evidence
    assert all("tender" in words for words in evidence)


def project(path: Path) -> tuple[etree._Element, dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("Sources/")}
        return etree.fromstring(archive.read("project.qde")), texts


@pytest.mark.parametrize("articles", [0, 4])
def test_the_project_and_the_codebook_keep_the_rules_of_refi_qda(make: Maker, tmp_path: Path, articles: int) -> None:
    made, codebook = exports.export(make(pieces(articles), compared=False), "refi-qda", tmp_path / "x", ABOUT)
    rules = etree.RelaxNG(etree.parse(RULES))
    rules.assertValid(project(made)[0])
    rules.assertValid(etree.parse(codebook))
    assert etree.parse(codebook).getroot().tag == "{urn:QDA-XML:codebook:1.0}CodeBook"


def test_a_poisoned_article_breaks_no_rule(written: Callable[[str], Path]) -> None:
    etree.RelaxNG(etree.parse(RULES)).assertValid(project(written("refi-qda"))[0])


def test_every_coded_selection_stands_where_its_words_do(written: Callable[[str], Path]) -> None:
    root, texts = project(written("refi-qda"))
    names = {code.get("guid"): code.get("name") for code in root.iterfind(".//q:Code", QDA)}
    selections = 0
    for source in root.iterfind(".//q:TextSource", QDA):
        text = texts["Sources/" + source.get("plainTextPath").removeprefix("internal://")]
        for selection in source.iterfind("q:PlainTextSelection", QDA):
            words = text[int(selection.get("startPosition")):int(selection.get("endPosition"))]
            assert words.startswith(selection.get("name")[:20])
            coded = [names[ref.get("targetGUID")] for ref in selection.iterfind("q:Coding/q:CodeRef", QDA)]
            assert coded
            selections += 1
    assert selections == 2 * (1 + 4 * 3)
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))


def test_codes_carry_their_definitions_or_say_that_they_are_missing(make: Maker, tmp_path: Path) -> None:
    _, codebook = exports.export(make(pieces(4), compared=False), "refi-qda", tmp_path / "x", ABOUT)
    assert "Words: accountab*" in codebook.read_text(encoding="utf-8")
    bare = exports.About("0.0.0", store.datapackage(), None)
    _, codebook = exports.export(make(pieces(4), compared=False), "refi-qda", tmp_path / "y", bare)
    text = codebook.read_text(encoding="utf-8")
    assert "The codebook file of the run was not found" in text
    assert 'name="democratic control"' in text


def released(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_release_holds_no_text_but_short_excerpts_with_their_hash(make: Maker, tmp_path: Path) -> None:
    article = pieces(1)[0]
    article.said[0].evidence = long = "a clause of many words " * 30
    connection = make([article], compared=False)
    content = released(exports.export(connection, "release", tmp_path / "x", ABOUT)[0])
    text = connection.execute("SELECT text FROM texts").fetchall()[0][0]
    assert not any(long[:300] in body or text in body for body in content.values())
    rows = list(csv.DictReader(io.StringIO(content["tables/statements.csv"])))
    cut = next(row for row in rows if row["evidence"] == long[:200])
    assert cut["evidence_sha256"] == hashlib.sha256(long.encode()).hexdigest()
    (document,) = csv.DictReader(io.StringIO(content["tables/documents.csv"]))
    assert document["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert int(document["n_characters"]) == len(text)
    assert "note" not in document


def test_a_release_describes_every_column_and_can_be_cited(written: Callable[[str], Path]) -> None:
    content = released(written("release"))
    assert not {"tables/changes.csv", "tables/failures.csv", "tables/unresolved.csv"} & set(content)
    package = json.loads(content["datapackage.json"])
    for resource in package["resources"]:
        head = next(csv.reader(io.StringIO(content[resource["path"]])))
        assert [field["name"] for field in resource["schema"]["fields"]] == head
    citation = yaml.safe_load(content["CITATION.cff"])
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert citation["references"][0]["title"] == "outsource-nlp"
    assert "tables/statements.csv" in content["README.md"]


def test_templates_of_a_release_are_in_the_package() -> None:
    folder = files("outsource_nlp.report") / "templates" / "release"
    assert {f.name for f in folder.iterdir()} == {"README.md", "CITATION.cff"}
