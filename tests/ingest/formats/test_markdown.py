from __future__ import annotations

from outsource_nlp import ingest

SOURCE = """\
# The *baths*, again

A first line with **bold**, _slanted_ and `code`
that goes on, with a [link](http://example.org/x) and ![a picture](x.png)no picture.

> A quoted line.
> And its second half.

- One
- Two
  goes on

3. Three

| a | b |
|---|---|
| c | d |

<div>In a box</div><script>no</script>

<!-- a remark -->
Hard\\
break &amp; \\*star\\*
"""


def only(corpus):
    (found,) = ingest.read(ingest.discover(corpus))
    return found


def test_the_words_stay_and_the_markup_goes(put, tmp_path):
    put("a.md", SOURCE)
    assert only(tmp_path).text.split("\n\n") == [
        "The baths, again",
        "A first line with bold, slanted and code that goes on, with a link and no picture.",
        "A quoted line. And its second half.",
        "- One", "- Two goes on", "3. Three", "a", "b", "c", "d", "In a box", "Hard\nbreak & *star*",
    ]


def test_the_first_heading_is_the_title(put, tmp_path):
    put("a.md", SOURCE)
    assert only(tmp_path).title == "The baths, again"


def test_front_matter_is_stronger_than_the_heading(put, tmp_path):
    put("a.md", "---\ntitle: Baths\n---\n" + SOURCE)
    assert only(tmp_path).title == "Baths"


def test_a_long_source_is_refused_before_it_is_parsed(put, tmp_path):
    put("a.md", "*a " * 400_000)
    assert "it has 1,200,000 characters" in only(tmp_path).error


def test_a_lesser_heading_is_no_title(put, tmp_path):
    put("a.md", "## Part one\n\nText.")
    assert only(tmp_path).title == ""
