"""Which articles stand against which: the groupings, as SQL over the documents table.

Enters: the name of a grouping. Leaves: SQL text whose rows are (article_id, grp). An article without a
value (no publisher, no date) is in no group and takes no part; one with several authors or councils is in
several groups. SQL, because the counts that it is joined to may not fit in memory.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from outsource_nlp.compare.question import REST, Arena, Question
from outsource_nlp.errors import ComparisonError
from outsource_nlp.schema import LIST_SEPARATOR

_YEAR = "regexp_matches(published, '^[0-9]{4}')"
_MONTH = "regexp_matches(published, '^[0-9]{4}-(0[1-9]|1[0-2])')"

BY: dict[str, str] = {
    "publisher": "SELECT article_id, publisher AS grp FROM kept",
    "kind": "SELECT article_id, kind AS grp FROM kept",
    "author": "SELECT article_id, "
              f"trim(unnest(string_split(authors, '{LIST_SEPARATOR.strip()}'))) AS grp FROM kept",
    "year": f"SELECT article_id, substr(published, 1, 4) AS grp FROM kept WHERE {_YEAR}",
    "quarter": "SELECT article_id, substr(published, 1, 4) || '-Q' || "
               "CAST((CAST(substr(published, 6, 2) AS INTEGER) + 2) // 3 AS VARCHAR) AS grp "
               f"FROM kept WHERE {_MONTH}",
    "month": f"SELECT article_id, substr(published, 1, 7) AS grp FROM kept WHERE {_MONTH}",
    "stance": "SELECT article_id, stance AS grp FROM kept",
    **{kind: "SELECT m.article_id, m.name AS grp FROM mentions m JOIN kept USING (article_id) "
             f"WHERE m.type = '{kind}'" for kind in ("council", "company", "provider", "government")},
}
"""SQL by grouping; ``kept`` holds the documents that take part."""


def grouped(question: Question) -> str:
    """SQL of the CTEs ``kept`` and ``grouped`` (article_id, grp; each pair once), to follow ``WITH``.

    Raises:
        ComparisonError: the grouping is not known.
    """
    if question.by not in BY:
        raise ComparisonError.unknown("by", question.by, BY)
    keep = "TRUE" if question.copies else "coalesce(copy_of, '') = ''"
    return (f"kept AS (SELECT * FROM documents WHERE {keep}), "
            f"grouped AS (SELECT DISTINCT article_id, grp FROM ({BY[question.by]}) WHERE grp <> '')")


def members(question: Question, arena: Arena) -> tuple[str, dict[str, str]]:
    """SQL of the CTEs up to ``members`` (article_id, grp) of an arena, and its parameters.

    With a named reference, only the group and the reference are in it, and articles of both are left out. A
    group alone stands against all others as one; held against a word list, only its own articles count.
    """
    if arena.reference == REST and len(arena.groups) > 1:
        return f"{grouped(question)}, members AS (SELECT * FROM grouped)", {}
    if arena.reference == REST:
        alone = ("members AS (SELECT article_id, if(bool_or(grp = $group), $group, $reference) AS grp "
                 "FROM grouped GROUP BY article_id)")
        return f"{grouped(question)}, {alone}", {"group": arena.groups[0], "reference": REST}
    if question.word_list:
        only = "members AS (SELECT article_id, grp FROM grouped WHERE grp = $group)"
        return f"{grouped(question)}, {only}", {"group": arena.groups[0]}
    only = ("members AS (SELECT article_id, any_value(grp) AS grp FROM grouped WHERE grp IN ($group, $reference) "
            "GROUP BY article_id HAVING count(*) = 1)")
    return f"{grouped(question)}, {only}", {"group": arena.groups[0], "reference": arena.reference}


def names(connection: duckdb.DuckDBPyConnection, question: Question) -> list[str]:
    """The groups, the one with most articles first, then by name."""
    rows = connection.execute(
        f"WITH {grouped(question)} SELECT grp FROM grouped GROUP BY grp ORDER BY count(*) DESC, grp"
    ).fetchall()
    return [row[0] for row in rows]


def arenas(
    connection: duckdb.DuckDBPyConnection, question: Question, *, target: str | None = None,
    reference: str | None = None, largest: int | None = None,
) -> list[Arena]:
    """What to compare: each group with the rest or with the reference, or the target alone.

    With no target, only the ``largest`` groups by number of articles, if that is given. A pair of which one has no
    article that is not the other's as well is left out.

    Raises:
        ComparisonError: the grouping or a group is not known, or there are fewer than two groups to compare.
    """
    found = names(connection, question)
    if len(found) < (1 if question.word_list else 2):
        raise ComparisonError.too_few_groups(question.by, found)
    for given in (target, reference):
        if given is not None and given not in found:
            raise ComparisonError.unknown(question.by, given, found)
    if target is not None and target == reference:
        raise ComparisonError.too_few_groups(question.by, [target])
    chosen = sorted(found[:largest]) if target is None else [target]
    if question.word_list:
        return [Arena((name,), f"list {Path(question.word_list).name}") for name in chosen]
    if reference is None:
        return [Arena(tuple(chosen))]
    pairs = [Arena((name,), reference) for name in chosen if name != reference]
    apart = [pair for pair in pairs if len(_present(connection, question, pair)) == 2]
    if not apart:
        raise ComparisonError.too_few_groups(question.by, _present(connection, question, pairs[0]))
    return apart


def _present(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> list[str]:
    """The groups of an arena that have an article to themselves."""
    head, parameters = members(question, arena)
    rows = connection.execute(f"WITH {head} SELECT DISTINCT grp FROM members ORDER BY grp", parameters)
    return [row[0] for row in rows.fetchall()]
