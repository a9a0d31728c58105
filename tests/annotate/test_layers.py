"""What is written on a Doc is read back the same, also after a journey through bytes."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, DocBin

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import DocumentStance, Entity, Mention, Quotation, Role, Statement

WORDS = "Ada Lowe said that Barnet would not outsource its parks .".split()


def annotated() -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=WORDS)
    person, council = Entity("person:ada-lowe", "person", "Ada Lowe"), Entity("council:x", "council", "X", "GSS", "E1")
    layers.set_mentions(doc, [Mention(doc[4:5], "council:x", "council", "place as actor"),
                              Mention(doc[0:2], "person:ada-lowe", "person", "full name")], [council, person])
    layers.set_roles(doc, [Role("person:ada-lowe", "cited", "X")])
    layers.set_quotations(doc, [Quotation(doc[4:10], "indirect", "that clause", cue=doc[2:3], speaker=doc[0:2],
                                          speaker_name="Ada Lowe", speaker_id="person:ada-lowe", speaker_type="person")])
    layers.set_statements(doc, [Statement(doc[4:10], "indirect", "Ada Lowe", "person:ada-lowe", "person", "outsourcing",
                                          "target in clause", aspects=("cost",), services=("parks",), flags=("negation",),
                                          quotation=0, stance="against", p_against=0.7, p_neutral=0.2, p_for=0.1,
                                          certainty=0.7)])
    layers.set_document_stance(doc, DocumentStance("neutral", 0.1, -0.2, 0.4))
    return doc


def through_bytes(doc: Doc) -> Doc:
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    return next(iter(DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab)))


def test_every_layer_survives_bytes() -> None:
    before, after = annotated(), through_bytes(annotated())
    for read in (layers.roles, layers.quotations, layers.statements, layers.mentions):
        assert [repr(x) for x in read(before)] == [repr(x) for x in read(after)]
        assert list(read(after))
    assert layers.entities(after) == layers.entities(before)
    assert layers.document_stance(after) == layers.document_stance(before)


def test_mentions_come_in_text_order_and_keep_their_rule() -> None:
    found = list(layers.mentions(annotated()))
    assert [m.span.text for m in found] == ["Ada Lowe", "Barnet"]
    assert found[1].rule == "place as actor"


def test_a_doc_that_nobody_annotated_has_empty_layers() -> None:
    doc = Doc(spacy.blank("en").vocab, words=WORDS)
    assert list(layers.mentions(doc)) == []
    assert layers.quotations(doc) == []
    assert layers.statements(doc) == []
    assert layers.document_stance(doc).stance == "not-about"
    assert layers.article(doc).authors == ()
