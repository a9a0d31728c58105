from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.ingest.wrapping import unwrap

PARAGRAPHS = (
    "The council agreed last night to bring its bins back from the contractor, eleven years after it had given them "
    "away. Nobody spoke against. The leader said that the price had gone up every year and the service had not.",
    "The contractor said that it was proud of its crews and of what they had done in all weathers. It would help the "
    "council to take the work over, as the contract asks of it, and it wished everybody well.",
)


def wrapped(text, width=72):
    return "\n".join(textwrap.wrap(text, width))


@given(st.integers(min_value=50, max_value=100))
def test_wrapped_paragraphs_come_back_whole(width):
    text = "\n\n".join(wrapped(paragraph, width) for paragraph in PARAGRAPHS)
    assert unwrap(text) == "\n\n".join(PARAGRAPHS)


def test_paragraphs_without_a_blank_line_are_told_apart_by_their_short_last_line():
    text = "\n".join(wrapped(paragraph) for paragraph in PARAGRAPHS)
    assert unwrap(text) == "\n".join(PARAGRAPHS)


def test_one_paragraph_a_line_stays():
    text = "\n".join((*PARAGRAPHS, "A short one.", *PARAGRAPHS))
    assert unwrap(text) == text


def test_an_address_and_a_list_of_titles_stay():
    text = "12 Lumley Street\nBrackwater\nBR1 4XX\n\nBins, Baths and Budgets: A History of Tenders\nWho Mends the Lamps"
    assert unwrap(text) == text


def test_a_bullet_a_speaker_and_a_heading_are_not_joined():
    start = wrapped(PARAGRAPHS[0])
    for line in ("- a first point", "• a second", "3. third", "(b) fourth", "Mr Ash: It was once.", "What comes next"):
        assert unwrap(f"{start}\n{line}\n{wrapped(PARAGRAPHS[1])}").split("\n")[1] == line


def test_capitals_are_unwrapped_too():
    text = PARAGRAPHS[0].upper()
    assert unwrap(wrapped(text)) == text


def test_a_word_broken_at_the_line_end_is_mended():
    text = (
        "The members voted with some reluctance for the out-\nsourcing of the library van, which had been in the pub-\n"
        "lic eye since it was found in the canal. Its back-\noffice and front-office work will go to the con-\n"
        "tractor, with the pre- and post-\nwar books of the old reading room, some of them in-\nhouse editions."
    )
    assert unwrap(text) == (
        "The members voted with some reluctance for the outsourcing of the library van, which had been in the public "
        "eye since it was found in the canal. Its back-office and front-office work will go to the contractor, with "
        "the pre- and postwar books of the old reading room, some of them in-house editions."
    )


def test_a_hyphen_follows_the_spelling_of_the_rest_of_the_text():
    text = (
        "The post-war estate was the first to be handed over to the com-\npany, and it was the last "
        "of all the many post-\n"
        "war estates to be given back to the council, which did not\nwant it; nor did the company, by then."
    )
    assert "many post-war estates to" in unwrap(text)


def test_a_suspended_hyphen_keeps_its_space():
    text = (
        "All of the work that is done in the long-\nand the short-stay homes will be given to one contractor, so\n"
        "that the council needs to write one letter only when something goes wrong."
    )
    assert "the long- and the short-stay homes" in unwrap(text)
