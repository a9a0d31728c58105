from __future__ import annotations

import json

from outsource_nlp import ingest
from outsource_nlp.records import Article


def test_one_bad_line_costs_one_article(put, tmp_path):
    lines = ['{"text": "One."}', "{broken", "", "[1]", '{"text": 5}', '{"title": "No text"}', '{"body": "Seven."}']
    put("a.jsonl", "\n".join(lines))
    found = list(ingest.read(ingest.discover(tmp_path)))
    assert [item.path for item in found] == [f"a.jsonl#{n}" for n in (1, 2, 4, 5, 6, 7)]
    assert [item.text for item in found if isinstance(item, Article)] == ["One.", "Seven."]
    errors = [item.error for item in found if not isinstance(item, Article)]
    for error, words in zip(errors, ("line 2: Expecting", "not an object", "text is 'a int'", "no text"), strict=True):
        assert words in error


def test_keys_are_metadata(put, tmp_path):
    record = {"Text": "One.", "author": "Edda Marsh and Piers Holloway", "date": "4 May 2019", "url": None, "x": [1]}
    put("a.jsonl", json.dumps(record))
    (found,) = ingest.read(ingest.discover(tmp_path))
    assert found.authors == ("Edda Marsh", "Piers Holloway")
    assert found.published == "2019-05-04"
    assert found.url == ""


def test_half_a_surrogate_pair_does_no_harm(put, tmp_path):
    put("a.jsonl", '{"text": "One \\ud83d more.", "title": "\\udc00"}')
    (found,) = ingest.read(ingest.discover(tmp_path))
    assert found.content
    assert found.text.endswith("more.")


def test_a_line_nested_too_deep_is_one_failure(put, tmp_path):
    put("a.jsonl", "[" * 100_000 + "\n" + '{"text": "Two."}')
    deep, two = ingest.read(ingest.discover(tmp_path))
    assert "not a readable jsonl file" in deep.error
    assert two.text == "Two."


def test_a_line_separator_inside_a_text_splits_nothing(put, tmp_path):
    put("a.jsonl", '{"text": "One\u2028two"}')
    (found,) = ingest.read(ingest.discover(tmp_path))
    assert found.text == "One\ntwo"
