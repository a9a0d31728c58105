"""The schema keeps the columns that others rely on."""

from __future__ import annotations

import pytest

from outsource_nlp.schema import ARTICLE_TABLES, CORPUS_TABLES, TABLES

CONTRACT = {
    "documents": "article_id path title publisher kind authors published url n_words n_sentences copy_of stance "
                 "stance_score stance_low stance_high n_for n_against n_neutral",
    "entities": "entity_id type name register register_id n_mentions n_articles",
    "mentions": "mention_id article_id entity_id type name surface start end rule",
    "roles": "article_id entity_id name role affiliation",
    "quotations": "quotation_id article_id start end text mode cue cue_class speaker speaker_id speaker_type",
    "statements": "statement_id article_id start end evidence voice holder holder_id holder_type target aspects stance "
                  "p_for p_against p_neutral certainty flags quotation_id rule",
    "changes": "run_id change table id before after cause",
    "failures": "path stage error",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_of_the_contract_are_there(name: str) -> None:
    assert set(CONTRACT[name].split()) <= set(TABLES[name].names)


@pytest.mark.parametrize("name", TABLES)
def test_keys_and_orders_are_columns(name: str) -> None:
    table = TABLES[name]
    assert set(table.key) | set(table.order) <= set(table.names)


@pytest.mark.parametrize("name", TABLES)
def test_no_column_comes_twice_and_each_says_what_it_means(name: str) -> None:
    table = TABLES[name]
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning for column in table.columns)


def test_every_listed_table_exists() -> None:
    assert set(ARTICLE_TABLES) | set(CORPUS_TABLES) <= set(TABLES)
