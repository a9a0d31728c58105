from __future__ import annotations

import pytest

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.front_matter import split_front_matter
from outsource_nlp.ingest.metadata import article, split_authors


@pytest.mark.parametrize(("written", "names"), [
    ("Edda Marsh", ["Edda Marsh"]),
    ("By Edda Marsh and Piers Holloway", ["Edda Marsh", "Piers Holloway"]),
    ("Edda Marsh, Piers Holloway & Una Ash", ["Edda Marsh", "Piers Holloway", "Una Ash"]),
    ("Edda Marsh, Piers Holloway, and Una Ash", ["Edda Marsh", "Piers Holloway", "Una Ash"]),
    ("Marsh, Edda; Holloway, P. J.", ["Edda Marsh", "P. J. Holloway"]),
    ("Marsh, Edda", ["Edda Marsh"]),
    ("Edda Marsh, MP", ["Edda Marsh, MP"]),
    ("Marsh, MP", ["Marsh, MP"]),
    ("Department for Health and Social Care", ["Department for Health and Social Care"]),
    ("Local Government and Social Care Ombudsman", ["Local Government and Social Care Ombudsman"]),
    ("Housing, Communities and Local Government Committee", ["Housing, Communities and Local Government Committee"]),
    ("Ludo van der Berg and Una Ash", ["Ludo van der Berg", "Una Ash"]),
    (["Edda Marsh", "Department for Bins and Baths", "Edda Marsh"], ["Edda Marsh", "Department for Bins and Baths"]),
    ([{"name": "Edda Marsh", "email": "x"}], ["Edda Marsh"]),
    ("", []), ([], []), (None, []), (";;", []),
])
def test_authors_are_split_where_they_are_several(written, names):
    assert split_authors(written) == tuple(names)


@pytest.mark.parametrize("value", [{"a": 1}, [["Edda"]], True])
def test_authors_that_are_neither_text_nor_list_are_refused(value):
    with pytest.raises(InputError, match="authors is 'a "):
        split_authors(value)


def test_the_first_layer_that_says_something_decides():
    layers = [{"title": " ", "kind": ""}, {"title": None, "kind": "blog", "note": float("nan")}, {"title": "Third"}]
    found, dropped = article("a.txt", "x", layers)
    assert (found.title, found.kind, found.note) == ("Third", "blog", "")
    assert dropped == []


def test_author_and_date_are_other_names_of_columns():
    found, _ = article("a.txt", "x", [{"author": "Edda Marsh", "date": "4 May 2019"}])
    assert (found.authors, found.published) == (("Edda Marsh",), "2019-05-04")


def test_every_value_that_cannot_be_used_is_told_and_the_article_stays():
    found, dropped = article("a.txt", "x", [{
        "title": ["a", "b"], "published": "soon", "url": "javascript:alert(1)",
        "authors": {"x": 1}, "note": "n" * 3000,
    }])
    assert (found.title, found.published, found.url, found.authors, found.note) == ("", "", "", (), "")
    expected = ("title is 'a list'", "authors", "published is 'soon'", "url is 'javascript", "note")
    for error, words in zip(dropped, expected, strict=True):
        assert words in str(error)


@pytest.mark.parametrize("url", ["https://example.org/a", "http://x.example", "doi:10.1/2", "www.example.org", ""])
def test_addresses_are_kept(url):
    assert article("a.txt", "x", [{"url": url}])[0].url == url


def test_cells_are_cleaned_to_one_line():
    found, _ = article("a.txt", "x", [{"title": "Â£5m\n saved\u200b", "published": 2018, "kind": 3.0}])
    assert (found.title, found.published, found.kind) == ("£5m saved", "2018", "3")


def test_front_matter_is_taken_as_written():
    metadata, text = split_front_matter(
        "---\r\nTitle: 1984\npublisher: No\npublished: 2018-12-14\nurl:\nnote: ~\nauthors: [A B, C D]\n"
        "---\r\n\r\nBody\n",
    )
    assert metadata == {"title": "1984", "publisher": "No", "published": "2018-12-14", "authors": ["A B", "C D"]}
    assert text.strip() == "Body"


@pytest.mark.parametrize("text", [
    "No front matter.", "---\nA rule above, and no end.", "---\nA rule above\n---\nand below.",
    "A\n---\nb: c\n---\n", "",
])
def test_other_texts_are_left_alone(text):
    assert split_front_matter(text) == ({}, text)


def test_empty_front_matter_is_taken_off():
    assert split_front_matter("---\n---\nBody") == ({}, "Body")


@pytest.mark.parametrize("yaml", ["title: a: b", "title: [1", "title: 'x", "? [a]\n: b", "a: *nobody", "\ttitle: x"])
def test_broken_front_matter_is_refused(yaml):
    with pytest.raises(InputError, match="not a readable front matter file") as caught:
        split_front_matter(f"---\n{yaml}\n---\nBody")
    assert "\n" not in str(caught.value)
