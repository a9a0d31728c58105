"""What a curator should settle: one row a name, the most frequent first, and gone once a list settles it."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pandas as pd
import pytest
from article_tables import stored
from typer.testing import CliRunner

import outsource_nlp as onlp
from outsource_nlp.annotate import pipeline
from outsource_nlp.annotate.names.gazetteer import COLUMNS
from outsource_nlp.cli import app
from outsource_nlp.records import Article
from outsource_nlp.schema import TABLES
from outsource_nlp.settings import PipelineSpec
from outsource_nlp.tabulate import tabulate
from outsource_nlp.tabulate.corpus import entities, unresolved

ARTICLES = {
    "one.txt": "The contractor Plumtree Homes lost its contract with Plymouth City Council. Plumtree Homes will appeal, said its "
               "managing director, Jane Holt. Richmond has outsourced its libraries.",
    "two.txt": "Plumtree Homes Ltd is back. Pellbridge Borough Council signed in May, and Mr Holt was pleased. Richmond "
               "has outsourced its parks.",
    "three.txt": "Plumtree Care Ltd has been sold. RICHMOND HAS OUTSOURCED ITS PARKS AND ITS LIBRARIES",
    "four.txt": "Tom Holt chairs the union. “No,” said Tom Holt. The trust of Plumtree Care Ltd is a firm of its own.",
}
MENTIONS = ["mention_id", "article_id", "entity_id", "type", "name", "surface", "rule"]


def corpus(folder: Path) -> Path:
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def own_names(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def pipeline_with(path: Path, names: Path) -> Path:
    text = pipeline.find_config("rules").read_text(encoding="utf-8")
    block = 'factory = "outsource_entities"'
    assert block in text
    path.write_text(text.replace(block, f'{block}\nextra_gazetteers = ["{names}"]'), encoding="utf-8")
    return path


def settled(frame: pd.DataFrame, why: str) -> dict[str, str]:
    rows = frame[frame["why"] == why]
    return dict(zip(rows["surface"], rows["candidates"], strict=True))


def frames() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Mentions, roles, registrations and doubts of the articles, read once."""
    annotator = pipeline.Annotator(PipelineSpec())
    articles = [Article(name, text) for name, text in ARTICLES.items()]
    tables = [tabulate(annotator.annotate(doc), article)
              for doc, article in zip(annotator.parse(articles), articles, strict=True)]
    mentions, roles, facts, doubts = (
        pd.DataFrame([row for table in tables for row in table[name]], columns=list(TABLES[name].names))
        for name in ("mentions", "roles", "registrations", "doubts"))
    return mentions, roles, facts, doubts


@pytest.fixture(scope="module")
def read() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return frames()


def test_a_row_is_a_name_with_its_candidates_the_most_frequent_first(
    read: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> None:
    mentions, _, _, doubts = read
    table = unresolved(stored(mentions=mentions, doubts=doubts))
    assert list(table.columns) == list(TABLES["unresolved"].names)
    assert table["n_mentions"].is_monotonic_decreasing
    assert list(table["rank"]) == list(range(1, len(table) + 1))
    assert settled(table, "ambiguous") == {"Richmond": "council:richmond-upon-thames; council:richmondshire"}
    richmond = table[table["surface"] == "Richmond"].iloc[0]
    assert (richmond["n_mentions"], richmond["n_articles"]) == (3, 3)


def test_bodies_outside_every_list_come_with_those_whose_names_open_alike(
    read: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> None:
    mentions, _, _, doubts = read
    unlisted = settled(unresolved(stored(mentions=mentions, doubts=doubts)), "unlisted")
    assert unlisted["Plumtree Homes"] == "company:plumtree-homes; company:plumtree-care"
    assert unlisted["Pellbridge Borough Council"] == "organisation:pellbridge-borough-council"
    assert not any("Plymouth" in surface for surface in unlisted)


def test_a_surname_alone_lists_those_who_bear_it(
    read: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> None:
    mentions, _, _, doubts = read
    own = Article("two.txt", "").article_id
    assert settled(unresolved(stored(mentions=mentions, doubts=doubts)), "surname alone") == {
        "Holt": f"person:holt@{own}; person:jane-holt; person:tom-holt"}


def test_one_name_under_two_types_is_told_unless_lists_hold_both() -> None:
    mentions = pd.DataFrame([
        ("m1", "a1", "company:acme", "company", "Acme", "Acme", "form-suffix"),
        ("m2", "a2", "organisation:acme", "organisation", "Acme", "Acme", "model"),
        ("m3", "a2", "council:kent", "council", "Kent County Council", "Kent", "place-as-council"),
        ("m4", "a2", "publication:kent", "publication", "Kent", "Kent", "name"),
    ], columns=MENTIONS)
    table = unresolved(stored(mentions=mentions))
    assert settled(table, "one name, several entities") == {"Acme": "company:acme; organisation:acme"}


def test_nothing_in_doubt_gives_an_empty_table() -> None:
    table = unresolved(stored())
    assert list(table.columns) == list(TABLES["unresolved"].names)
    assert len(table) == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_reading_changes_no_row(
    read: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame], seed: int
) -> None:
    order = random.Random(seed)
    shuffled = [frame.sample(frac=1, random_state=order.randrange(10**6)) for frame in read]
    one, other = (stored(**dict(zip(("mentions", "roles", "registrations", "doubts"), frames, strict=True)))
                  for frames in (read, shuffled))
    pd.testing.assert_frame_equal(entities(one), entities(other))
    pd.testing.assert_frame_equal(unresolved(one), unresolved(other))


def test_ids_are_the_same_in_any_order_of_reading_and_after_a_re_run(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    tables = []
    for number, names in enumerate([sorted(ARTICLES), sorted(ARTICLES, reverse=True)]):
        output = tmp_path / f"results{number}"
        for name in ARTICLES:
            (folder / name).unlink(missing_ok=True)
        for name in names:                      # one more article with every run
            (folder / name).write_text(ARTICLES[name], encoding="utf-8")
            onlp.analyze(folder, output, processes=1, pipeline="rules").close()
        tables.append([(output / "tables" / f"{t}.csv").read_bytes() for t in ("entities", "mentions", "unresolved")])
    assert tables[0] == tables[1]


def test_a_list_of_ones_own_adds_names_merges_and_settles_from_the_command_line(tmp_path: Path) -> None:
    folder, output = corpus(tmp_path / "corpus"), tmp_path / "results"
    lone = f"person:holt@{Article('two.txt', '').article_id}"
    names = own_names(
        tmp_path / "names.csv",
        {"entity_id": "council:pellbridge", "name": "Pellbridge Borough Council", "weak_aliases": "Pellbridge"},
        {"entity_id": "company:plumtree-care", "kind": "merge", "replaced_by": "company:plumtree-homes"},
        {"entity_id": "council:richmond-upon-thames", "name": "Richmond"},
        {"entity_id": lone, "kind": "merge", "replaced_by": "person:jane-holt"},
    )
    cfg = pipeline_with(tmp_path / "my.cfg", names)

    def run(*more: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        told = CliRunner().invoke(app, ["analyze", str(folder), "-o", str(output), "-q", "--processes", "1", *more])
        assert told.exit_code == 0, told.output
        read_table = [pd.read_csv(output / "tables" / f"{t}.csv", keep_default_na=False)
                      for t in ("entities", "unresolved")]
        return read_table[0].set_index("entity_id"), read_table[1]

    before, doubtful = run("--pipeline", "rules")
    assert {"company:plumtree-care", "company:plumtree-homes", lone} <= set(before.index)
    assert {"Richmond", "Pellbridge Borough Council", "Plumtree Homes", "Holt"} <= set(doubtful["surface"])
    after, left = run("--pipeline", str(cfg))
    assert {"company:plumtree-care", lone, "organisation:pellbridge-borough-council"} & set(after.index) == set()
    assert after.loc["council:pellbridge", "n_mentions"] == 1
    assert after.loc["council:richmond-upon-thames", "n_mentions"] == 3
    both = before.loc[["company:plumtree-care", "company:plumtree-homes"], "n_mentions"].sum()
    assert after.loc["company:plumtree-homes", "n_mentions"] == both
    assert after.loc["person:jane-holt", "n_articles"] == 2
    assert set(left["surface"]) & {"Richmond", "Pellbridge Borough Council", "Plumtree Homes", "Plumtree Care Ltd", "Holt"} == set()
