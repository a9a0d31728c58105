"""Who is quoted, and how: in their own words or in a reporter's, and with what kind of cue.

A connection enters; counts by type of speaker and the most quoted speakers with two examples each leave.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from outsource_nlp.report.queries import KEPT, ask, count
from outsource_nlp.schema import CUE_CLASSES, HOLDER_TYPES, MODES

MOST_SPEAKERS = 15
EXAMPLES = 2
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Example:
    """A passage and where it stands."""

    text: str
    cue: str
    publisher: str
    published: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    """Quotations of one type of speaker: ``counts`` by mode, ``cues`` by class of cue, one example of each class."""

    name: str
    n: int
    counts: dict[str, int]
    cues: dict[str, int]
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One known speaker."""

    name: str
    type: str
    n: int
    articles: int
    modes: dict[str, int]
    cues: str
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Speech:
    """All quotations that count; ``unknown`` have no named speaker."""

    n: int
    unknown: int
    n_speakers: int
    kinds: list[Kind]
    speakers: list[Speaker]


QUOTED = (f"{KEPT}, quoted AS (SELECT q.*, k.path, k.publisher, k.published, k.title, k.url "
          "FROM main.quotations q JOIN kept k USING (article_id))")
BY_MODE = ", ".join(f"count(*) FILTER (WHERE mode = '{mode}')" for mode in MODES)
BY_CUE = ", ".join(f"count(*) FILTER (WHERE cue_class = '{cue}')" for cue in CUE_CLASSES)


def read(connection: duckdb.DuckDBPyConnection) -> Speech:
    """Counts and the most quoted."""
    kinds, examples = [], _examples(connection)
    for name, n, *counts in ask(connection, f"""WITH {QUOTED} SELECT speaker_type, count(*), {BY_MODE}, {BY_CUE}
            FROM quoted GROUP BY speaker_type"""):
        modes, cues = counts[:len(MODES)], counts[len(MODES):]
        kinds.append(Kind(name, n, dict(zip(MODES, modes, strict=True)), dict(zip(CUE_CLASSES, cues, strict=True)),
                          examples.get(name, [])))
    kinds.sort(key=lambda kind: HOLDER_TYPES.index(kind.name) if kind.name in HOLDER_TYPES else len(HOLDER_TYPES))
    return Speech(
        n=sum(kind.n for kind in kinds),
        unknown=count(connection, f"WITH {QUOTED} SELECT count(*) FROM quoted WHERE coalesce(speaker_id, '') = ''"),
        n_speakers=count(connection, f"WITH {QUOTED} SELECT count(DISTINCT nullif(speaker_id, '')) FROM quoted"),
        kinds=kinds, speakers=_speakers(connection),
    )


def _examples(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Example]]:
    """For each type of speaker the first quotation of each mode and class of cue."""
    examples: dict[str, list[Example]] = {}
    first = ask(connection, f"""WITH {QUOTED} SELECT arg_min(quotation_id, (path, "start", quotation_id)) FROM quoted
        GROUP BY speaker_type, mode, cue_class""")
    for kind, *cells in ask(connection, f"""WITH {QUOTED}
            SELECT speaker_type, left(text, {LONGEST + 1}), concat_ws(', ', nullif(cue, ''), cue_class, mode),
                   publisher, published, title, url
            FROM quoted WHERE quotation_id IN (SELECT unnest(?)) ORDER BY speaker_type, mode, cue_class""",
            [[row[0] for row in first]]):
        examples.setdefault(kind, []).append(Example(*("" if cell is None else str(cell) for cell in cells)))
    return examples


def _speakers(connection: duckdb.DuckDBPyConnection) -> list[Speaker]:
    heard = ask(connection, f"""WITH {QUOTED} SELECT speaker_id, any_value(speaker ORDER BY speaker),
        coalesce(any_value(e.type), any_value(speaker_type ORDER BY speaker_type)), count(*) AS n,
        count(DISTINCT article_id), {BY_MODE}
        FROM quoted LEFT JOIN main.entities e ON e.entity_id = quoted.speaker_id WHERE speaker_id <> ''
        GROUP BY speaker_id ORDER BY n DESC, speaker_id LIMIT {MOST_SPEAKERS}""")
    ids = [row[0] for row in heard]
    cues: dict[str, list[str]] = {}
    for speaker, cue, n in ask(connection, f"""WITH {QUOTED} SELECT speaker_id, lower(cue), count(*) AS n FROM quoted
            WHERE speaker_id IN (SELECT unnest(?)) AND cue <> '' GROUP BY ALL ORDER BY n DESC, 2""", [ids]):
        cues.setdefault(speaker, []).append(f"{cue} {n}" if n > 1 else cue)
    examples: dict[str, list[Example]] = {}
    for speaker, *cells in ask(connection, f"""WITH {QUOTED}, ranked AS (SELECT *, row_number() OVER (PARTITION BY
            speaker_id ORDER BY mode = 'indirect', path, "start", quotation_id) AS turn FROM quoted
            WHERE speaker_id IN (SELECT unnest(?)))
            SELECT speaker_id, left(text, {LONGEST + 1}), coalesce(cue, ''), publisher, published, title, url
            FROM ranked WHERE turn <= {EXAMPLES} ORDER BY speaker_id, turn""", [ids]):
        examples.setdefault(speaker, []).append(Example(*("" if cell is None else str(cell) for cell in cells)))
    return [
        Speaker(name, kind, n, articles, dict(zip(MODES, modes, strict=True)), ", ".join(cues.get(key, [])[:4]),
                examples.get(key, []))
        for key, name, kind, n, articles, *modes in heard
    ]
