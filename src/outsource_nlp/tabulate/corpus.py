"""Tables about the corpus as a whole, made from the mentions of all articles.

DataFrames enter and leave. An entity's name is voted: the name most mentions carry, then the longest, then the
first in the alphabet, so the order in which articles were read cannot show.
"""

from __future__ import annotations

import pandas as pd

from outsource_nlp.schema import LIST_SEPARATOR, TABLES

ALIASES = 20
"""How many surfaces ``entities.aliases`` lists at most."""


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
