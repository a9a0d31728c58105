"""Passages in quotation marks -> direct quotations, each with its cue.

A ``Page`` and the cue words enter, ``Found`` objects leave. The words beside the marks decide first, because a
parser trained on running text is least sure at quotation marks; the parse, where there is one, names the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cues import Cue, CueTable
from outsource_nlp.annotate.speech.page import TERMINAL, Found, Page, Quoted
from outsource_nlp.annotate.speech.phrases import PRONOUNS, noun_phrase

WINDOW = 45                       # tokens beside the marks in which a cue is looked for
_ADVERBS = frozenset("also then later once often recently however reportedly famously angrily simply has have had is was"
                     " again now still never".split())
_ENDS = frozenset(",.?!…-–—―:;")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue beside a passage: its tokens, entry, the token that names the speaker (-1: none), and its side."""

    start: int
    end: int
    cue: Cue | None
    head: int
    rule: str
    clause_end: int


def direct(page: Page, cues: CueTable) -> list[Found]:
    """Direct quotations from passages that a cue stands beside, interrupted ones joined; then the floating ones."""
    out: list[Found] = []
    group: Found | None = None
    gap_from = -1
    for number, one in enumerate(page.quoted):
        if one.parent >= 0 or one.end <= one.start:
            continue
        before, after = cue_before(page, cues, one), cue_after(page, cues, one)
        if group is not None and _continues(page, group, gap_from, one, after):
            group = _extended(page, group, one)
            gap_from = one.close
            continue
        if group is not None:
            out.append(group)
        group = _attributed(page, number, one, before, after) or _floating(page, number, one, group)
        gap_from = one.close
    if group is not None:
        out.append(group)
    return out


def _attributed(page: Page, number: int, one: Quoted, before: Attribution | None,
                after: Attribution | None) -> Found | None:
    chosen = before if before is not None and (after is None or before.rule != "cue before, far") else after
    if chosen is None:
        return None
    kind = chosen.cue.kind if chosen.cue is not None else "neutral"
    cue = (chosen.start, chosen.end) if chosen.end > chosen.start else None
    return Found(one.start, one.end, "direct", chosen.rule, cue, kind, chosen.head, passage=number)


def _continues(page: Page, group: Found, gap_from: int, one: Quoted, after: Attribution | None) -> bool:
    """Whether only the attribution of the group stands between it and this passage."""
    if group.cue is None or not gap_from <= group.cue[0] < one.open or one.open - gap_from > WINDOW:
        return False
    if page.paragraph[gap_from - 1] != page.paragraph[one.open]:
        return False
    gap = [at for at in range(gap_from, one.open) if not page.is_space(at)]
    stops = [at for at in gap if page.lower[at] in TERMINAL]
    if stops and (len(stops) > 1 or stops[0] != gap[-1]):
        return False
    joined = bool(gap) and page.lower[gap[-1]] in {",", "-", "–", "—"}
    if not stops and not joined and not is_full(page, one):
        return False
    if any(page.lower[at] in {"that", "adding", "but"} and at > group.cue[0] for at in gap):
        return False
    return after is None or joined


def _extended(page: Page, group: Found, one: Quoted) -> Found:
    return Found(group.start, one.end, group.mode, f"{group.rule}, interrupted" if not
                 group.rule.endswith("interrupted") else group.rule, group.cue, group.cue_class, group.head,
                 group.named, group.flags, group.passage, group.follows)


def _floating(page: Page, number: int, one: Quoted, last: Found | None) -> Found | None:
    """A passage without a cue: it goes on after a quotation, or belongs to the subject of the sentence before."""
    if not is_full(page, one):
        return None
    first = _previous(page, one.open)
    alone = first < 0 or page.lower[first] in TERMINAL or page.paragraph[first] != page.paragraph[one.open] \
        or page.cover[first] >= 0
    if not alone:
        return Found(one.start, one.end, "direct", "marks alone", passage=number) if one.end - one.start >= 8 else None
    if last is not None and _near(page, last, one):
        return Found(one.start, one.end, "direct", "floating", passage=number, follows=True)
    head = _subject_before(page, first)
    rule = "previous sentence" if head >= 0 else "marks alone"
    return Found(one.start, one.end, "direct", rule, head=head, passage=number)


def _near(page: Page, last: Found, one: Quoted) -> bool:
    """At most one short sentence without a name between the last quotation and this passage."""
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
    if subject.ent_type_ in {"PERSON", "ORG"} or subject.lower_ in {"he", "she"}:
        return int(subject.i)
    return -1


def _previous(page: Page, at: int) -> int:
    at -= 1
    while at >= 0 and page.is_space(at):
        at -= 1
    return at


def is_full(page: Page, one: Quoted) -> bool:
    """Whether a passage reads as something said, not as a title or a word held at arm's length."""
    n = one.end - one.start
    last = page.lower[one.end - 1]
    if n < 3:
        return False
    words = [page.doc[at].text for at in range(one.start, one.end) if page.lower[at][:1].isalpha()]
    if last not in {".", "!", "?", ",", "…"} and n <= 12 and sum(w[:1].isupper() or len(w) < 4 for w in words) == len(words):
        return False                                        # a title
    if last in {".", "!", "?", "…"}:
        return True
    if page.parsed:
        return n >= 5 and any(page.tokens[at].tag_ in {"VBD", "VBP", "VBZ", "MD"} for at in range(one.start, one.end))
    return n >= 8


def cue_after(page: Page, cues: CueTable, one: Quoted) -> Attribution | None:
    """The cue in '"...," said X', '"...," X said' and '"...," X told the paper'."""
    at, length = one.close, len(page.tokens)
    ended = page.lower[one.end - 1][-1:] in _ENDS or (at < length and page.lower[at] in {",", "-", "–", "—", "―"})
    if not ended:
        return None
    while at < length and (page.lower[at] in {",", "-", "–", "—", "―"} or page.is_space(at)) and page.paragraph[at] == page.paragraph[one.open]:
        at += 1
    if at >= length or page.paragraph[at] != page.paragraph[max(one.close - 1, 0)]:
        return None
    stop = _stop(page, at)
    if page.lower[one.end - 1] in {"."} and not _may_follow_stop(page, at, cues):
        return None
    for verb in range(at, stop):
        cue = _quoting(page, cues, verb)
        if cue is None:
            continue
        head = _speaker_after(page, at, verb, stop, cue)
        if head is not None:
            end = verb + (2 if cue.second else 1)
            return Attribution(verb, end, cue, head, "cue after", stop)
        if page.parsed and grammar.is_finite(page.tokens[verb]):
            return None
    return _according(page, at, stop)


def _may_follow_stop(page: Page, at: int, cues: CueTable) -> bool:
    return page.tokens[at].text[:1].islower() and page.lower[at] not in {"but", "and"} or cues.verb(page.lower[at]) is not None


def _according(page: Page, at: int, stop: int) -> Attribution | None:
    if page.lower[at] == "according" and at + 1 < stop and page.lower[at + 1] == "to":
        head = noun_phrase(page, at + 2, stop)
        return Attribution(at, at + 2, None, head, "according to", stop) if head >= 0 else None
    return None


def _stop(page: Page, at: int) -> int:
    """Where the clause that begins at a token ends: sentence mark, paragraph, next quotation marks, or the window."""
    end = min(len(page.tokens), at + WINDOW, page.paragraphs[page.paragraph[at]][1])
    for i in range(at, end):
        if page.lower[i] in TERMINAL or page.cover[i] >= 0:
            return i
    return end


def _quoting(page: Page, cues: CueTable, at: int) -> Cue | None:
    """The verb cue at a token if it may introduce quoted words."""
    if page.lower[at] not in cues.verbs or not page.is_verb(at):
        return None
    following = page.lower[at + 1] if at + 1 < len(page.lower) else ""
    cue = cues.verb(page.lower[at], following)
    return cue if cue is not None and "quote" in cue.takes else None


def _speaker_after(page: Page, at: int, verb: int, stop: int, cue: Cue) -> int | None:
    """The token that names the speaker of a cue after a passage; None if the words do not fit."""
    end = verb + (2 if cue.second else 1)
    between = [i for i in range(at, verb) if page.lower[i] not in _ADVERBS]
    if not between:
        head = _own_subject(page, verb, at, stop)
        return head if head >= 0 else noun_phrase(page, end, stop)
    if page.lower[between[0]] in {"and", "but", "that", "which", "because", "in", "as", "of", "or", "when", "after", "for", "to", "with", "by", "on"}:
        return None
    head = _own_subject(page, verb, at, stop)
    if head >= 0:
        return head
    if page.lower[between[0]] in PRONOUNS and len(between) > 1 and page.parsed:
        return None
    head = noun_phrase(page, between[0], verb)
    return head if head >= 0 else None


def _own_subject(page: Page, verb: int, lo: int, hi: int) -> int:
    if not page.parsed:
        return -1
    subject = grammar.child(page.tokens[verb], "nsubj") or grammar.subject(page.tokens[verb])
    return int(subject.i) if subject is not None and lo <= subject.i < hi and subject.i != verb else -1


def cue_before(page: Page, cues: CueTable, one: Quoted) -> Attribution | None:
    """The cue in 'X said: "..."', 'X told the paper, "..."', 'X said "..."', 'According to X, "..."' and 'X: "..."'."""
    last = _previous(page, one.open)
    if last < 0:
        return None
    mark = page.lower[last]
    broken = page.paragraph[last] != page.paragraph[one.open]
    if broken and mark != ":":
        return None
    first = max(page.paragraphs[page.paragraph[last]][0], last - WINDOW)
    start = last
    while start > first and not (page.lower[start - 1] in TERMINAL or page.cover[start - 1] >= 0):
        start -= 1
    punctuated = mark in {",", ":", "-", "–", "—", "―"}
    for verb in range(last - 1 if punctuated else last, start - 1, -1):
        cue = _quoting(page, cues, verb)
        if cue is None or (page.parsed and page.tokens[verb].dep_ in {"amod", "compound"}):
            continue
        if not _reaches(page, verb, last, mark):
            break
        head = _speaker_before(page, start, verb)
        near = last - verb <= 12 or mark == ":"
        if near:
            end = verb + (2 if cue.second else 1)
            return Attribution(verb, end, cue, head, "colon" if mark == ":" else "cue before", last)
    if mark == "," and page.lower[start:start + 2] == ["according", "to"]:
        return Attribution(start, start + 2, None, noun_phrase(page, start + 2, last), "according to", last)
    if mark in {":", "―", "—"}:
        return _label(page, start, last)
    return None


def _reaches(page: Page, verb: int, last: int, mark: str) -> bool:
    """Whether nothing but the hearer, an adverb or a time stands between a cue and the marks."""
    if verb == last:
        return True
    between = range(verb + 1, last + (mark not in {",", ":", "-", "–", "—", "―"}))
    words = [page.lower[i] for i in between]
    if mark == ":":
        return True
    if words[-1:] == ["that"] and not page.parsed and len(words) <= 4:
        return True
    if mark != ",":
        return len(words) <= 1 and words[:1] in (["simply"], ["only"], ["it"])
    if "that" in words or "to" in words[:1]:
        return False
    return not page.parsed or not any(
        page.tokens[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} and page.tokens[i].head.i >= verb for i in between)


def _speaker_before(page: Page, start: int, verb: int) -> int:
    if page.parsed:
        subject = grammar.subject(page.tokens[verb])
        if subject is not None and subject.i != verb and page.cover[subject.i] < 0:
            return int(subject.i)
    return noun_phrase(page, start, verb)


def _label(page: Page, start: int, last: int) -> Attribution | None:
    """A name before a colon or dash; or a sentence before a colon whose subject may speak."""
    words = [i for i in range(start, last) if not page.is_space(i)]
    if page.parsed and page.lower[last] == ":" and len(words) > 3:
        root = page.tokens[start].sent.root
        subject = grammar.child(root, "nsubj", "nsubjpass")
        if subject is not None and start <= subject.i < last:
            return Attribution(last, last, None, int(subject.i), "colon", last)
    if 0 < len(words) <= 6 and all(page.tokens[i].text[:1].isupper() or not page.lower[i][:1].isalpha() for i in words):
        return Attribution(last, last, None, words[-1], "label", last)
    return None
