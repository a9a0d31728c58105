"""Promises and demands: what their grammar says, and that the component listens to it. All sentences are invented."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from spacy.language import Language

import outsource_nlp
from outsource_nlp.annotate.components.stance import COMMITTED, StanceComponent
from outsource_nlp.annotate.statements.commitments import committed, load_aims
from outsource_nlp.annotate.statements.find import Finder
from outsource_nlp.annotate.statements.targets import Words, find_targets
from outsource_nlp.codebook import Lexicon, load_codebook

TARGETS = Lexicon(load_codebook().targets)
AIMS = load_aims()
FINDER = Finder(load_codebook().references)
AGAINST, FOR, NOTHING = -1, 1, 0


def sides(nlp: Language, text: str, *, ours: bool = True) -> set[int]:
    """The sides that the clauses' outright targets are promised or demanded on."""
    doc = nlp(text)
    hits = [hit for hit in find_targets(doc, Words(doc), TARGETS) if not hit.weak]
    assert hits
    return {committed(doc[:], hit, AIMS, ours=ours) for hit in hits}


@pytest.mark.parametrize(("text", "side"), [
    ("We will bring the railways back into public ownership.", AGAINST),
    ("We shall extend public ownership to the ports.", AGAINST),
    ("We will establish a new, publicly owned company to build homes.", AGAINST),
    ("We will end the privatisation of probation.", AGAINST),
    ("We will not privatise the forests.", AGAINST),
    ("We pledge to renationalise the railways.", AGAINST),
    ("We oppose privatisation in all its forms.", AGAINST),
    ("No prison should be run for profit.", AGAINST),
    ("Councils should keep care homes in public hands.", AGAINST),
    ("Private finance will be used for no new hospital.", AGAINST),
    ("Stop the privatisation of our libraries.", AGAINST),
    ("We will privatise the forests.", FOR),
    ("We will return the airports to private ownership.", FOR),
    ("We will take the airports out of public ownership.", FOR),
    ("We will extend competitive tendering to legal services.", FOR),
    ("Ministers must not renationalise the railways.", FOR),
    ("The council must contract out refuse collection.", FOR),
    ("We support private provision where it gives patients a choice.", FOR),
    ("Outsourcing of care must stop.", AGAINST),
    ("Outsourcing services must stop.", AGAINST),
    ("Competitive tendering must continue.", FOR),
    ("We must stop outsourcing children's homes.", AGAINST),
    ("We should prevent councils from outsourcing children's homes.", AGAINST),
    ("We want the service run in house.", AGAINST),
    ("We demand an end to outsourcing.", AGAINST),
    ("We shall campaign against the privatisation of the mail.", AGAINST),
    ("We shall campaign for the privatisation of the mail.", FOR),
    ("We rule out privatisation.", AGAINST),
])
def test_a_promise_or_demand_says_its_side(nlp: Language, text: str, side: int) -> None:
    assert sides(nlp, text) == {side}


@pytest.mark.parametrize("text", [
    "The government will privatise the forests.",
    "The council privatised the forests.",
    "Public ownership would cost a fortune.",
    "Should we privatise the forests?",
    "If we privatise the forests, they must stay open.",
    "I have been asked whether we shall privatise the forests.",
    "Some activities must always be provided by private companies.",
    "We will use private companies only where nobody else can do the work.",
    "We will discuss privatisation at the next meeting.",
    "We do not rule out privatisation.",
    "I know what we would privatise.",
])
def test_news_conditions_and_questions_promise_nothing(nlp: Language, text: str) -> None:
    assert sides(nlp, text) == {NOTHING}


def reported(nlp: Language, text: str) -> list[tuple[str, int]]:
    """Holder and side of the promises and demands that the finder sees in an invented report."""
    doc = nlp(text)
    found = FINDER.find(doc, find_targets(doc, Words(doc), TARGETS))
    return [(c.holder.name, c.committed) for c in found if c.committed]


@pytest.mark.parametrize(("text", "holder", "side"), [
    ("The union called for an end to outsourcing in the north.", "The union", AGAINST),
    ("The union called on the council to end outsourcing.", "The union", AGAINST),
    ("The union demanded that the contract be brought back in house.", "The union", AGAINST),
    ("The committee called for services to be taken back in house.", "The committee", AGAINST),
    ("The council plans to outsource its entire IT department.", "The council", FOR),
    ("The board refused to bring the service back in house.", "The board", FOR),
    ("The council refused to outsource its libraries.", "The council", AGAINST),
    ("The council said it would end the outsourcing of care.", "The council", AGAINST),
    ("MSPs urged the government to rule out privatisation.", "MSPs", AGAINST),
    ("The union urged members to resist outsourcing.", "The union", AGAINST),
    ("The union's demand for an end to outsourcing was heard.", "The union", AGAINST),
    ("The panel advised the board not to outsource the service.", "The panel", AGAINST),
    ("The trade body urged councils not to abandon outsourcing.", "The trade body", FOR),
])
def test_what_others_promise_or_demand_is_theirs(nlp: Language, text: str, holder: str, side: int) -> None:
    assert reported(nlp, text) == [(holder, side)]


@pytest.mark.parametrize("text", [
    "The council said the service had been outsourced in 2012.",
    "The report suggests that councils outsourced fewer services last year.",
    "The minister asked whether the service should be outsourced.",
    "The committee was told that the contract had been brought back in house.",
    "The council may decide to bring the service in house.",
    "The auditor said it would examine the outsourcing of care.",
    "The union did not call for an end to outsourcing.",
    "She called private prisons the saviours of the state.",
    "The leader explained why the service should not be outsourced again.",
])
def test_reports_of_what_is_so_demand_nothing(nlp: Language, text: str) -> None:
    assert reported(nlp, text) == []


def test_what_will_be_done_is_a_promise_where_the_text_says_we(nlp: Language) -> None:
    text = "The forests will be privatised."
    assert sides(nlp, text, ours=True) == {FOR}
    assert sides(nlp, text, ours=False) == {NOTHING}


class Undecided:
    """A scorer for which both sides are as likely."""

    threshold = 0.4

    def predict(self, texts: list[str], targets: list[str]) -> NDArray[np.float64]:
        return np.tile([0.4, 0.2, 0.4], (len(targets), 1))


def test_a_promise_weighs_beside_the_scorer(nlp: Language) -> None:
    component = StanceComponent(load_codebook(), Undecided(), 0.0, 0.0)
    doc = component(nlp("We will extend public ownership to the ports. Public ownership has many friends here."))
    promised, praised = outsource_nlp.statements(doc)
    assert promised.stance == "against"
    assert promised.p_against == pytest.approx(0.4 * COMMITTED / (0.4 * COMMITTED + 0.6))
    assert (promised.flags, praised.flags) == (("commitment",), ())
    assert praised.p_against == pytest.approx(0.4)


def test_an_outright_target_is_not_hidden_by_a_weak_one_before_it(nlp: Language) -> None:
    doc = nlp("We will abolish the state monopoly on parcels.")
    assert [(h.name, h.weak) for h in find_targets(doc, Words(doc), TARGETS)] == [("public provision", False)]
