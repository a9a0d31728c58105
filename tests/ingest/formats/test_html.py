from __future__ import annotations

import pytest

from outsource_nlp import ingest
from outsource_nlp.ingest.markup import visible_text

PAGE = """<!doctype html><html><head>{charset}<title>Bins | The Brackwater Post</title>
<meta property="og:title" content="The bins come home"><meta property="og:site_name" content="The Brackwater Post">
<meta name="author" content="Edda Marsh"><meta property="article:published_time" content="2019-05-04T08:00:00+01:00">
<script>var x = "never printed";</script></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>The bins come home</h1>
<p>The borough’s bins will be emptied by the <em>borough’s own</em> people from <a href="/x">next April</a>, eleven
years after the work was given to a contractor, the cabinet agreed last night without a vote.</p>
<p>“Nobody writes to me about a bin that was emptied,” said the leader, Piers Holloway. “They write about the other
kind, and they have been writing for eleven years.” The contractor said that it was proud of its crews.</p>
<ul><li>The change begins in April.</li><li>All 88 workers will move across.</li></ul>
<p>The opposition, which had signed the contract when it was in office, abstained and said that it would watch the
costs with great interest; the cabinet member for finance said that he would be watching them as well.</p></article>
<div class="comments"><p>First!! says a reader</p></div><footer>© 2024 The Brackwater Post</footer></body></html>"""


def only(corpus):
    (found,) = ingest.read(ingest.discover(corpus))
    return found


def test_the_article_is_told_from_menu_comments_and_scripts(put, tmp_path):
    put("a.html", PAGE.format(charset="<meta charset='utf-8'>"))
    text = only(tmp_path).text
    assert "by the borough’s own people from next April, eleven years after" in text
    for other in ("Sport", "First!!", "never printed", "© 2024"):
        assert other not in text


def test_the_page_says_who_wrote_it_when_and_where(put, tmp_path):
    put("post/a.html", PAGE.format(charset=""))
    found = only(tmp_path)
    assert found.title == "The bins come home"
    assert found.authors == ("Edda Marsh",)
    assert found.published == "2019-05-04"
    assert found.publisher == "The Brackwater Post"


def test_a_copyright_line_is_no_date(put, tmp_path):
    page = PAGE.format(charset="").replace("2019-05-04T08:00:00+01:00", "")
    put("a.html", page)
    assert only(tmp_path).published == ""


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "no-such-charset"])
def test_a_declared_encoding_is_used(charset, put, tmp_path):
    put("a.html", PAGE.format(charset=f"<meta charset={charset}>").encode("cp1252"))
    assert "The borough’s bins" in only(tmp_path).text


def test_a_page_with_an_xml_declaration_is_read(put, tmp_path):
    put("a.html", '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE.format(charset=""))
    assert "The borough’s bins" in only(tmp_path).text


def test_a_short_page_gives_all_that_is_visible(put, tmp_path):
    put("a.html", "<body><p>Bins &amp; <b>baths</b> stay.</p><script>alert(1)</script><p>So say all.</p></body>")
    assert only(tmp_path).text == "Bins & baths stay.\n\nSo say all."


def test_a_page_of_scripts_is_empty(put, tmp_path):
    put("a.html", "<html><script>alert('The council')</script></html>")
    assert "no text was found" in only(tmp_path).error


def test_ten_thousand_nested_boxes_do_no_harm(put, tmp_path):
    put("a.html", "<div>" * 10_000 + "The council said no." + "</div>" * 10_000)
    assert only(tmp_path).path == "a.html"


def test_pages_made_to_harm_are_refused_by_size(put, tmp_path, monkeypatch):
    put("a.html", "<body>" + "<!-" * 100_001)
    assert "characters of HTML without an article" in only(tmp_path).error
    monkeypatch.setattr("outsource_nlp.ingest.formats.html._LONGEST", 100)
    assert "characters of HTML, the limit is 100" in only(tmp_path).error


def test_unclosed_silent_elements_and_comments_are_left_out():
    assert visible_text("<p>Yes<!-- no --></p><nav>no<p>no</nav>and<br>yes<style>p {}") == "Yes\n\nand\n\nyes"
