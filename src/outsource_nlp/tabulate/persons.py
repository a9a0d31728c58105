"""Ids of persons across articles: a full name is one person everywhere, a lone surname only in its article.

A Doc and its article enter, the ids that change leave. "Smith" of one article and "Smith" of another may be two
people, and nothing in either text can tell; so the id gets the article's. A user's list of merges, which the
entities component has applied by now, overrides this.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.names.cues import load_cues
from outsource_nlp.annotate.names.identity import slug
from outsource_nlp.records import Article


def own_ids(doc: Doc, article: Article) -> Mapping[str, str]:
    """The article's own id of each person whom its text names by a surname or first name alone.

    Returns:
        ``person:smith`` -> ``person:smith@a0123456789ab``; other entities are not in it.
    """
    listed = {m.entity_id for m in layers.mentions(doc) if not m.rule.startswith("person-")}
    return {
        entity.entity_id: f"{entity.entity_id}@{article.article_id}"
        for entity in layers.entities(doc).values()
        if entity.type == "person" and entity.entity_id not in listed and _is_lone(entity.name)
        and entity.entity_id == f"person:{slug(entity.name)}"
    }


def _is_lone(name: str) -> bool:
    particles = load_cues().lists["people"]["particles"]
    return all(word.islower() or word.lower() in particles for word in name.split()[:-1])
