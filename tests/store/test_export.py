"""Files that depend on the rows alone, and say what is in them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outsource_nlp import store
from outsource_nlp.errors import ResultsError
from outsource_nlp.records import ArticleRows
from outsource_nlp.schema import TABLES, Table

Fill = Callable[..., ArticleRows]
EXPORTED = [table for table in TABLES.values() if table.exported]
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def write(folder: Path, *batches: Iterable[ArticleRows]) -> Path:
    with store.open_for_writing(folder) as writer:
        writer.begin("{}")
        for batch in batches:
            writer.put(list(batch))
        writer.replace("entities", [("e2", "council", "Brook", "", "", "Brook", 1, 1)])
        writer.export()
    return folder


def files(folder: Path) -> dict[str, bytes]:
    written = [*(folder / "tables").iterdir(), folder / "datapackage.json"]
    return {path.name: path.read_bytes() for path in written}


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def test_equal_rows_give_equal_bytes_however_they_came(tmp_path: Path, fill: Fill) -> None:
    ids = [f"a{number}" for number in range(5)]
    at_once = write(tmp_path / "at_once", [fill(article_id) for article_id in ids])
    one_by_one = write(tmp_path / "one_by_one", *([fill(article_id)] for article_id in reversed(ids)))
    again = write(tmp_path / "again", [fill(article_id, n=5, text="Old.") for article_id in ids])
    with store.open_for_writing(again) as writer:
        writer.begin("{}")
        writer.put([fill(article_id) for article_id in ids])
        writer.export()
    assert files(at_once) == files(one_by_one) == files(again)


def test_nothing_but_the_tables_is_left_in_the_folder(tmp_path: Path, fill: Fill) -> None:
    write(tmp_path, [fill("a1")])
    expected = {f"{table.name}.{suffix}" for table in EXPORTED for suffix in ("csv", "parquet")}
    assert {path.name for path in (tmp_path / "tables").iterdir()} == expected
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "datapackage.json", store.FILE, "tables"}


@pytest.mark.parametrize("table", EXPORTED, ids=lambda table: table.name)
def test_csv_and_parquet_hold_the_table(tmp_path: Path, fill: Fill, table: Table) -> None:
    write(tmp_path, [fill("a1"), fill("a2")])
    frame = store.open_for_reading(tmp_path).frame(table.name)
    header, *rows = cells(tmp_path / "tables" / f"{table.name}.csv")
    assert header == list(table.names)
    assert len(rows) == len(frame)
    parquet = duckdb.read_parquet(str(tmp_path / "tables" / f"{table.name}.parquet")).df()
    assert parquet.to_dict("list").keys() == frame.to_dict("list").keys()
    assert parquet.fillna(-1).values.tolist() == frame.fillna(-1).values.tolist()


def test_csv_is_plain(tmp_path: Path, fill: Fill) -> None:
    write(tmp_path, [fill("a1", n=1, statements__evidence='It "works",\nthey say', statements__aspects="",
                          statements__p_for=1 / 3, documents__stance_score=None)])
    raw = (tmp_path / "tables" / "statements.csv").read_bytes()
    assert b'"It ""works"",\nthey say"' in raw
    assert b",0.333333," in raw
    assert b"\r" not in raw
    assert b'""' not in raw.replace(b'""works""', b"")


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(surfaces=st.lists(CELLS | st.sampled_from(["=1+1", "@x", "NULL", "#", "\r\n", '"', " a "]), min_size=1,
                         max_size=30))
def test_cells_are_exact_whatever_the_source_wrote(
    tmp_path_factory: pytest.TempPathFactory, fill: Fill, surfaces: list[str]
) -> None:
    ids = [f"a{number:02d}" for number in range(len(surfaces))]
    batch = [fill(article_id, n=1, mentions__surface=surface)
             for article_id, surface in zip(ids, surfaces, strict=True)]
    folder = write(tmp_path_factory.mktemp("results"), batch)
    header, *rows = cells(folder / "tables" / "mentions.csv")
    assert [row[header.index("surface")] for row in rows] == surfaces


def test_a_failed_export_leaves_the_last_one(tmp_path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(write(tmp_path, [fill("a1")]))

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("outsource_nlp.store.export._copy", no_room)
    with store.open_for_writing(tmp_path) as writer:
        writer.put([fill("a2")])
        with pytest.raises(ResultsError, match="No space left"):
            writer.export()
    assert files(tmp_path) == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    store.write_text(tmp_path / "run.json", "{}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    with pytest.raises(ResultsError, match="cannot be written"):
        store.write_text(tmp_path / "run.json" / "inner.json", "{}\n")


def test_export_needs_no_pyarrow(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "sys.modules['pyarrow'] = None\n"
        "from outsource_nlp import store\n"
        "with store.open_for_writing(pathlib.Path(sys.argv[1])) as writer:\n"
        "    writer.replace('entities', [('e1', 'council', 'Brook', '', '', 'Brook', 1, 1)])\n"
        "    writer.replace('entities', writer.frame('entities'))\n"
        "    writer.export()\n"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True)
    header, row = cells(tmp_path / "tables" / "entities.csv")
    assert dict(zip(header, row, strict=True))["name"] == "Brook"


def resource(name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in store.datapackage()["resources"] if each["name"] == name)
    return found


def test_the_datapackage_describes_every_exported_table() -> None:
    package = store.datapackage()
    assert package["profile"] == "tabular-data-package"
    assert [each["name"] for each in package["resources"]] == [table.name for table in EXPORTED]
    for each, table in zip(package["resources"], EXPORTED, strict=True):
        assert each["path"] == f"tables/{table.name}.csv"
        assert [field["name"] for field in each["schema"]["fields"]] == list(table.names)
        assert all(field["description"] for field in each["schema"]["fields"])
        assert {field["type"] for field in each["schema"]["fields"]} <= {"string", "integer", "number"}
        assert set(each["schema"]["primaryKey"]) <= set(table.names)


def test_the_datapackage_says_units_vocabularies_and_keys() -> None:
    statements = resource("statements")["schema"]
    fields = {field["name"]: field for field in statements["fields"]}
    assert fields["start"]["unit"] == "characters"
    assert fields["stance"]["constraints"] == {"required": True, "enum": ["for", "against", "neutral", "unclear"]}
    assert fields["statement_id"]["constraints"] == {"required": True, "unique": True}
    assert {"fields": "article_id", "reference": {"resource": "documents", "fields": "article_id"}} in (
        statements["foreignKeys"])


def test_foreign_keys_lead_to_key_columns_of_exported_tables() -> None:
    keys = [(each["name"], key["reference"]) for each in store.datapackage()["resources"]
            for key in each["schema"].get("foreignKeys", ())]
    assert len(keys) > 10
    for name, reference in keys:
        target = TABLES[reference["resource"] or name]
        assert target.exported
        assert target.key == (reference["fields"],)
    assert ("quotations", {"resource": "", "fields": "quotation_id"}) in keys


def test_the_written_datapackage_is_the_described_one(tmp_path: Path, fill: Fill) -> None:
    write(tmp_path, [fill("a1")])
    assert json.loads((tmp_path / "datapackage.json").read_text("utf-8")) == store.datapackage()
