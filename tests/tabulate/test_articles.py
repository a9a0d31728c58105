"""Rows of one article: cells in the order of the schema, and ids that survive edits elsewhere."""

from __future__ import annotations

import pytest
from spacy.language import Language

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import ArticleFacts
from outsource_nlp.records import Article, Row
from outsource_nlp.schema import ARTICLE_TABLES, TABLES
from outsource_nlp.tabulate import tabulate

TEXT = "Outsourcing the parks was a mistake. “Contracting out has failed,” said Ada Lowe of Slough Council."


def rows(nlp: Language, text: str, path: str = "a.txt") -> dict[str, list[Row]]:
    article = Article(path, text, authors=("Bo Hill",))
    doc = nlp.make_doc(text)
    layers.set_article(doc, ArticleFacts(authors=article.authors))
    return tabulate(nlp(doc), article)


def column(table: str, name: str, found: dict[str, list[Row]]) -> list[object]:
    at = TABLES[table].names.index(name)
    return [row[at] for row in found[table]]


@pytest.mark.parametrize("table", ARTICLE_TABLES)
def test_cells_are_as_many_as_columns(nlp: Language, table: str) -> None:
    assert {len(row) for row in rows(nlp, TEXT)[table]} <= {len(TABLES[table].columns)}


@pytest.mark.parametrize("table", ["statements", "quotations", "mentions"])
def test_ids_survive_an_edit_elsewhere(nlp: Language, table: str) -> None:
    key = TABLES[table].key[0]
    before, after = rows(nlp, TEXT), rows(nlp, "It rained all day.\n\n" + TEXT)
    assert set(column(table, key, before)) <= set(column(table, key, after))


def test_the_same_words_twice_get_two_ids(nlp: Language) -> None:
    ids = column("statements", "statement_id", rows(nlp, "Outsourcing failed.\n\nOutsourcing failed."))
    assert len(ids) == len(set(ids)) == 2


def test_another_article_has_other_ids(nlp: Language) -> None:
    one, other = rows(nlp, TEXT, "a.txt"), rows(nlp, TEXT, "b.txt")
    assert not set(column("statements", "statement_id", one)) & set(column("statements", "statement_id", other))


def test_clitics_are_not_words(nlp: Language) -> None:
    terms = set(column("terms", "term", rows(nlp, "The council doesn't know Slough's rules; it isn’t keen.")))
    assert not {"n't", "n’t", "'s", "’s", ";"} & terms
    assert "council" in terms


def test_short_texts_have_no_reading_ease(nlp: Language) -> None:
    assert column("documents", "reading_ease", rows(nlp, TEXT)) == [None]


def test_tokens_of_a_sentence_lie_side_by_side_and_lead_back_to_the_text(nlp: Language) -> None:
    text = "The council  outsourced its parks.\n\nIt didn’t last."
    found = rows(nlp, text)["tokens"]
    names = TABLES["tokens"].names
    for row in found:
        cells = dict(zip(names, row, strict=True))
        split = {name: str(cells[name]).split(" ") for name in names[2:]}
        assert len({len(values) for values in split.values()}) == 1
        for word, at in zip(split["words"], split["starts"], strict=True):
            start = int(str(cells["start"])) + int(at)
            assert text[start:start + len(word)] == word
        assert all(0 <= int(head) < len(split["words"]) for head in split["heads"])
    assert column("tokens", "words", rows(nlp, text)) == ["The council outsourced its parks .", "It did n’t last ."]


def test_tokens_without_a_parse_say_so_with_an_underscore(rules_nlp: Language) -> None:
    tags = column("tokens", "deps", rows(rules_nlp, "The parks closed."))
    assert tags == ["_ _ _ _"]
