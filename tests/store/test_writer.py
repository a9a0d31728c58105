"""What is put is what is read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from outsource_nlp import store
from outsource_nlp.errors import BusyError, ResultsError
from outsource_nlp.records import ArticleRows, Failure
from outsource_nlp.schema import ARTICLE_TABLES, TABLES
from outsource_nlp.store import Known, Writer, articles

Fill = Callable[..., ArticleRows]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with store.open_for_writing(tmp_path / "results") as opened:
        opened.begin("{}")
        yield opened


def entity(entity_id: str, name: str) -> tuple[str | int, ...]:
    return (entity_id, "council", name, "", "", name, 1, 1)


@pytest.mark.parametrize("name", ARTICLE_TABLES)
def test_every_article_table_gives_back_its_rows(writer: Writer, fill: Fill, name: str) -> None:
    rows = fill("a1", n=3)
    writer.put([rows])
    frame = writer.frame(name)
    assert tuple(frame.columns) == TABLES[name].names
    places = [TABLES[name].names.index(key) for key in TABLES[name].key]
    given_rows = sorted(rows.tables[name], key=lambda row: [row[place] for place in places])
    for seen, given in zip(frame.itertuples(index=False), given_rows, strict=True):
        for column, one, other in zip(TABLES[name].columns, seen, given, strict=True):
            if column.type == "number":
                assert math.isnan(one) if other is None else one == pytest.approx(other, abs=1e-6)
            else:
                assert one == other


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_store_has_every_table(writer: Writer, name: str) -> None:
    frame = writer.frame(name)
    assert (len(frame), tuple(frame.columns)) == (0, TABLES[name].names)


def test_a_second_put_replaces_the_rows_of_the_article_only(writer: Writer, fill: Fill) -> None:
    writer.put([fill("a1", n=4), fill("a2", n=2)])
    writer.put([fill("a1", n=1, text="Edited.")])
    assert writer.frame("mentions").groupby("article_id").size().to_dict() == {"a1": 1, "a2": 2}
    assert writer.texts(["a1", "a9"]) == {"a1": "Edited."}
    assert writer.counts()["documents"] == 2


def test_removed_articles_leave_nothing_behind(writer: Writer, fill: Fill) -> None:
    writer.put([fill("a1"), fill("a2")])
    writer.remove(["a1", "a1", "never seen"])
    assert list(writer.known()) == ["a2"]
    assert dict(writer.parsed(["a1", "a2"])).keys() == {"a2"}
    for name in ARTICLE_TABLES:
        assert set(writer.frame(name)["article_id"]) == {"a2"}


def test_known_tells_what_an_article_was_made_from(writer: Writer, fill: Fill) -> None:
    rows = fill("a1", recipe="r9", parse_recipe="p9")
    writer.put([rows])
    assert writer.known() == {"a1": Known("a1.txt", rows.content, "p9", "r9")}


def test_a_batch_that_does_not_fit_is_not_stored_at_all(writer: Writer, fill: Fill) -> None:
    bad = fill("a2")
    bad.tables["roles"].append(("a2",))  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="a row of roles has 1 cells, expected 5"):
        writer.put([fill("a1"), bad])
    assert writer.known() == {}
    assert writer.counts()["documents"] == 0


@pytest.mark.parametrize(("cell", "message"), [
    ({"mentions__start": "7th"}, "invalid literal"),
    ({"mentions__surface": 7}, "surface takes string cells, got 7"),
    ({"signatures__signature": "text"}, "signature takes bytes cells"),
])
def test_a_cell_of_another_type_is_refused(
    writer: Writer, fill: Fill, cell: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        writer.put([fill("a1", **cell)])


def test_an_article_cannot_come_twice_in_a_batch(writer: Writer, fill: Fill) -> None:
    with pytest.raises(ValueError, match="twice"):
        writer.put([fill("a1"), fill("a1")])


def test_docs_come_back_in_stored_order_while_the_store_is_written_to(
    writer: Writer, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "READ_AT_ONCE", 2)
    ids = [f"a{number}" for number in range(7)]
    writer.put([fill(article_id) for article_id in ids])
    seen = []
    for article_id, doc in writer.parsed(reversed(ids)):
        seen.append((article_id, doc))
        writer.put([fill(article_id, recipe="r2")])
    assert seen == [(article_id, f"Doc of The text of {article_id}.".encode()) for article_id in ids]


def test_rows_without_a_doc_keep_the_stored_one(writer: Writer, fill: Fill) -> None:
    writer.put([fill("a1"), fill("a2"), fill("a3")])
    for recipe in ("r2", "r3"):
        writer.put([fill("a2", recipe=recipe, text="Edited."), fill("a3", recipe=recipe, parsed=b"")])
    writer.remove(["a2"])
    assert dict(writer.parsed(["a1", "a2", "a3"])) == {
        "a1": b"Doc of The text of a1.", "a3": b"Doc of The text of a3.",
    }


@pytest.mark.parametrize("change", [{"text": "Edited."}, {"parse_recipe": "p2"}])
def test_a_doc_made_from_something_else_is_not_kept(writer: Writer, fill: Fill, change: dict[str, str]) -> None:
    writer.put([fill("a1")])
    with pytest.raises(ValueError, match=r"a1\.txt comes without a parsed Doc"):
        writer.put([fill("a1", parsed=b"", **change)])


def test_names_are_read_as_the_whole_corpus_has_them(writer: Writer, fill: Fill) -> None:
    writer.put([fill("a1", n=1, mentions__entity_id="e1", mentions__name="Ash", roles__entity_id="e1",
                     roles__name="Ash", quotations__speaker_id="e1", quotations__speaker="Ash",
                     statements__holder_id="", statements__holder="a resident")])
    assert list(writer.frame("mentions")["name"]) == ["Ash"]
    writer.replace("entities", [entity("e1", "Ashmere Borough Council")])
    assert list(writer.frame("mentions")["name"]) == ["Ashmere Borough Council"]
    assert list(writer.frame("roles")["name"]) == ["Ashmere Borough Council"]
    assert list(writer.frame("quotations")["speaker"]) == ["Ashmere Borough Council"]
    assert list(writer.frame("statements")["holder"]) == ["a resident"]
    assert list(writer.connection.table("article.mentions").df()["name"]) == ["Ash"]


def test_copies_are_replaced_as_a_whole(writer: Writer, fill: Fill) -> None:
    writer.put([fill(article_id, documents__copy_of="") for article_id in ("a1", "a2")])
    writer.set_copies({"a1": "a2"})
    writer.set_copies({"a2": "a1"})
    assert dict(writer.frame("documents")[["article_id", "copy_of"]].values) == {"a1": "", "a2": "a1"}


def test_corpus_tables_take_rows_or_a_frame(writer: Writer) -> None:
    rows = [entity("e2", "Brook"), entity("e1", "Ash")]
    writer.replace("entities", rows)
    from_rows = writer.frame("entities")
    writer.replace("entities", pd.DataFrame(rows, columns=list(TABLES["entities"].names))[::-1])
    pd.testing.assert_frame_equal(writer.frame("entities"), from_rows)
    assert list(from_rows["name"]) == ["Ash", "Brook"]


def test_a_frame_with_gaps_becomes_empty_cells(writer: Writer) -> None:
    columns = list(TABLES["comparisons"].names)
    row = dict.fromkeys(columns, "x") | {"n": 3, "value": 1.5, "low": None, "high": float("nan"), "reference": None}
    writer.replace("comparisons", pd.DataFrame([row], columns=columns))
    seen = writer.frame("comparisons").iloc[0]
    assert (seen["value"], seen["reference"], seen["n"]) == (1.5, "", 3)
    assert math.isnan(seen["low"])
    assert math.isnan(seen["high"])


def test_small_values_of_comparisons_are_not_rounded_away(writer: Writer) -> None:
    cells = {"value": 1.23456789012e-12, "low": -0.0, "high": 123456.7890123, "n": 1}
    writer.replace("comparisons", [tuple(cells.get(name, "x") for name in TABLES["comparisons"].names)])
    seen = writer.frame("comparisons").iloc[0]
    assert (seen["value"], str(seen["low"]), seen["high"]) == (1.23456789e-12, "0.0", 123456.789)


def test_two_rows_with_one_key_are_refused(writer: Writer) -> None:
    with pytest.raises(ValueError, match=r"two rows of entities have the key \('e1',\)"):
        writer.replace("entities", [entity("e1", "Ash"), entity("e1", "Brook")])


def test_a_frame_with_other_columns_is_refused(writer: Writer) -> None:
    with pytest.raises(ValueError, match="columns for entities are"):
        writer.replace("entities", pd.DataFrame({"name": ["Ash"]}))


def test_article_tables_are_not_replaced_as_a_whole(writer: Writer) -> None:
    with pytest.raises(ValueError, match="mentions is not one of"):
        writer.replace("mentions", [])


def test_failures_tell_of_the_last_run_only(writer: Writer) -> None:
    writer.put_failures([Failure("b.txt", "read", "empty"), Failure("a.txt", "annotate", "odd")])
    assert list(writer.frame("failures")["path"]) == ["a.txt", "b.txt"]
    writer.put_failures([])
    assert writer.frame("failures").empty


def test_changes_of_earlier_runs_stay(writer: Writer, fill: Fill) -> None:
    writer.put([fill("a1", n=0), fill("a2", n=0)])
    writer.note_changes()
    writer.finish("run-0001", "{}")
    assert writer.begin("{}") == "run-0002"
    writer.put([fill("a3", n=0)])
    writer.note_changes()
    frame = writer.frame("changes")
    assert list(frame[frame.change == "added"]["id"]) == ["a1", "a2", "a3"]


def test_history_tells_finished_runs_from_those_cut_off(tmp_path: Path) -> None:
    with store.open_for_writing(tmp_path) as writer:
        writer.finish(writer.begin('{"n": 1}'), '{"ok": true}')
        writer.begin('{"n": 2}')
    first, second = store.open_for_reading(tmp_path).runs()
    assert (first.run_id, first.settings, first.summary) == ("run-0001", '{"n": 1}', '{"ok": true}')
    assert first.started <= first.finished
    assert (second.run_id, second.finished, second.summary) == ("run-0002", "", "")


def test_a_run_that_was_cut_off_is_known_to_the_next(tmp_path: Path) -> None:
    with store.open_for_writing(tmp_path) as writer:
        assert not writer.interrupted()
        writer.begin("{}")
        assert not writer.interrupted()
    with store.open_for_writing(tmp_path) as writer:
        assert writer.interrupted()
        writer.finish(writer.begin("{}"), "{}")
    with store.open_for_writing(tmp_path) as writer:
        assert not writer.interrupted()


def test_a_result_that_was_not_read_to_its_end_does_not_stop_the_writer(writer: Writer, fill: Fill) -> None:
    writer.put([fill("a1"), fill("a2")])
    writer.connection.execute("SELECT article_id FROM documents").fetchone()
    writer.put([fill("a3")])
    assert len(writer.known()) == 3


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with store.open_for_writing(tmp_path), pytest.raises(BusyError, match="another run") as busy, \
            store.open_for_writing(tmp_path):
        pass
    assert busy.value.exit_code == 75


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(ResultsError, match="not empty"), store.open_for_writing(tmp_path):
        pass
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="cannot be written"), store.open_for_writing(tmp_path / "file" / "results"):
        pass
