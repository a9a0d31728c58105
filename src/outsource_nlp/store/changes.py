"""What differs between the tables of the last run that ended and those of now: rows of ``changes``.

The schema ``before`` keeps, from run to run, the few columns that this needs, so that what a run says depends on two
states of the tables alone and not on how many runs were cut off between them. All of it is SQL over both states.
"""

from __future__ import annotations

import duckdb

KEY_WORDS = 10
"""Key words of a group that are watched, strongest first."""
MOVED = 3
"""Ranks that a watched key word must move to be told."""
LEAST_G2 = 10.83
"""The word must be key at p < 0.001 before or after: weaker ones swap ranks all the time."""

KEPT = {
    "documents": """SELECT f.article_id, f.path, f.content, f.recipe, d.stance, d.n_words, d.publisher, d.kind,
        substr(d.published, 1, 4) AS year FROM meta.fingerprints f JOIN main.documents d USING (article_id)""",
    "entities": "SELECT entity_id, type, name FROM main.entities",
    "named": """SELECT entity_id, article_id FROM article.mentions
        UNION SELECT entity_id, article_id FROM article.roles""",
    "sides": """SELECT coalesce(nullif(s.holder_id, ''), s.holder_type || ':' || s.holder) AS id, s.article_id,
        count(*) FILTER (s.stance = 'for') AS n_for, count(*) FILTER (s.stance = 'against') AS n_against
        FROM main.statements s JOIN main.documents d USING (article_id)
        WHERE s.holder <> '' AND d.copy_of = '' AND s.stance IN ('for', 'against') GROUP BY ALL""",
    "words": """SELECT comparison_id AS id, "by", "group", item, value AS g2,
        row_number() OVER (PARTITION BY "by", "group", reference, stratum ORDER BY value DESC, item) AS place
        FROM main.comparisons WHERE "of" = 'words' AND statistic = 'g2' AND value > 0""",
}
"""What is kept of the tables of a finished run, by table of the schema ``before``."""

RENAMED = """CREATE OR REPLACE TEMP TABLE renamed AS
    WITH gone AS (SELECT *, row_number() OVER (PARTITION BY content ORDER BY article_id) AS k
                  FROM before.documents WHERE article_id NOT IN (SELECT article_id FROM is_documents)),
         come AS (SELECT *, row_number() OVER (PARTITION BY content ORDER BY article_id) AS k
                  FROM is_documents WHERE article_id NOT IN (SELECT article_id FROM before.documents))
    SELECT gone.article_id AS old, come.article_id AS new, gone.path AS before, come.path AS after
    FROM gone JOIN come USING (content, k)"""

CAUSES = """CREATE OR REPLACE TEMP TABLE causes AS
    SELECT article_id, CASE WHEN w.content IS NULL THEN 'new text' WHEN n.content IS NULL THEN 'removed text'
        WHEN w.content <> n.content THEN 'changed text' ELSE 'changed recipe' END AS cause
    FROM was_documents w FULL JOIN is_documents n USING (article_id)
    WHERE (w.content, w.recipe) IS DISTINCT FROM (n.content, n.recipe)"""

MACROS = (
    "CREATE OR REPLACE TEMP MACRO sized(path, n) AS path || ' (' || n || ' words)'",
    """CREATE OR REPLACE TEMP MACRO ranked(grp, item, place, g2) AS
        grp || ', ' || item || ': rank ' || place || printf(' (G2 %.1f)', g2)""",
    "CREATE OR REPLACE TEMP MACRO side(f, a) AS CASE WHEN f > a THEN 'for' WHEN a > f THEN 'against' ELSE '' END",
    """CREATE OR REPLACE TEMP MACRO turn(one, other) AS
        CASE WHEN one = '' THEN 'appeared' WHEN other = '' THEN 'withdrawn' ELSE 'flipped' END""",
    """CREATE OR REPLACE TEMP MACRO told(f, a) AS CASE WHEN f + a = 0 THEN ''
        ELSE coalesce(nullif(side(f, a), ''), 'divided') || ' (' || f || ' for, ' || a || ' against)' END""",
    """CREATE OR REPLACE TEMP MACRO of_all() AS (SELECT coalesce(string_agg(DISTINCT cause, '; ' ORDER BY cause),
        'changed recipe') FROM causes)""",
)

DOCUMENTS = """
    SELECT 'renamed', 'documents', new, before, after, 'renamed file' FROM renamed
    UNION ALL SELECT CASE cause WHEN 'new text' THEN 'added' WHEN 'removed text' THEN 'removed' ELSE 'edited' END,
        'documents', article_id, coalesce(sized(w.path, w.n_words), ''), coalesce(sized(n.path, n.n_words), ''), cause
    FROM causes LEFT JOIN was_documents w USING (article_id) LEFT JOIN is_documents n USING (article_id)
    WHERE cause <> 'changed recipe'"""

STANCES = """
    WITH pairs AS (SELECT article_id, coalesce(w.stance, '') AS one, coalesce(n.stance, '') AS other,
            CASE WHEN one IN ('for', 'against') THEN one ELSE '' END AS was,
            CASE WHEN other IN ('for', 'against') THEN other ELSE '' END AS now
        FROM was_documents w FULL JOIN is_documents n USING (article_id))
    SELECT turn(was, now), 'documents', article_id, one, other, coalesce(cause, of_all())
    FROM pairs LEFT JOIN causes USING (article_id) WHERE was <> now"""

HOLDERS = """
    WITH was AS (SELECT id, sum(n_for) AS f, sum(n_against) AS a FROM was_sides GROUP BY id),
    now AS (SELECT id, sum(n_for) AS f, sum(n_against) AS a FROM is_sides GROUP BY id),
    pairs AS (SELECT id, coalesce(was.f, 0) AS f, coalesce(was.a, 0) AS a, coalesce(now.f, 0) AS g,
        coalesce(now.a, 0) AS b FROM was FULL JOIN now USING (id)),
    why AS (SELECT id, string_agg(DISTINCT cause, '; ' ORDER BY cause) AS cause
        FROM was_sides w FULL JOIN is_sides n USING (id, article_id) JOIN causes USING (article_id)
        WHERE (w.n_for, w.n_against) IS DISTINCT FROM (n.n_for, n.n_against) GROUP BY id)
    SELECT turn(side(f, a), side(g, b)), 'statements', id, told(f, a), told(g, b), coalesce(cause, of_all())
    FROM pairs LEFT JOIN why USING (id) WHERE side(f, a) <> side(g, b)"""

ACTORS = """
    WITH why AS (SELECT entity_id, string_agg(DISTINCT cause, '; ' ORDER BY cause) AS cause
        FROM (FROM was_named UNION FROM is_named) JOIN causes USING (article_id) GROUP BY entity_id)
    SELECT CASE WHEN w.name IS NULL THEN 'added' WHEN n.name IS NULL THEN 'removed' ELSE 'renamed' END, 'entities',
        entity_id, coalesce(w.name, ''), coalesce(n.name, ''), coalesce(cause, of_all())
    FROM before.entities w FULL JOIN is_entities n USING (entity_id) LEFT JOIN why USING (entity_id)
    WHERE (w.name, w.type) IS DISTINCT FROM (n.name, n.type)"""

MOVERS = f"""
    WITH why AS (SELECT "by", "group", string_agg(DISTINCT cause, '; ' ORDER BY cause) AS cause
        FROM (UNPIVOT (SELECT article_id, publisher, kind, year FROM was_documents UNION
                       SELECT article_id, publisher, kind, year FROM is_documents)
              ON publisher, kind, year INTO NAME "by" VALUE "group") JOIN causes USING (article_id) GROUP BY ALL),
    pairs AS (SELECT id, coalesce(n."by", w."by") AS "by", coalesce(n."group", w."group") AS "group",
            coalesce(n.item, w.item) AS item, w.place AS one, n.place AS other, w.g2 AS was, n.g2 AS now
        FROM before.words w FULL JOIN is_words n USING (id))
    SELECT CASE WHEN coalesce(other, 1000000) < coalesce(one, 1000000) THEN 'rose' ELSE 'fell' END, 'comparisons', id,
        coalesce(ranked("group", item, one, was), ''), coalesce(ranked("group", item, other, now), ''),
        coalesce(cause, of_all())
    FROM pairs LEFT JOIN why USING ("by", "group")
    WHERE least(one, other) <= {KEY_WORDS} AND greatest(was, now) >= {LEAST_G2}
        AND abs(coalesce(other, 1000000) - coalesce(one, 1000000)) >= {MOVED}"""
"""Key words enter or leave the watched ranks of their group, or move within them."""


def note(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Write the ``changes`` of a run; what runs that were cut off had written is withdrawn.

    The first run tells its articles only: everything else is new by itself.
    """
    for name, query in KEPT.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE is_{name} AS {query}")
    connection.execute(RENAMED)
    for name in ("documents", "named", "sides"):
        connection.execute(f"""CREATE OR REPLACE TEMP TABLE was_{name} AS SELECT b.* REPLACE (coalesce(r.new,
            b.article_id) AS article_id) FROM before.{name} b LEFT JOIN renamed r ON r.old = b.article_id""")
    for statement in (CAUSES, *MACROS):
        connection.execute(statement)
    connection.execute("DELETE FROM main.changes WHERE run_id NOT IN "
                       "(SELECT run_id FROM meta.runs WHERE finished IS NOT NULL)")
    first = not connection.execute("SELECT * FROM meta.runs WHERE finished IS NOT NULL LIMIT 1").fetchall()
    for query in (DOCUMENTS,) if first else (DOCUMENTS, STANCES, HOLDERS, ACTORS, MOVERS):
        connection.execute(f"INSERT INTO main.changes SELECT ?, * FROM ({query})", [run_id])


def keep(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the state that ``note`` saw the one that the next run is held against."""
    for name in KEPT:
        connection.execute(f"CREATE OR REPLACE TABLE before.{name} AS FROM is_{name}")


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schema ``before``, empty."""
    connection.execute("CREATE SCHEMA before")
    for name, query in KEPT.items():
        connection.execute(f"CREATE TABLE before.{name} AS {query} LIMIT 0")
