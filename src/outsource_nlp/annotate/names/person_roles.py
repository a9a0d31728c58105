"""What each person does in a text, and what the text says they are.

In go a page, the places that name persons and the quotations, out come one role and one affiliation a person. A role
is the strongest thing somebody does anywhere in the text: writing it beats being quoted, which beats being cited.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from outsource_nlp.annotate.layers import Mention, Quotation
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.words import Words

STRENGTH = ("mentioned", "cited", "quoted", "author")
_CITING_RULES = frozenset({"person-author-list", "person-citation", "person-reference", "person-scholar"})
_DASHES = frozenset("—–-")
_MARKS = frozenset("“”\"‘«»")
_OPENING_MARKS = frozenset("“\"‘«")
_TITLE_MARKS = frozenset("“\"‘'")
_OBJECT_OF = frozenset({"of", "about", "against", "to", "with", "from", "for", "and", "than"})
_WITNESSES = frozenset({"affirmed", "sworn", "called", "recalled"})


def stronger(one: str, other: str) -> str:
    """The stronger of two roles."""
    return max(one, other, key=STRENGTH.index)


def role_of(page: Page, mentions: Sequence[Mention], spoken: str, cues: Cues, *, quotations_known: bool) -> str:
    """The role of a person by its mentions.

    ``spoken`` is the strongest role that the quotations give, "mentioned" if none. Where quotations were not looked
    for (``quotations_known`` is False), verbs and marks nearby stand in.
    """
    role = spoken
    for mention in mentions:
        start, end = word_range(page, mention)
        written = mention.rule == "person-byline" or _byline(page, start, end) or _name_line(page, start, end, cues)
        if written or _biography(page, start, end):
            return "author"
        if mention.rule == "person-speaker-label" or _speaks_next(page, start, end):
            role = stronger(role, "quoted")
        if mention.rule in _CITING_RULES or _reference(page, start, end) or _view_holder(page.words, start, end, cues):
            role = stronger(role, "cited")
        if role in {"mentioned", "cited"}:
            role = stronger(role, _states(page, start, end, cues))
        if not quotations_known:
            role = stronger(role, _by_verbs(page, start, end, cues))
    return role


def spoken_roles(quotations: Iterable[Quotation]) -> Mapping[str, str]:
    """The strongest role of each speaker: quoted with own words, cited without."""
    roles: dict[str, str] = {}
    for quotation in quotations:
        if quotation.speaker_id and "scare" not in quotation.flags:
            role = "cited" if quotation.mode == "indirect" else "quoted"
            roles[quotation.speaker_id] = stronger(roles.get(quotation.speaker_id, "mentioned"), role)
    return roles


def word_range(page: Page, mention: Mention) -> tuple[int, int]:
    """The words of a mention, half open."""
    words = page.words
    start = bisect_right(words.end, mention.span.start_char)
    return start, max(bisect_left(words.start, mention.span.end_char), start + 1)


def _byline(page: Page, start: int, end: int) -> bool:
    """"By Jane Doe" at the start of a line, "written by", or a dash and the name that close a text."""
    words = page.words
    before = words.at(start - 1)
    if words.at(end) == "'s":
        return False
    line_start = start < 2 or words.fresh[start - 1] or (
        "\n" in page.text[words.end[start - 2]:words.start[start - 1]])
    if before == "by" and (line_start or words.at(start - 2) in {"written", "posted", "words", "report"}):
        return line_start or start < 80 or start > len(words) - 60
    if before == ":" and words.at(start - 2) in {"author", "words", "writer", "byline"} and start < 80:
        return True
    return start > 0 and words.text[start - 1] in _DASHES and line_start and start > len(words) - 25 and start > 25


def _name_line(page: Page, start: int, end: int, cues: Cues) -> bool:
    """A line near the top that holds a name and nothing else, save letters behind it."""
    words, text = page.words, page.text
    if start == 0 or start > 60 or end >= len(words) or end - start < 2 or (
            words.fold[start] in cues.lists["bylines"]["addressed"]):
        return False
    while end < len(words) - 1 and words.text[end].isupper() and "\n" not in text[words.end[end - 1]:words.start[end]]:
        end += 1
    return "\n" in text[words.end[start - 1]:words.start[start]] and "\n" in text[words.end[end - 1]:words.start[end]]


def _biography(page: Page, start: int, end: int) -> bool:
    """"Jane Doe is a lecturer at ..." in the last lines of a text."""
    words, text = page.words, page.text
    if start < 40 or start < len(words) - 45 or words.at(end) != "is" or words.at(end + 1) not in {
            "a", "an", "the", "professor", "director", "chief", "leader", "general"}:
        return False
    line = text[text.rfind("\n", 0, words.start[start]) + 1:words.start[start]]
    return "\n" in text[:words.start[start]] and not any(c.isalnum() for c in line)


def _speaks_next(page: Page, start: int, end: int) -> bool:
    """"Lord Alder of Wick (Lab): My Lords, ..." at the start of a line."""
    words = page.words
    asked = words.at(start - 1)[:1] == "q" and words.at(start - 1)[1:].isdigit()
    opens = start == 0 or asked or words.fresh[start] or "\n" in page.text[words.end[start - 1]:words.start[start]] or (
        words.text[start - 1] == "(" and words.at(end) == ")")
    if not opens:
        return False
    if words.at(end) == "(" and words.at(end + 1) in _WITNESSES:
        return True
    k = end
    while k < min(end + 12, len(words)) and words.same_sentence(start, k):
        if words.text[k] == ":":
            return True
        if not (words.capital(k) or words.joined[k] or words.text[k] in "()," or words.fold[k] in {
                "of", "and", "for", "the", "upon"}):
            return False
        k += 1
    return False


def _view_holder(words: Words, start: int, end: int, cues: Cues) -> bool:
    """"according to Jones", "Jones's argument", "agree with Jones", "in Jones's view"."""
    before = words.fold[max(0, start - 3):start]
    if before[-2:] == ("according", "to") or before[-2:] in {("agree", "with"), ("agrees", "with"), ("agreed", "with"),
                                                              ("disagree", "with"), ("quoting", "from")}:
        return True
    dated = words.at(end) == "(" and words.at(end + 1)[:4].isdigit() and 3 < len(words.at(end + 1)) < 6
    if dated or _of_work(words, start, cues):
        return True
    after = words.fold[end:end + 5]
    owner = bool(after) and after[0] in {"'s", "'", "’"}
    return owner and any(w in cues.lists["people"]["views"] for w in after[1:4])


def _states(page: Page, start: int, end: int, cues: Cues) -> str:
    """"Jane Doe, of Acme, conceded that it was “late”": the subject of a verb of saying, an apposition apart."""
    words, people = page.words, cues.lists["people"]
    paired = words.at(start - 1) == "and" and words.capital(start - 2) and not words.fresh[start - 1]
    if _marks_close(words, start, cues):
        return "quoted"
    if words.at(start - 1) in _OBJECT_OF and words.same_sentence(start - 1, start) and not paired:
        return "mentioned"
    if words.at(end) == "and" and words.capital(end + 1):
        end = next((q for q in range(end + 1, end + 6) if not words.capital(q)), end)
    k = end
    while words.same_sentence(start, k) and words.fold[k] in {"of", "from", "at"} and k == end and words.capital(
            k + 1 + (words.at(k + 1) == "the")):
        k += 1 + (words.at(k + 1) == "the")
        while words.same_sentence(start, k) and k - end < 9 and (
                words.capital(k) or words.fold[k] in {"of", "for", "and"}):
            k += 1
    while k < len(words) and words.fold[k] in people["postnominals"] and words.text[k].isupper():
        k += 1
    if words.at(k) == "," and not people["stating_verbs"].at(words, k + 1):
        close = next((q for q in range(k + 2, min(k + 16, len(words))) if words.text[q] == ","), k)
        k = close
    k += words.at(k) == ","
    k += words.at(k).endswith("ly") or words.at(k) in {"also", "then", "later", "once", "has", "had"}
    if not words.same_sentence(start, k) or not people["stating_verbs"].at(words, k) or words.at(k + 1) == "nothing":
        return "mentioned"
    return "quoted" if any(words.text[q] in _OPENING_MARKS and words.same_sentence(k, q)
                           for q in range(k + 1, min(k + 45, len(words)))) else "cited"


def _marks_close(words: Words, start: int, cues: Cues) -> bool:
    """"..., ” said Jane Doe": the verb stands between closing marks and the name."""
    n = cues.lists["people"]["stating_verbs"].before(words, start)
    return n > 0 and words.same_sentence(start - n, start) and words.at(start - n - 1) in {"”", '"'} and start > 2


def _reference(page: Page, start: int, end: int) -> bool:
    """"4 R Jones and M Lee, ‘Title’, ..." in a note: a name and then a title in quotation marks."""
    words = page.words
    if words.at(end) in {"and", "&"} and words.capital(end + 1):
        end = next((q for q in range(end + 1, end + 7) if not words.capital(q)), end)
    initials = len(words.text[start]) == 1 and words.capital(end + 1)
    if words.at(end) != "," or not (0 <= end + 1 < len(words)) or not (
            initials or words.text[end + 1] in _TITLE_MARKS):
        return False
    k = start - 1
    while k > 0 and start - k < 20 and "\n" not in page.text[words.end[k - 1]:words.start[k]]:
        k -= 1
    return words.at(k).isdigit() or words.at(k) in {"see", "cf"}


def _of_work(words: Words, start: int, cues: Cues) -> bool:
    """"a study by Jones", "research by Jones and Lee"."""
    k = start - 1
    while words.at(k) in {"and", "&", ","} and start - k < 12:
        k -= 1
        while words.capital(k) and start - k < 12:
            k -= 1
        k -= words.at(k) == "by" and words.at(k - 1) in {",", "and"}
    lists = cues.lists
    return words.at(k) == "by" and words.same_sentence(k - 1, start) and (
        lists["works"]["work_nouns"].before(words, k) > 0 or lists["people"]["views"].before(words, k) > 0
        or words.at(k - 1) == "work")


def _by_verbs(page: Page, start: int, end: int, cues: Cues) -> str:
    words, verbs = page.words, cues.lists["people"]["report_verbs"]
    around = [*range(end, min(end + 3, len(words))), *range(max(0, start - 2), start)]
    says = any(words.same_sentence(start, k) and words.fold[k] in verbs for k in around)
    if not says:
        return "mentioned"
    near = [*range(max(0, start - 3), start), *range(end, min(end + 5, len(words)))]
    marked = any(words.text[k] in _MARKS and words.sentence[k] == words.sentence[start] for k in near)
    return "quoted" if marked else "cited"
