"""The cue words and speaker words: what the files may hold, and what is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_nlp.annotate.speech import cues, lexicon
from outsource_nlp.annotate.speech.cues import load_cues
from outsource_nlp.annotate.speech.lexicon import load_lexicon
from outsource_nlp.errors import DataError
from outsource_nlp.schema import CUE_CLASSES

HEADER = "cue,part,class,takes,past\n"


def written(folder: Path, text: str) -> str:
    path = folder / "cues.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_every_cue_class_has_verbs() -> None:
    verbs = load_cues().verbs.values()
    assert {cue.kind for forms in verbs for cue in forms} == set(CUE_CLASSES)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("said", "say"),
        ("told", "tell"),
        ("denies", "deny"),
        ("denied", "deny"),
        ("admitted", "admit"),
        ("wrote", "write"),
        ("arguing", "argue"),
        ("agreeing", "agree"),
        ("pledged", "pledge"),
    ],
)
def test_inflected_forms_lead_to_their_cue(form: str, base: str) -> None:
    cue = load_cues().verb(form)
    assert cue is not None
    assert cue.base == base


def test_a_cue_of_two_words_goes_before_a_cue_of_one() -> None:
    table = load_cues()
    pointed_out, found = table.verb("pointed", "out"), table.verb("said", "out")
    assert pointed_out is not None
    assert (pointed_out.second, pointed_out.kind) == ("out", "factive")
    assert found is not None
    assert found.second == ""


def test_claim_and_point_out_tell_on_the_reporter() -> None:
    table = load_cues()
    kinds = {
        word: cue.kind for word in ("claimed", "denied", "proved", "admitted", "said") if (cue := table.verb(word))
    }
    assert kinds == {
        "claimed": "distancing",
        "denied": "negating",
        "proved": "endorsing",
        "admitted": "factive",
        "said": "neutral",
    }


@pytest.mark.parametrize(
    "rows",
    [
        "say,verb,odd,clause,\n",
        "say,verbal,neutral,clause,\n",
        "say,verb,neutral,sideways,\n",
        "say,verb,neutral,,\n",
        "say,verb,neutral\n",
        "say,verb,neutral,clause,,extra\n",
    ],
)
def test_a_malformed_row_is_refused_with_its_line(tmp_path: Path, rows: str) -> None:
    with pytest.raises(DataError, match=r"line 2.*Hint"):
        load_cues(written(tmp_path, HEADER + rows))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="columns are"):
        load_cues(written(tmp_path, "word,class\nsay,neutral\n"))


def test_a_missing_cue_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_cues(str(tmp_path / "none.csv"))


def test_the_speaker_words_know_plurals() -> None:
    words = load_lexicon()
    assert words.kind("professors") == words.kind("Professor") == "person"
    assert words.kind("spokesmen") == "person"
    assert words.kind("table") == "heading"
    assert words.kind("teapot") == ""


def test_titles_and_given_names_tell_the_gender() -> None:
    words = load_lexicon()
    assert (words.gender("Mrs Lowe"), words.gender("Peter Lowe"), words.gender("Lowe")) == ("she", "he", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("noun,kind\n", "columns are"), ("word,kind\ncat,animal\n", "line 2"), (None, "cannot be read")],
)
def test_a_malformed_speaker_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, reason: str
) -> None:
    if text is not None:
        (tmp_path / "speaker_words.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    with pytest.raises(DataError, match=reason):
        load_lexicon.__wrapped__()


def test_the_data_folder_is_the_packages_own() -> None:
    assert (cues.DATA / "cue_verbs.csv").is_file()
