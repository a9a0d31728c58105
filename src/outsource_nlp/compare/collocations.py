"""Collocations: which words keep company with a node, near it or tied to it by the syntax.

Enters: a connection and a pattern. Leaves: a row a collocate with every measure of association. The table behind a
measure counts positions, as Evert (2008) does for surface co-occurrence: all words but those of the node itself are
sorted into those in reach of a node and those out of reach. A word in reach of two nodes counts once; reach ends with
the sentence. ``f1`` is the number of positions in reach; Dice and logDice take the node's own frequency in its
place, as Sketch Engine does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pandas as pd

from outsource_nlp.compare import tokens
from outsource_nlp.compare.groups import grouped, names
from outsource_nlp.compare.patterns import Pattern
from outsource_nlp.compare.question import Question
from outsource_nlp.compare.statistics.keyness import p_of
from outsource_nlp.compare.statistics.multiple import benjamini_hochberg
from outsource_nlp.compare.statistics.registry import of_family
from outsource_nlp.compare.tokens import Sentence
from outsource_nlp.errors import ComparisonError
from outsource_nlp.records import short_id

WINDOW = 5
MOST_WINDOW = 50
RARE = 3
"""Collocates that come less often in reach are left out unless asked for."""
ITEMS = {"lemmas": "lemma", "words": "word"}
"""What a collocate can be, and the attribute of the token that gives it."""
BY_NODE = ("dice", "log_dice")
COLUMNS = ("collocation_id", "group", "node", "collocate", "f", "f1", "f2", "n", "node_frequency", "articles",
           "relations", "expected", *of_family("association"), "p", "p_adjusted")
NO_RELATION = "_"


@dataclass(frozen=True, slots=True)
class Reach:
    """What counts as company: so many words to each side, or with ``window`` 0 the heads and dependents."""

    node: str
    window: int = WINDOW
    of: str = "lemmas"
    copies: bool = False

    def checked(self) -> Reach:
        """Itself.

        Raises:
            ComparisonError: a window or a kind of collocate that there is not.
        """
        if not 0 <= self.window <= MOST_WINDOW:
            raise ComparisonError.unknown("within a window of", str(self.window), (f"0 to {MOST_WINDOW}",))
        if self.of not in ITEMS:
            raise ComparisonError.unknown("collocates that are", self.of, ITEMS)
        return self


@dataclass(slots=True)
class Company:
    """What was found around the nodes of some articles."""

    nodes: int = 0
    own: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    articles: dict[str, set[str]] = field(default_factory=dict)
    relations: dict[str, Counter[str]] = field(default_factory=dict)


Meeting = tuple[str, int, str]
"""Collocate, its place in the sentence, and its relations to the node."""


def collocations(
    connection: duckdb.DuckDBPyConnection, node: str, *, window: int = WINDOW, of: str = "lemmas", by: str = "",
    target: str | None = None, copies: bool = False, min_frequency: int = RARE,
) -> pd.DataFrame:
    """The collocates of a node, in the whole corpus or in each group.

    Args:
        connection: holds the tables; it is only read.
        node: a word, or a pattern over tokens; see ``patterns``.
        window: words to each side that are in reach; 0 for heads and dependents instead.
        of: ``lemmas`` or ``words``.
        by: grouping of the articles; empty for the whole corpus.
        target: only this group.
        copies: count near copies of other articles as well.
        min_frequency: leave out collocates that come less often in reach; they are not tested.

    Returns:
        One row a group and collocate, largest ``ll`` first: collocation_id, group, node, collocate, f (in reach), f1
        (all words in reach), f2 (the collocate anywhere), n (all words), node_frequency, articles, relations,
        expected, the measures of association, p (of ``ll``), p_adjusted (Benjamini-Hochberg over the group's rows).

    Raises:
        ComparisonError: something asked for is not known, or there is no parse to take dependencies from.
    """
    reach = Reach(node, window, of, copies).checked()
    groups = _groups(connection, reach, by, target)
    frames = [_table(connection, reach, by, group, min_frequency) for group in groups]
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(COLUMNS))


def meetings(
    connection: duckdb.DuckDBPyConnection, reach: Reach, by: str, group: str
) -> Iterator[tuple[Sentence, list[tuple[int, int]], list[Meeting]]]:
    """Sentences with a node: its ranges of tokens, and the words in reach, each once."""
    pattern, item = Pattern(reach.node), ITEMS[reach.of]
    head, parameters = _wanted(reach, by, group)
    needed = {*pattern.attributes, item, *(() if reach.window else ("dep",))}
    for sentence in tokens.read(connection, needed, wanted=head, parameters=parameters):
        ranges = list(pattern.find(sentence))
        if ranges:
            words = [i for i, word in enumerate(sentence.words) if _is_word(word)]
            found = _near(words, ranges, reach.window) if reach.window else _tied(sentence, words, ranges)
            yield sentence, ranges, [(sentence.values[item][i][0].lower(), i, relation) for i, relation in found]


def _near(words: list[int], ranges: list[tuple[int, int]], window: int) -> list[tuple[int, str]]:
    inside = {i for first, end in ranges for i in range(first, end)}
    reached: set[int] = set()
    for first, end in ranges:
        before, after = [i for i in words if i < first], [i for i in words if i >= end]
        reached.update(before[-window:], after[:window])
    return [(i, "") for i in sorted(reached - inside)]


def _tied(sentence: Sentence, words: list[int], ranges: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Words whose head is in a node, by their relation, and heads of a node, by the node's relation and "of"."""
    deps = [value[0] for value in sentence.values["dep"]]
    if all(dep == NO_RELATION for dep in deps):
        raise ComparisonError.unparsed()
    inside = {i for first, end in ranges for i in range(first, end)}
    tied: dict[int, set[str]] = {}
    for i, head in enumerate(sentence.heads):
        if head in inside and i not in inside:
            tied.setdefault(i, set()).add(deps[i])
        if i in inside and head not in inside:
            tied.setdefault(head, set()).add(f"{deps[i]} of")
    return [(i, ", ".join(sorted(tied[i]))) for i in words if i in tied]


def _is_word(form: str) -> bool:
    """Whether a token is one of the ``terms``."""
    return form[0].isalnum() and form.lower().replace("’", "'") != "n't"


def _groups(connection: duckdb.DuckDBPyConnection, reach: Reach, by: str, target: str | None) -> list[str]:
    if not by:
        return [""]
    found = names(connection, Question(by, reach.of, reach.copies))
    if target is not None and target not in found:
        raise ComparisonError.unknown(by, target, found)
    return sorted(found) if target is None else [target]


def _wanted(reach: Reach, by: str, group: str) -> tuple[str, dict[str, str]]:
    if not by:
        return (tokens.ALL_AND_COPIES if reach.copies else tokens.ALL), {}
    question = Question(by, reach.of, reach.copies)
    return f"{grouped(question)}, wanted AS (SELECT article_id FROM grouped WHERE grp = $group)", {"group": group}


def _company(connection: duckdb.DuckDBPyConnection, reach: Reach, by: str, group: str) -> Company:
    company, item = Company(), ITEMS[reach.of]
    for sentence, ranges, found in meetings(connection, reach, by, group):
        company.nodes += len(ranges)
        company.own.update(sentence.values[item][i][0].lower() for first, end in ranges for i in range(first, end)
                           if _is_word(sentence.words[i]))
        for collocate, _, relation in found:
            company.near[collocate] += 1
            company.articles.setdefault(collocate, set()).add(sentence.article_id)
            company.relations.setdefault(collocate, Counter()).update([relation] if relation else [])
    return company


def _table(
    connection: duckdb.DuckDBPyConnection, reach: Reach, by: str, group: str, min_frequency: int
) -> pd.DataFrame:
    company = _company(connection, reach, by, group)
    kept = sorted(word for word, f in company.near.items() if f >= min_frequency)
    if not kept:
        return pd.DataFrame(columns=list(COLUMNS))
    head, parameters = _wanted(reach, by, group)
    counts: Mapping[str, int] = dict(connection.execute(
        f"WITH {head} SELECT term, sum(n) FROM terms WHERE layer = $layer AND article_id IN "
        "(SELECT article_id FROM wanted) GROUP BY term", {**parameters, "layer": reach.of}).fetchall())
    f = np.array([company.near[word] for word in kept], dtype=np.float64)
    f1 = float(sum(company.near.values()))
    f2 = np.array([counts[word] - company.own[word] for word in kept], dtype=np.float64)
    n = float(sum(counts.values()) - sum(company.own.values()))
    measures = {name: entry.function(f, f1, f2, n) if name not in BY_NODE else
                entry.function(np.minimum(f, company.nodes), company.nodes, f2, n)
                for name, entry in of_family("association").items()}
    p = p_of(measures["ll"])
    frame = pd.DataFrame({
        "collocation_id": [_id(reach, by, group, word) for word in kept], "group": group, "node": reach.node,
        "collocate": kept, "f": f.astype(int), "f1": int(f1), "f2": f2.astype(int), "n": int(n),
        "node_frequency": company.nodes, "articles": [len(company.articles[word]) for word in kept],
        "relations": [_told(company.relations[word]) for word in kept], "expected": f1 * f2 / n, **measures, "p": p,
        "p_adjusted": benjamini_hochberg(p),
    })
    return frame.sort_values(["ll", "collocate"], ascending=[False, True], ignore_index=True)[list(COLUMNS)]


def _id(reach: Reach, by: str, group: str, collocate: str) -> str:
    return short_id("o", node=reach.node, window=str(reach.window), of=reach.of, copies=str(reach.copies), by=by,
                    group=group, collocate=collocate)


def _told(relations: Counter[str]) -> str:
    """Relations, the most frequent first: ``dobj 3, amod 1``."""
    return ", ".join(f"{name} {n}" for name, n in sorted(relations.items(), key=lambda pair: (-pair[1], pair[0])))
