"""The shipped corpus gives the tables that were read and approved; update with --update-golden and read the diff.

Probabilities are left out: they may differ in the last digits between processors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import outsource_nlp as onlp

HERE = Path(__file__).parent
COLUMNS = {
    "documents": ["path", "publisher", "kind", "authors", "published", "n_words", "copy_of", "stance"],
    "entities": ["entity_id", "type", "name", "register_id", "aliases", "n_mentions", "n_articles"],
    "roles": ["path", "name", "role", "affiliation"],
    "quotations": ["path", "start", "mode", "cue", "cue_class", "speaker", "flags", "rule", "text"],
    "statements": ["path", "start", "voice", "holder", "holder_type", "stance", "target", "aspects", "flags", "rule",
                   "evidence"],
}


@pytest.mark.parametrize("table", COLUMNS)
def test_the_shipped_corpus_gives_the_approved_table(
    table: str, shipped: Path, pytestconfig: pytest.Config
) -> None:
    results = onlp.open_results(shipped)
    frame = results.frame(table)
    if table not in ("documents", "entities"):
        frame = frame.merge(results.documents[["article_id", "path"]], on="article_id")
    sort = [c for c in ("path", "start", "entity_id", "name") if c in frame]
    seen = frame.sort_values(sort, kind="stable")[COLUMNS[table]].to_csv(index=False, lineterminator="\n")
    golden = HERE / f"{table}.csv"
    if pytestconfig.getoption("--update-golden"):
        golden.write_text(seen, encoding="utf-8")
    assert seen.splitlines() == golden.read_text(encoding="utf-8").splitlines()
