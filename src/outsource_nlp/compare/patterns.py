"""Patterns over tokens in the manner of the Corpus Query Processor: ``[lemma="outsource"] [tag="NN.*"]``.

A pattern enters as text; ranges of tokens leave. Each token becomes one character that stands for the conditions it
meets, so that Python's own regular expressions do the matching, with repetition, choice and groups. Bare words match
forms, ``*`` in them any letters. Case never counts. Reference: Evert & Hardie 2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outsource_nlp.compare.tokens import ATTRIBUTES, Sentence
from outsource_nlp.errors import ComparisonError

PIECE = re.compile(r"""\s*(?:
    (?P<test>\[ (?: [^"\]] | "(?:[^"\\]|\\.)*" )* \])
  | (?P<quoted>"(?:[^"\\]|\\.)*")
  | (?P<repeat>(?<=[\])"]) (?: [?*+] | \{\d+(?:,\d*)?\} ))
  | (?P<sign>[()|])
  | (?P<word>[^\s\[\]"()|{}]+)
)""", re.VERBOSE)
CONDITION = re.compile(r'\s*(\w+)\s*(!?=)\s*"((?:[^"\\]|\\.)*)"\s*(&|$)')
MOST_TESTS = 10
FIRST = 0x4E00
"""The character of a token that meets no condition; far from all that regular expressions treat specially."""


@dataclass(frozen=True)
class Condition:
    """One attribute must, or must not, match an expression as a whole."""

    attribute: str
    expression: re.Pattern[str]
    wanted: bool

    def met(self, values: tuple[str, ...]) -> bool:
        """Whether one of a token's values matches, or none where that is wanted."""
        return any(self.expression.fullmatch(value) for value in values) == self.wanted


Test = tuple[Condition, ...]


class Pattern:
    """A pattern that is ready to be looked for.

    Attributes:
        attributes: those of a token that it asks for.
    """

    def __init__(self, text: str) -> None:
        """Read a pattern.

        Raises:
            ComparisonError: it cannot be read.
        """
        self._text, self._tests = text, list[Test]()
        self._seen: dict[tuple[tuple[str, ...], ...], str] = {}
        parts = [*self._parts()]
        everything = range(1 << len(self._tests))
        sets = ["".join(chr(FIRST + mask) for mask in everything if mask >> i & 1) for i in range(len(self._tests))]
        try:
            self._expression = re.compile("".join(f"[{sets[p]}]" if isinstance(p, int) else p for p in parts))
        except re.error as error:
            raise ComparisonError.bad_pattern(text, str(error)) from error
        self.attributes = tuple(sorted({condition.attribute for test in self._tests for condition in test}))

    def find(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Ranges of tokens that match, half open, from left to right and without overlap."""
        layers = [sentence.values[name] for name in self.attributes]
        if not layers:
            layers = [[()] * len(sentence.words)]
        signs = "".join(map(self._sign, zip(*layers, strict=True)))
        yield from (m.span() for m in self._expression.finditer(signs) if m.end() > m.start())

    def _sign(self, token: tuple[tuple[str, ...], ...]) -> str:
        """The character of a token with these values of the attributes."""
        if token not in self._seen:
            values = dict(zip(self.attributes, token, strict=False))
            met = (all(condition.met(values[condition.attribute]) for condition in test) for test in self._tests)
            self._seen[token] = chr(FIRST + sum(1 << i for i, ok in enumerate(met) if ok))
        return self._seen[token]

    def _parts(self) -> Iterator[int | str]:
        """Numbers of tests, and what stands between them in the regular expression."""
        at, end = 0, len(self._text.rstrip())
        if not end:
            raise ComparisonError.bad_pattern(self._text, "it is empty")
        while at < end:
            piece = PIECE.match(self._text, at)
            if piece is None:
                raise ComparisonError.bad_pattern(self._text, f"at {self._text[at:].strip()[:20]!r}")
            at = piece.end()
            if piece["repeat"] or piece["sign"]:
                yield piece["repeat"] or piece["sign"]
            elif piece["test"]:
                yield self._number(tuple(self._conditions(piece["test"][1:-1])))
            else:
                form = piece["quoted"][1:-1] if piece["quoted"] else re.escape(piece["word"]).replace(r"\*", r"\S*")
                yield self._number((self._condition("word", "=", form),))

    def _number(self, test: Test) -> int:
        if test not in self._tests:
            self._tests.append(test)
        if len(self._tests) > MOST_TESTS:
            raise ComparisonError.bad_pattern(self._text, f"more than {MOST_TESTS} different tokens")
        return self._tests.index(test)

    def _conditions(self, text: str) -> Iterator[Condition]:
        at = 0
        while at < len(text.rstrip()):
            found = CONDITION.match(text, at)
            if found is None or (found[4] and not text[found.end():].strip()):
                raise ComparisonError.bad_pattern(self._text, f"at {text[at:].strip()!r}")
            yield self._condition(found[1], found[2], found[3])
            at = found.end()

    def _condition(self, attribute: str, sign: str, expression: str) -> Condition:
        if attribute not in ATTRIBUTES:
            raise ComparisonError.unknown("tokens by", attribute, ATTRIBUTES)
        try:
            return Condition(attribute, re.compile(expression, re.IGNORECASE), sign == "=")
        except re.error as error:
            raise ComparisonError.bad_pattern(self._text, f"{expression!r}: {error}") from error
