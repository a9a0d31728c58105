"""Tables about the corpus as a whole, made from the mentions of all articles.

DataFrames enter and leave. An entity's name is voted: the name most mentions carry, then the longest, then the
first in the alphabet, so the order in which articles were read cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from outsource_nlp.schema import LIST_SEPARATOR, TABLES

ALIASES = 20
"""How many surfaces ``entities.aliases``, and ids ``unresolved.candidates``, list at most."""
_BODIES = frozenset({"company", "provider"})
_LISTED = frozenset({"name", "name-in-context", "office", "place-as-council", "joined-councils"})
_DOUBT = ["article_id", "surface", "type", "why", "candidates", "n", "key"]


def entities(mentions: pd.DataFrame, roles: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """One row an entity: those mentioned, and authors who are named in metadata alone.

    Args:
        mentions: the article tables' mentions with their local names.
        roles: the article tables' roles.
        facts: entity_id, register, register_id of every entity that has a register id.
    """
    named = pd.concat([mentions[["entity_id", "type", "name"]],
                       roles.assign(type="person")[["entity_id", "type", "name"]]], ignore_index=True)
    names = _voted(named)
    surfaces = mentions.groupby(["entity_id", "surface"], as_index=False).agg(n=("mention_id", "size"))
    surfaces = surfaces.sort_values(["entity_id", "n", "surface"], ascending=[True, False, True])
    aliases = surfaces.groupby("entity_id")["surface"].agg(lambda s: LIST_SEPARATOR.join(s.head(ALIASES)))
    counts = mentions.groupby("entity_id").agg(n_mentions=("mention_id", "size"), n_articles=("article_id", "nunique"))
    table = names.set_index("entity_id").join([aliases.rename("aliases"), counts])
    table = table.join(facts.drop_duplicates("entity_id").set_index("entity_id"))
    table[["aliases", "register", "register_id"]] = table[["aliases", "register", "register_id"]].fillna("")
    table[["n_mentions", "n_articles"]] = table[["n_mentions", "n_articles"]].fillna(0).astype("int64")
    spec = TABLES["entities"]
    return table.reset_index()[list(spec.names)].sort_values(list(spec.order), ignore_index=True)


def _voted(named: pd.DataFrame) -> pd.DataFrame:
    votes = named.groupby(["entity_id", "type", "name"], as_index=False).size()
    votes["length"] = votes["name"].str.len()
    votes = votes.sort_values(["entity_id", "size", "length", "name"], ascending=[True, False, False, True])
    return votes.drop_duplicates("entity_id")[["entity_id", "type", "name"]]


def unresolved(mentions: pd.DataFrame, doubts: pd.DataFrame) -> pd.DataFrame:
    """One row a name that a curator should settle, the most frequent first.

    Args:
        mentions: the article tables' mentions with their local names.
        doubts: the names in doubt of each article.
    """
    bodies = doubts.assign(key=doubts["candidates"], candidates=_with_namesakes(doubts, mentions))
    named = pd.concat([bodies, _surnames(mentions), _homonyms(mentions)], ignore_index=True)
    surfaces = named.groupby(["type", "why", "key", "surface"], as_index=False).agg(n=("n", "sum"))
    surfaces = surfaces.sort_values(["type", "why", "key", "n", "surface"], ascending=[True, True, True, False, True])
    surface = surfaces.drop_duplicates(["type", "why", "key"]).set_index(["type", "why", "key"])["surface"]
    table = named.groupby(["type", "why", "key"]).agg(
        candidates=("candidates", "first"), n_mentions=("n", "sum"), n_articles=("article_id", "nunique"),
        article_id=("article_id", "min"))
    table = table.join(surface).reset_index().sort_values(
        ["n_mentions", "n_articles", "surface", "type", "why", "key"], ascending=[False, False, True, True, True, True])
    table["rank"] = range(1, len(table) + 1)
    return table[list(TABLES["unresolved"].names)].astype({"n_mentions": "int64", "n_articles": "int64"}).reset_index(
        drop=True)


def _with_namesakes(doubts: pd.DataFrame, mentions: pd.DataFrame) -> pd.Series:
    """Candidates, and for bodies outside every list those whose names open alike: "Brightwell", "Brightwell Care"."""
    firms = mentions[mentions["type"].isin(_BODIES)]
    opening = firms["entity_id"].map(_opening)
    alike = firms["entity_id"].groupby(opening).agg(lambda ids: sorted(set(ids))).to_dict()

    def widened(row: tuple[str, str]) -> str:
        why, candidates = row
        more = alike.get(_opening(candidates), []) if why == "unlisted" else []
        return _listed(dict.fromkeys([*candidates.split(LIST_SEPARATOR), *more]))

    return pd.Series([widened(row) for row in zip(doubts["why"], doubts["candidates"], strict=True)],
                     index=doubts.index, dtype="object")


def _surnames(mentions: pd.DataFrame) -> pd.DataFrame:
    """Persons of whom an article gives the surname alone, where somebody else bears it too."""
    people = mentions[mentions["type"] == "person"]
    lone = people[people["entity_id"].str.contains("@", regex=False)]
    full = people[~people["entity_id"].str.contains("@", regex=False)]
    bearers: dict[str, set[str]] = {}
    for surname, entity_id in zip(full["name"].str.split().str[-1].str.lower(), full["entity_id"], strict=True):
        bearers.setdefault(surname, set()).add(entity_id)
    own = lone["entity_id"].groupby(lone["name"].str.lower()).agg(lambda ids: sorted(set(ids))).to_dict()
    candidates = {name: [*ids, *sorted(bearers.get(str(name).split()[-1], ()))] for name, ids in own.items()}
    key = lone["name"].str.lower()
    rows = lone.assign(why="surname alone", key=key, n=1, surface=lone["name"],
                       candidates=[_listed(candidates[k]) for k in key])
    return rows.loc[rows["key"].map(lambda k: len(candidates[k]) > 1).astype(bool), _DOUBT]


def _homonyms(mentions: pd.DataFrame) -> pd.DataFrame:
    """One name under two types, unless a list holds both."""
    slug = mentions["entity_id"].map(_slug)
    ids = mentions["entity_id"].groupby(slug).agg(lambda each: sorted(set(each))).to_dict()
    listed = set(mentions.loc[mentions["rule"].isin(_LISTED), "entity_id"])
    doubtful = {name for name, each in ids.items() if len(each) > 1 and not listed.issuperset(each)}
    rows = mentions[slug.isin(doubtful)]
    key = slug[rows.index]
    kinds = {name: ids[name][0].partition(":")[0] for name in doubtful}
    return rows.assign(why="one name, several entities", key=key, n=1, type=[kinds[k] for k in key],
                       candidates=[_listed(ids[k]) for k in key])[_DOUBT]


def _slug(entity_id: str) -> str:
    return entity_id.partition(":")[2]


def _opening(entity_id: str) -> str:
    return _slug(entity_id).partition("-")[0]


def _listed(ids: Iterable[str]) -> str:
    return LIST_SEPARATOR.join([*ids][:ALIASES])
