"""Results are read without disturbing anybody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from outsource_nlp import store
from outsource_nlp.errors import BusyError, ResultsError
from outsource_nlp.records import ArticleRows
from outsource_nlp.schema import TABLES

Fill = Callable[..., ArticleRows]


@pytest.fixture
def results(tmp_path: Path, fill: Fill) -> Path:
    with store.open_for_writing(tmp_path) as writer:
        run_id = writer.begin("{}")
        writer.put([fill("a1", n=3), fill("a2", text="Another text.")])
        writer.finish(run_id, "{}")
    return tmp_path


def test_tables_texts_and_sentences_can_be_read(results: Path) -> None:
    reader = store.open_for_reading(results)
    assert list(reader.frame("documents")["article_id"]) == ["a1", "a2"]
    assert reader.text("a2") == "Another text."
    assert reader.sentences("a1") == [(0, 0), (1, 1), (2, 2)]
    assert reader.sentences("never seen") == []


@pytest.mark.parametrize("name", TABLES)
def test_only_numbers_may_be_missing(results: Path, name: str) -> None:
    frame = store.open_for_reading(results).frame(name)
    missing = {column for column in frame.columns if frame[column].isna().any()}
    assert missing <= {column.name for column in TABLES[name].columns if column.type == "number" and column.empty}


def test_columns_are_of_plain_types(results: Path) -> None:
    reader = store.open_for_reading(results)
    documents = reader.frame("documents")
    assert documents["n_words"].dtype == "int64"
    assert documents["stance_score"].dtype == "float64"
    assert isinstance(documents["title"].iloc[0], str)
    assert isinstance(reader.frame("signatures")["signature"].iloc[0], bytes)


def test_an_unknown_article_is_told(results: Path) -> None:
    with pytest.raises(ResultsError, match="'a9'"):
        store.open_for_reading(results).text("a9")


def test_a_reader_that_is_kept_lets_the_next_run_write(results: Path, fill: Fill) -> None:
    reader = store.open_for_reading(results)
    assert len(reader.frame("documents")) == 2
    with store.open_for_writing(results) as writer:
        writer.put([fill("a3")])
    assert len(reader.frame("documents")) == 3


def test_an_open_connection_shuts_writers_out_until_it_is_closed(results: Path) -> None:
    with store.open_for_reading(results) as reader:
        assert reader.connection.execute("SELECT count(*) FROM statements").fetchone() == (5,)
        with pytest.raises(BusyError, match=r"has outsource\.duckdb open"), store.open_for_writing(results):
            pass
    with store.open_for_writing(results):
        pass


def test_a_session_answers_many_questions_and_then_lets_go(results: Path) -> None:
    reader = store.open_for_reading(results)
    with reader.session() as connection:
        assert reader.connection is connection
        with reader.session() as inner:
            assert inner is connection
        assert reader.text("a2") == "Another text."
    with store.open_for_writing(results):
        pass


def test_a_connection_for_reading_cannot_write(results: Path) -> None:
    with store.open_for_reading(results) as reader, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        reader.connection.execute("DELETE FROM entities")


def test_reading_while_a_run_writes_says_so(results: Path) -> None:
    code = "import sys, pathlib\nfrom outsource_nlp import store, errors\n" \
           "try: store.open_for_reading(pathlib.Path(sys.argv[1]))\nexcept errors.BusyError as busy: print(busy)"
    with store.open_for_writing(results):
        with pytest.raises(BusyError, match="or read the copies in tables/"):
            store.open_for_reading(results)
        other = subprocess.run([sys.executable, "-c", code, results], capture_output=True, text=True, check=True)
    assert "another run is writing" in other.stdout


def test_a_folder_without_results_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="no results in it"):
        store.open_for_reading(tmp_path)


def test_results_of_another_format_are_told(results: Path) -> None:
    with duckdb.connect(results / store.FILE) as connection:
        connection.execute("UPDATE meta.format SET version = '0'")
    with pytest.raises(ResultsError, match="table format 0, this program reads"):
        store.open_for_reading(results)
    with pytest.raises(ResultsError, match="table format 0"), store.open_for_writing(results):
        pass


def test_a_database_of_somebody_else_is_told(tmp_path: Path) -> None:
    duckdb.connect(tmp_path / store.FILE).close()
    with pytest.raises(ResultsError, match="holds no results"):
        store.open_for_reading(tmp_path)


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_text("no database " * 1000)
    with pytest.raises(ResultsError, match="cannot be opened"):
        store.open_for_reading(tmp_path)


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_a_database_that_was_damaged_inside_is_told_by_readers_and_writers(
    tmp_path: Path, fill: Fill, share: float
) -> None:
    with store.open_for_writing(tmp_path) as writer:
        writer.begin("{}")
        writer.put([fill(f"a{k}", n=50, text=f"{k}. " + "Words. " * 20_000) for k in range(20)])
    file = tmp_path / store.FILE
    data = bytearray(file.read_bytes()[:int(share * file.stat().st_size)])
    if share == 1:
        for at in range(20_000, len(data), 5_000):
            data[at] ^= 0xFF
    file.write_bytes(data)

    def read_all() -> None:
        reader = store.open_for_reading(tmp_path)
        for name in TABLES:
            reader.frame(name)

    def write_all() -> None:
        with store.open_for_writing(tmp_path) as writer:
            for name in TABLES:
                writer.frame(name)

    for attempt in (read_all, write_all):
        with pytest.raises(ResultsError, match="Hint"):
            attempt()
