"""Discourse networks: who uses which argument on which side, and who stands with whom.

Statements enter, from a connection; matrices and their ties leave. X[actor, aspect, side] counts statements after the
policy on duplicates. Names and definitions are those of Discourse Network Analyzer, but for ``cosine``, which there
divides by the product of the two actors' statements and here by the product of the two vectors' lengths. Reference:
Leifeld 2017.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb
import numpy as np
from numpy.typing import NDArray

from outsource_nlp.compare.groups import BY
from outsource_nlp.compare.statistics.keyness import ratio
from outsource_nlp.errors import ComparisonError

Array = NDArray[np.float64]
MODES = {
    "actor-aspect": ("ignore", "subtract", "combine"),
    "actor-actor": ("ignore", "congruence", "conflict", "subtract"),
    "aspect-aspect": ("ignore", "congruence", "conflict", "subtract"),
    "publisher-publisher": ("ignore", "congruence", "conflict", "subtract"),
}
"""Kinds of network, and what each may do with the sides."""

TWO_MODE = ("none", "activity", "prominence")
ONE_MODE = ("none", "average", "jaccard", "cosine")
DUPLICATES = {
    "include": "statement_id", "document": "article_id", "week": "week", "month": "substr(published, 1, 7)",
    "year": "substr(published, 1, 4)", "acrossrange": "''",
}
"""Statements alike in actor, aspect and side count once within what stands here, as SQL."""

SIDES = ("for", "against")
WINDOWS = ("", "month", "quarter", "year")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which network is asked for.

    Attributes:
        mode: one of ``MODES``.
        sides: what becomes of for and against: ``ignore``, ``subtract``, ``combine`` (1 for, 2 against, 3 both),
            ``congruence`` or ``conflict``.
        normalisation: of ``TWO_MODE`` or ``ONE_MODE``.
        duplicates: one of ``DUPLICATES``.
        min_statements: actors and aspects with fewer statements are left out.
        since, until: ISO dates or their beginnings, both included; empty for no bound. Undated articles are left out
            where there is one.
        copies: count near copies of other articles as well.
        most: in a network of one kind of node, only so many of them, those with most statements: ties grow with their
            square.
    """

    mode: str = "actor-actor"
    sides: str = "subtract"
    normalisation: str = "none"
    duplicates: str = "document"
    min_statements: int = 1
    since: str = ""
    until: str = ""
    copies: bool = False
    most: int = 150

    def checked(self) -> Wanted:
        """Itself.

        Raises:
            ComparisonError: a setting is not known, or does not go with the mode.
        """
        if self.mode not in MODES:
            raise ComparisonError.unknown("networks of", self.mode, MODES)
        normalisations = TWO_MODE if self.mode == "actor-aspect" else ONE_MODE
        for what, value, known in (
            (f"{self.mode} networks with sides", self.sides, MODES[self.mode]),
            (f"{self.mode} networks with normalisation", self.normalisation, normalisations),
            ("networks with duplicates", self.duplicates, DUPLICATES),
        ):
            if value not in known:
                raise ComparisonError.unknown(what, value, known)
        for bound in (self.since, self.until):
            if bound and not DATE.fullmatch(bound):
                raise ComparisonError.no_date(bound)
        return self


def wanted(**settings: str | int | bool) -> Wanted:
    """A network asked for by its settings.

    Raises:
        ComparisonError: there is no such setting, or no such value.
    """
    for name in settings:
        if name not in Wanted.__slots__:
            raise ComparisonError.unknown("networks by", name, Wanted.__slots__)
    return replace(Wanted(), **settings).checked()  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Statements by row (actor, or publisher), aspect and side, in the order of ``SIDES``."""

    rows: tuple[str, ...]
    aspects: tuple[str, ...]
    counts: Array

    def kept(self, least: int) -> Matrix:
        """Without rows and aspects that have fewer statements; both are counted before either is left out."""
        rows = self.counts.sum(axis=(1, 2)) >= least
        aspects = self.counts.sum(axis=(0, 2)) >= least
        names = [tuple(name for name, keep in zip(given, which, strict=True) if keep)
                 for given, which in ((self.rows, rows), (self.aspects, aspects))]
        return Matrix(names[0], names[1], self.counts[rows][:, aspects])

    def largest(self, most: int) -> Matrix:
        """Only so many rows, those with most statements, then by name; in the order they had."""
        heaviest = sorted(range(len(self.rows)), key=lambda i: (-self.counts[i].sum(), self.rows[i]))
        kept = sorted(heaviest[:most])
        return Matrix(tuple(self.rows[i] for i in kept), self.aspects, self.counts[kept])

    def turned(self) -> Matrix:
        """With aspects as rows."""
        return Matrix(self.aspects, self.rows, self.counts.transpose(1, 0, 2))


def statements(wanted: Wanted) -> tuple[str, dict[str, str]]:
    """SQL of the CTE ``argued`` (statement_id, article_id, actor, aspect, side, published), and its parameters.

    Without ``ignore`` only statements with a side count; with it, those without one do too, as a third side.
    """
    actor = "publisher" if wanted.mode.startswith("publisher") else "holder_id"
    keep = "TRUE" if wanted.copies else "coalesce(copy_of, '') = ''"
    sided = "TRUE" if wanted.sides == "ignore" else "stance IN ('for', 'against')"
    bounds, parameters = "", {}
    if wanted.since:
        bounds += " AND published >= $since"
        parameters["since"] = wanted.since
    if wanted.until:
        bounds += " AND published <> '' AND left(published, length($until)) <= $until"
        parameters["until"] = wanted.until
    return (f"""kept AS (SELECT * FROM documents WHERE {keep}{bounds}),
        argued AS (SELECT statement_id, article_id, {actor} AS actor, published,
        if(regexp_matches(published, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}'),
           strftime(try_cast(left(published, 10) AS DATE), '%G-%V'), published) AS week,
        trim(unnest(string_split(aspects, ';'))) AS aspect,
        CASE stance WHEN 'for' THEN 0 WHEN 'against' THEN 1 ELSE 2 END AS side
        FROM (SELECT s.*, k.publisher, k.published FROM statements s JOIN kept k USING (article_id))
        WHERE aspects <> '' AND {actor} <> '' AND {sided})""", parameters)


def matrix(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> Matrix:
    """X[row, aspect, side] of a network, after duplicates and minimum; the third side is that of no side."""
    head, parameters = statements(wanted)
    found = connection.execute(
        f"""WITH {head} SELECT actor, aspect, side, count(DISTINCT {DUPLICATES[wanted.duplicates]}) FROM argued
        GROUP BY ALL ORDER BY ALL""", parameters).fetchall()
    rows, aspects = (tuple(sorted({row[i] for row in found})) for i in (0, 1))
    counts = np.zeros((len(rows), len(aspects), 3))
    places = [{name: i for i, name in enumerate(given)} for given in (rows, aspects)]
    for row, aspect, side, n in found:
        counts[places[0][row], places[1][aspect], side] = n
    made = Matrix(rows, aspects, counts).kept(wanted.min_statements)
    made = made.turned() if wanted.mode == "aspect-aspect" else made
    return made if wanted.mode == "actor-aspect" else made.largest(wanted.most)


def two_mode(x: Array, sides: str, normalisation: str = "none") -> Array:
    """Weights between rows and aspects.

    Args:
        x: statements, shape (rows, aspects, sides).
        sides: ``ignore`` adds them up, ``subtract`` takes those against from those for, ``combine`` codes them.
        normalisation: ``activity`` divides by the row's statements, ``prominence`` by the aspect's.

    Returns:
        Shape (rows, aspects); 0 where there is no statement.
    """
    if sides == "combine":
        weights = (x[..., 0] > 0) * 1.0 + (x[..., 1] > 0) * 2.0
        totals = (weights > 0).astype(np.float64)
    else:
        weights = x.sum(axis=-1) if sides == "ignore" else x[..., 0] - x[..., 1]
        totals = x.sum(axis=-1)
    if normalisation == "none":
        return np.asarray(weights)
    return np.nan_to_num(ratio(weights, totals.sum(axis=1 if normalisation == "activity" else 0, keepdims=True)))


def one_mode(x: Array, sides: str, normalisation: str = "none") -> Array:
    """Weights between rows, over the aspects that both use.

    Args:
        x: statements, shape (rows, aspects, sides).
        sides: ``congruence`` adds up the products on the same side, ``conflict`` those on opposite sides,
            ``subtract`` takes conflict from congruence, ``ignore`` adds up both.
        normalisation: ``average`` divides by the mean of both rows' statements, ``jaccard`` by what either has alone
            plus the products of what both have, ``cosine`` by the product of the vectors' lengths.

    Returns:
        Shape (rows, rows), symmetric, with an empty diagonal.
    """
    if sides == "ignore":
        x = x.sum(axis=-1, keepdims=True)
    flat = x[..., :2].reshape(x.shape[0], x.shape[1] * min(x.shape[2], 2))
    same = flat @ flat.T
    other = np.zeros_like(same)
    if sides != "ignore":
        other = x[..., 0] @ x[..., 1].T
        other = other + other.T
    weights = {"conflict": other, "subtract": same - other}.get(sides, same)
    weights = np.nan_to_num(ratio(weights, NORMS[normalisation](flat)))
    np.fill_diagonal(weights, 0.0)
    return weights


def _average(flat: Array) -> Array:
    n = flat.sum(axis=1)
    return np.asarray((n[:, None] + n) / 2)


def _jaccard(flat: Array) -> Array:
    alone = flat @ (flat == 0).T.astype(np.float64)
    return np.asarray(alone + alone.T + flat @ flat.T)


def _cosine(flat: Array) -> Array:
    lengths = np.sqrt((flat**2).sum(axis=1))
    return np.outer(lengths, lengths)


NORMS: dict[str, Callable[[Array], Array]] = {
    "none": lambda flat: np.ones((len(flat), len(flat))), "average": _average, "jaccard": _jaccard, "cosine": _cosine,
}


def windows(connection: duckdb.DuckDBPyConnection, wanted: Wanted, each: str) -> list[tuple[str, Wanted]]:
    """One network asked for in each month, quarter or year that has an article, with the name of the time.

    Raises:
        ComparisonError: another length of time.
    """
    if each not in WINDOWS:
        raise ComparisonError.unknown("networks each", each, WINDOWS[1:])
    if not each:
        return [("", wanted)]
    head, parameters = statements(wanted)
    found = connection.execute(
        f"WITH {head} SELECT grp, min(left(published, 7)), max(left(published, 7)) FROM ({BY[each]}) "
        "JOIN documents USING (article_id) GROUP BY grp ORDER BY grp", parameters).fetchall()
    return [(name, replace(wanted, since=max(first, wanted.since), until=_earlier(last, wanted.until)))
            for name, first, last in found]


def _earlier(one: str, other: str) -> str:
    return min(one, other) if other and not other.startswith(one) else other or one

