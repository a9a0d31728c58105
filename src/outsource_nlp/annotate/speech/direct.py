"""Passages in quotation marks -> direct quotations, each with its cue.

A ``Page`` and the cue words enter, ``Found`` objects leave. Interrupted passages are joined, passages without a cue
go to the speaker before them or to the subject of the sentence before; titles and words held at arm's length are left.
"""

from __future__ import annotations

from dataclasses import replace

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.beside import WINDOW, Attribution, cue_after, cue_before, subject_in
from outsource_nlp.annotate.speech.cues import CueTable
from outsource_nlp.annotate.speech.flags import report_flags
from outsource_nlp.annotate.speech.page import MARK_CHARS, TERMINAL, Found, Page, Quoted

_OPENERS = frozenset(",:-–—―(") | TERMINAL


def direct(page: Page, cues: CueTable) -> list[Found]:
    """Direct quotations in order, those inside others included."""
    out: list[Found] = []
    group: Found | None = None
    gap_from = -1
    for number, one in enumerate(page.quoted):
        if one.end <= one.start or is_title(page, one):
            continue
        if one.parent >= 0:
            out += _nested(page, number, one, cues)
            continue
        before, after = cue_before(page, cues, one), cue_after(page, cues, one)
        if group is not None and _continues(page, group, gap_from, one, after):
            group = _joined(group, one)
        else:
            out += [group] if group is not None else []
            group = _attributed(page, number, one, before, after, cues) or _without_cue(
                page, number, one, group, cues
            )
        gap_from = one.close
    return [*out, group] if group is not None else out


def _nested(page: Page, number: int, one: Quoted, cues: CueTable) -> list[Found]:
    """A passage inside a passage counts only with a cue of its own."""
    found = _attributed(page, number, one, cue_before(page, cues, one), cue_after(page, cues, one), cues)
    return [found] if found is not None else []


def _attributed(
    page: Page, number: int, one: Quoted, before: Attribution | None, after: Attribution | None, cues: CueTable
) -> Found | None:
    chosen = before if before is not None and (before.cue is not None or after is None) else after
    if chosen is None:
        return None
    start, end = one.start, one.end
    if chosen is after and not stands_alone(page, one):
        embedded = _embedded(page, number, one, cues)
        if embedded is not None or (one.end - one.start < 4 and page.parsed):
            return embedded
        start, end = page.trim(_clause_start(page, one), one.close)
    kind = chosen.cue.kind if chosen.cue is not None else "neutral"
    cue = (chosen.start, chosen.end) if chosen.end > chosen.start else None
    flags = report_flags(page, page.tokens[chosen.start], one.end) if cue is not None else ()
    mode = "direct" if start == one.start else page.mode(start, end, one.open - 1)
    return Found(start, end, mode, chosen.rule, cue, kind, chosen.head, flags=flags, passage=number)


def _clause_start(page: Page, one: Quoted) -> int:
    at = one.open
    while (
        at > max(0, one.open - 2 * WINDOW)
        and page.lower[at - 1] not in TERMINAL
        and page.inner[at - 1] == one.parent
        and page.paragraph[at - 1] == page.paragraph[one.open]
    ):
        at -= 1
    return page.trim(at, one.end)[0]


def stands_alone(page: Page, one: Quoted) -> bool:
    """Whether a passage begins a sentence or clause of its own."""
    last = page.previous(one.open)
    return (
        last < 0
        or page.lower[last] in _OPENERS
        or page.inner[last] != one.parent
        or page.paragraph[last] != page.paragraph[one.open]
    )


def _continues(page: Page, group: Found, gap_from: int, one: Quoted, after: Attribution | None) -> bool:
    """Whether only the attribution of the group stands between it and this passage."""
    if group.cue is None or not gap_from <= group.cue[0] < one.open or one.open - gap_from > WINDOW:
        return False
    if page.paragraph[gap_from - 1] != page.paragraph[one.open]:
        return False
    gap = [at for at in range(gap_from, one.open) if not page.is_space(at) and page.lower[at] not in MARK_CHARS]
    stops = [at for at in gap if page.lower[at] in TERMINAL]
    if stops and (len(stops) > 1 or stops[0] != gap[-1]):
        return False
    joined = bool(gap) and page.lower[gap[-1]] in {",", "-", "–", "—"}
    if not stops and not joined and not is_full(page, one):
        return False
    said = page.lower[group.cue[1] : group.cue[1] + 3]
    if "that" in said or any(page.lower[at] in {"adding", "but"} and at > group.cue[0] for at in gap):
        return False
    return after is None or joined


def _joined(group: Found, one: Quoted) -> Found:
    rule = group.rule if group.rule.endswith("interrupted") else f"{group.rule}, interrupted"
    return replace(group, end=one.end, rule=rule)


def _without_cue(page: Page, number: int, one: Quoted, last: Found | None, cues: CueTable) -> Found | None:
    """A passage without a cue beside it: embedded in a report, or floating, or nobody's."""
    if not stands_alone(page, one):
        return _embedded(page, number, one, cues)
    if not is_full(page, one):
        return None
    if last is not None and _near(page, last, one):
        return Found(one.start, one.end, "direct", "floating", passage=number, follows=True)
    head = _subject_before(page, page.previous(one.open))
    rule = "previous sentence" if head >= 0 else "marks alone"
    return Found(one.start, one.end, "direct", rule, head=head, passage=number)


def _embedded(page: Page, number: int, one: Quoted, cues: CueTable) -> Found | None:
    """A passage in the run of a sentence: what the nearest cue before it reports, up to the closing mark."""
    if not page.parsed:
        return None
    first = _clause_start(page, one)
    for verb in range(one.open - 1, first, -1):
        cue = (
            cues.verb(page.lower[verb], page.lower[verb + 1])
            if page.lower[verb] in cues.verbs and page.is_verb(verb)
            else None
        )
        if cue is None or page.inner[verb] != one.parent:
            continue
        if not cue.takes & {"quote", "predicate"}:
            continue
        if one.end - one.start < 4 and not ("predicate" in cue.takes and one.open - verb <= 8):
            continue
        head = subject_in(page, verb, first, one.open)
        if head < 0 or page.lower[head] in {"i", "we", "you"}:
            continue
        start = verb + (2 if cue.second else 1)
        if page.lower[start] == "by" and start < head < one.open:
            start = head + 1  # "described by an insider as"
        that = next((i for i in range(start, one.open) if page.lower[i] == "that"), start)
        start, end = page.trim(that, one.close)
        return Found(
            start,
            end,
            page.mode(start, end, verb),
            "embedded",
            (verb, verb + (2 if cue.second else 1)),
            cue.kind,
            head,
            flags=report_flags(page, page.tokens[verb], end),
            passage=number,
        )
    return None


def _near(page: Page, last: Found, one: Quoted) -> bool:
    """At most one short sentence between the last quotation and this passage."""
    tail = last.end if last.cue is None else max(last.end, last.cue[1])
    if page.paragraph[one.open] - page.paragraph[last.end - 1] > 1:
        return False
    stops = sum(page.lower[at] in TERMINAL for at in range(last.end, one.open))
    return stops <= 2 and one.open - tail <= 30


def _subject_before(page: Page, last: int) -> int:
    """The subject of the sentence that ends at a token, -1 if it has none that could speak."""
    if last < 0 or not page.parsed:
        return -1
    root = page.tokens[page.sentence[last]].sent.root
    subject = grammar.child(root, "nsubj", "nsubjpass")
    if subject is None or page.cover[subject.i] >= 0:
        return -1
    if subject.ent_type_ in {"PERSON", "ORG"} or subject.lower_ in {"he", "she"} or subject.pos_ == "PROPN":
        return int(subject.i)
    return -1


def is_title(page: Page, one: Quoted) -> bool:
    """Whether a passage in the run of a sentence is all capitals: a book, a programme, a newspaper."""
    if stands_alone(page, one) and not (page.lower[one.end - 1] == "," and page.previous(one.open) < 0):
        return False
    words = [page.tokens[at].text for at in range(one.start, one.end) if page.lower[at][:1].isalpha()]
    strong = [w for w in words if len(w) > 3]
    return 2 <= len(words) <= 12 and bool(strong) and words[0][:1].isupper() and all(w[:1].isupper() for w in strong)


def is_full(page: Page, one: Quoted) -> bool:
    """Whether a passage reads as something said, not as a title or a word held at arm's length."""
    n = one.end - one.start
    last = page.lower[one.end - 1]
    if n < 3:
        return False
    words = [page.tokens[at].text for at in range(one.start, one.end) if page.lower[at][:1].isalpha()]
    if last not in TERMINAL and n <= 12 and all(w[:1].isupper() or len(w) < 4 for w in words):
        return False
    if last in TERMINAL:
        return True
    if page.parsed:
        return n >= 5 and any(page.tokens[at].tag_ in {"VBD", "VBP", "VBZ", "MD"} for at in range(one.start, one.end))
    return n >= 8
