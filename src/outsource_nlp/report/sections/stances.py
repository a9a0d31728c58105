"""Which side the articles take, and which side those who speak in them take.

A connection enters; groups with shares and intervals leave. One way of counting serves every grouping: a
source gives (article_id, grp, stance), and articles in which a group says nothing count as articles all the
same. Intervals that the comparisons hold are read there, the others are made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import duckdb

from outsource_nlp.report.intervals import Ends, Share, shares
from outsource_nlp.report.queries import BY, GROUPINGS, KEPT, MOST_GROUPS, NOT_GIVEN, SAID, ask, count
from outsource_nlp.schema import DOCUMENT_STANCES, STANCES


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a chart; ``shares`` is empty where nothing was counted, ``n`` counts in the chart's unit."""

    name: str
    n: int
    articles: int
    shares: dict[str, Share]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers under the shares, 0 for a stance that none takes."""
        names = dict.fromkeys((*DOCUMENT_STANCES, *STANCES), 0)
        return names | {name: share.count for name, share in self.shares.items()}


@dataclass(frozen=True, slots=True)
class Stances:
    """Everything about sides: articles as wholes first, then statements."""

    all_articles: Group
    all_statements: Group
    articles: dict[str, list[Group]]
    statements: dict[str, list[Group]]


def read(connection: duckdb.DuckDBPyConnection, by: Sequence[str] = BY) -> Stances:
    """All groupings of the report: those of ``by``, and voices and types of holder."""
    by_articles = {name: _grouped(connection, name, "kept", DOCUMENT_STANCES) for name in by}
    by_statements = {name: _grouped(connection, name, "said", STANCES) for name in by}
    by_statements["voice"] = _spoken(connection, "voice")
    by_statements["holder_type"] = _spoken(connection, "holder_type")
    return Stances(
        all_articles=_only(_all(connection), "articles"),
        all_statements=_only(_spoken(connection, ""), "statements"),
        articles=by_articles, statements=by_statements,
    )


def _only(groups: list[Group], name: str) -> Group:
    return groups[0] if groups else Group(name, 0, 0, {})


def _all(connection: duckdb.DuckDBPyConnection) -> list[Group]:
    return _groups(connection, "SELECT article_id, 'all' AS grp, stance FROM kept",
                   "SELECT 'all', count(*) FROM kept HAVING count(*) > 0", DOCUMENT_STANCES)


def _grouped(connection: duckdb.DuckDBPyConnection, by: str, rows: str, names: Sequence[str]) -> list[Group]:
    """Articles (``kept``) or statements (``said``) by a grouping of articles."""
    source = f"SELECT article_id, grp, r.stance FROM {rows} r JOIN ({GROUPINGS[by]}) USING (article_id)"
    sizes = f"SELECT grp, count(*) FROM ({GROUPINGS[by]}) GROUP BY grp"
    known: dict[str, Ends] = {}
    for group, item, *ends in ask(connection, """SELECT "group", item, low, high FROM main.comparisons
            WHERE "by" = ? AND "of" = 'stance' AND statistic = ? AND stratum = '' AND low IS NOT NULL""",
            [by, "share_articles" if rows == "kept" else "share_all"]):
        known.setdefault(group, {})[item] = (ends[0], ends[1])
    return _groups(connection, source, sizes, names, known)


def _spoken(connection: duckdb.DuckDBPyConnection, column: str) -> list[Group]:
    """Statements by something of their own: every article could have held one, so all are drawn from."""
    source = f"SELECT article_id, {_named(column)} AS grp, stance FROM said"
    total = count(connection, f"WITH {KEPT} SELECT count(*) FROM kept")
    sizes = f"SELECT DISTINCT {_named(column)}, {total} FROM said"
    return _groups(connection, source, sizes, STANCES)


def _named(column: str) -> str:
    return f"if(coalesce({column}, '') = '', '{NOT_GIVEN}', {column})" if column else "'all'"


def _groups(
    connection: duckdb.DuckDBPyConnection, source: str, sizes: str, names: Sequence[str],
    known: Mapping[str, Ends] = MappingProxyType({}),
) -> list[Group]:
    """The largest groups first; ``sizes`` gives (grp, articles that the group is drawn from)."""
    sums = ", ".join(f"count(*) FILTER (WHERE stance = '{name}') AS s{i}" for i, name in enumerate(names))
    columns = ", ".join(f"s{i}" for i in range(len(names)))
    found = ask(connection, f"""WITH {SAID}, per AS (SELECT grp, article_id, {sums} FROM ({source}) GROUP BY ALL)
        SELECT grp, {columns}, count(*) FROM per GROUP BY ALL ORDER BY ALL""")
    drawn_from: dict[str, int] = dict(ask(connection, f"WITH {SAID} {sizes}"))
    tallies: dict[str, dict[tuple[int, ...], int]] = {}
    for group, *profile, articles in found:
        tallies.setdefault(group, {})[tuple(profile)] = articles
    nothing = (0,) * len(names)
    groups = []
    for name, total in drawn_from.items():
        tally = tallies.get(name, {})
        seen = sum(tally.values())
        n = sum(sum(profile) * articles for profile, articles in tally.items())
        if total > seen:
            tally = {**tally, nothing: total - seen}
        groups.append((n, seen, name, tally))
    largest = sorted(groups, key=lambda group: (-group[0], group[2]))[:MOST_GROUPS]
    return [Group(name, n, seen, shares(tally, names, known.get(name))) for n, seen, name, tally in largest]
