"""The whole run: what it writes, what it does again, what it survives."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import outsource_nlp as onlp
from outsource_nlp import worker
from outsource_nlp.errors import BusyError, ConfigurationError, CorpusError, DataError, ResultsError
from outsource_nlp.schema import TABLES
from outsource_nlp.store import open_for_writing

ONE = "“Outsourcing the parks was a mistake,” said Ada Lowe of Barnet Council.\n"
TWO = "The council brought its parks back in house. Ministers oppose the move.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "paper"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    return folder.parent


def run(corpus: Path, output: Path, **options: object) -> dict[str, object]:
    onlp.analyze(corpus, output, processes=1, pipeline="rules", **options).close()  # type: ignore[arg-type]
    summary = json.loads((output / "run.json").read_text(encoding="utf-8"))
    assert isinstance(summary, dict)
    return summary


def tables(folder: Path) -> dict[str, bytes]:
    """All table files but those that tell of the history."""
    return {p.name: p.read_bytes() for p in sorted((folder / "tables").iterdir()) if p.stem != "changes"}


def test_every_exported_table_is_written_with_the_columns_of_the_schema(shipped: Path) -> None:
    for table in TABLES.values():
        if table.exported:
            frame = pd.read_csv(shipped / "tables" / f"{table.name}.csv", dtype=str, keep_default_na=False)
            assert tuple(frame.columns) == table.names
            assert (shipped / "tables" / f"{table.name}.parquet").stat().st_size > 0


def test_closed_vocabularies_hold_in_the_shipped_results(shipped: Path) -> None:
    results = onlp.open_results(shipped)
    for table in TABLES.values():
        frame = results.frame(table.name)
        for column in table.columns:
            if column.values and not (column.empty and frame[column.name].eq("").all()):
                assert set(frame[column.name]) <= set(column.values), (table.name, column.name)


def test_offsets_point_at_the_words_they_stand_for(shipped: Path) -> None:
    results = onlp.open_results(shipped)
    texts = {article_id: results.text(article_id) for article_id in results.documents.article_id}
    for name, column in (("mentions", "surface"), ("quotations", "text"), ("statements", "evidence")):
        for row in results.frame(name).to_dict("records"):
            assert texts[row["article_id"]][row["start"]:row["end"]] == row[column]


def test_ids_lead_from_table_to_table(shipped: Path) -> None:
    results = onlp.open_results(shipped)
    entities, quotations = set(results.entities.entity_id), set(results.quotations.quotation_id)
    assert set(results.mentions.entity_id) <= entities
    assert set(results.roles.entity_id) <= entities
    assert set(results.quotations.speaker_id) - {""} <= entities
    assert set(results.statements.holder_id) - {""} <= entities
    assert set(results.statements.quotation_id) - {""} <= quotations
    assert set(results.documents.copy_of) - {""} <= set(results.documents.article_id)


def test_the_syndicated_piece_is_known_as_a_copy(shipped: Path) -> None:
    documents = onlp.open_results(shipped).documents.set_index("path")
    copy = documents.loc["harnsea-mercury/2021-07-19-borough-to-take-bins-back.txt", "copy_of"]
    assert copy == documents.loc["stoddesley-examiner/2021-07-15-bins-to-come-back.txt", "article_id"]


def test_nothing_is_done_again_for_an_unchanged_corpus(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out")
    before = tables(tmp_path / "out")
    again = run(corpus, tmp_path / "out")
    assert again["articles"] == {"new": 0, "edited": 0, "stale": 0, "same": 2, "gone": 0}
    assert tables(tmp_path / "out") == before


def test_added_edited_and_removed_articles_end_as_if_read_from_scratch(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out")
    (corpus / "paper" / "one.txt").write_text(ONE.replace("mistake", "success"), encoding="utf-8")
    (corpus / "paper" / "two.txt").unlink()
    (corpus / "paper" / "three.txt").write_text("Privatisation failed in Slough.\n", encoding="utf-8")
    again = run(corpus, tmp_path / "out")
    assert again["articles"] == {"new": 1, "edited": 1, "stale": 0, "same": 0, "gone": 1}
    run(corpus, tmp_path / "scratch")
    assert tables(tmp_path / "out") == tables(tmp_path / "scratch")
    changed = onlp.open_results(tmp_path / "out").changes
    articles = changed[(changed.run_id == "run-0002") & (changed.table == "documents")]
    assert {"added", "edited", "removed"} <= set(articles.change)
    holders = changed[(changed.run_id == "run-0002") & (changed.table == "statements")]
    assert ("flipped", "council:barnet", "changed text") in set(
        holders[["change", "id", "cause"]].itertuples(index=False, name=None))


def test_a_new_codebook_redoes_the_rows_and_keeps_the_parse(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out")
    own = tmp_path / "own.toml"
    own.write_text('[[targets]]\nname = "parks"\nside = 1\npatterns = ["park*"]\n', encoding="utf-8")
    again = run(corpus, tmp_path / "out", codebook=own)
    assert again["articles"] == {"new": 0, "edited": 0, "stale": 2, "same": 0, "gone": 0}
    assert set(onlp.open_results(tmp_path / "out").statements.target) == {"parks"}


def test_a_codebook_that_was_edited_is_read_anew_by_the_same_process(corpus: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    for pattern in ("park*", "council*"):
        own.write_text(f'[[targets]]\nname = "{pattern[:-1]}"\nside = 1\npatterns = ["{pattern}"]\n', encoding="utf-8")
        run(corpus, tmp_path / "out", codebook=own)
    assert set(onlp.open_results(tmp_path / "out").statements.target) == {"council"}


@pytest.mark.parametrize("options", [{"batch_size": 1}, {"batch_size": 50}], ids=str)
def test_the_tables_do_not_depend_on_the_batch_size(corpus: Path, tmp_path: Path, options: dict[str, int]) -> None:
    run(corpus, tmp_path / "reference")
    run(corpus, tmp_path / "out", **options)
    assert tables(tmp_path / "out") == tables(tmp_path / "reference")


def test_the_tables_do_not_depend_on_the_number_of_processes(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "one")
    onlp.analyze(corpus, tmp_path / "two", pipeline="rules", processes=2, batch_size=1).close()
    assert tables(tmp_path / "two") == tables(tmp_path / "one")


def test_the_tables_do_not_depend_on_the_engine(corpus: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster

    run(corpus, tmp_path / "local")
    onlp.analyze(corpus, tmp_path / "own", pipeline="rules", engine="dask", processes=2, batch_size=1).close()
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
                      dashboard_address="127.0.0.1:0", silence_logs="CRITICAL") as cluster:
        onlp.analyze(corpus, tmp_path / "cluster", pipeline="rules", engine="dask",
                     scheduler=cluster.scheduler_address, batch_size=1).close()
    assert tables(tmp_path / "own") == tables(tmp_path / "local")
    assert tables(tmp_path / "cluster") == tables(tmp_path / "local")


def test_an_unreadable_file_costs_itself_only(corpus: Path, tmp_path: Path) -> None:
    (corpus / "paper" / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    run(corpus, tmp_path / "out")
    results = onlp.open_results(tmp_path / "out")
    assert list(results.failures.path) == ["paper/broken.pdf"]
    assert len(results.documents) == 2


def test_a_failure_that_comes_or_goes_shows_in_the_files(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out")
    (corpus / "paper" / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    run(corpus, tmp_path / "out")
    assert b"broken.pdf" in tables(tmp_path / "out")["failures.csv"]
    (corpus / "paper" / "broken.pdf").unlink()
    run(corpus, tmp_path / "out")
    assert b"broken.pdf" not in tables(tmp_path / "out")["failures.csv"]


def test_an_article_that_breaks_a_component_costs_itself_only(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = worker.tabulate

    def fails_on_two(doc: object, article: onlp.records.Article, only: object) -> object:  # type: ignore[name-defined]
        if article.path.endswith("two.txt"):
            raise ValueError("made to fail")
        return real(doc, article, only)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "tabulate", fails_on_two)
    run(corpus, tmp_path / "out")
    results = onlp.open_results(tmp_path / "out")
    assert list(results.failures.stage) == ["annotate"]
    assert "made to fail" in results.failures.error[0]
    assert list(results.documents.path) == ["paper/one.txt"]
    monkeypatch.undo()
    assert run(corpus, tmp_path / "out")["failures"] == []


def test_results_inside_the_corpus_are_refused(corpus: Path) -> None:
    with pytest.raises(CorpusError, match="inside the corpus"):
        run(corpus, corpus / "results")


def test_a_corpus_inside_the_results_is_refused(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out")
    with pytest.raises(CorpusError, match="inside the results"):
        run(tmp_path / "out" / "tables", tmp_path / "out")


def test_a_codebook_that_cannot_be_read_is_refused_before_anything_is_written(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[[targets]", encoding="utf-8")
    for name in ("own.toml", "none.toml"):
        with pytest.raises(DataError, match="cannot be read"):
            run(corpus, tmp_path / "out", codebook=tmp_path / name)
    assert not (tmp_path / "out").exists()


def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such"):
        run(tmp_path / "none", tmp_path / "out")


def test_a_folder_of_something_else_is_not_written_to(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(ResultsError, match="holds no results"):
        run(corpus, tmp_path / "out")


def test_a_second_run_at_once_is_refused(corpus: Path, tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "out"), pytest.raises(BusyError):
        run(corpus, tmp_path / "out")


@pytest.mark.parametrize("options", [{"batch_size": 0}, {"engine": "steam"}, {"scheduler": "tcp://x"},
                                     {"article_seconds": float("nan")}, {"article_seconds": float("inf")},
                                     {"worker_memory": 10**18}], ids=str)
def test_a_setting_out_of_range_is_refused(corpus: Path, tmp_path: Path, options: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="expected"):
        run(corpus, tmp_path / "out", **options)


def test_fewer_than_no_processes_are_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="processes"):
        onlp.analyze(corpus, tmp_path / "out", processes=-1)


def test_one_file_is_a_corpus(corpus: Path, tmp_path: Path) -> None:
    shutil.copy(corpus / "paper" / "one.txt", tmp_path / "alone.txt")
    assert run(tmp_path / "alone.txt", tmp_path / "out")["articles"]["new"] == 1  # type: ignore[index]
