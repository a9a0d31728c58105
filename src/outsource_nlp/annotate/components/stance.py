"""``outsource_stance``: finds the statements on the codebook's target and says which side each takes.

Reads the mentions and quotations of a Doc if those components ran; writes statements and the document's stance.
Rules find whose view it is and what it is about; the scorer decides which way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import Statement
from outsource_nlp.annotate.statements.candidates import Candidate, author
from outsource_nlp.annotate.statements.document import document_stance
from outsource_nlp.annotate.statements.find import ENDORSEMENT, Finder, aboutness
from outsource_nlp.annotate.statements.flags import flags
from outsource_nlp.annotate.statements.positions import NOBODY
from outsource_nlp.annotate.statements.targets import Words, find_targets
from outsource_nlp.annotate.statements.together import read_together
from outsource_nlp.codebook import Codebook, Lexicon, load_codebook
from outsource_nlp.stance import LABELS, Scorer, load_stance_scorer

FACTORY = "outsource_stance"
JUDGED = "decision judged"
SHORT = 4
"""Evidence below so many words is scored with its sentence."""
CONSISTENCY = 3.0
"""How much a holder's other statements count; pipelines/stance/MODEL_CARD.md has the figures for other values."""
COMMITMENT = "commitment"
"""The flag of a promise or demand."""
COMMITTED = 15.0
"""The odds that a promise or demand takes the side that its grammar says: 60 of 63 of authors in our own sentences, and
53 of 68 of others, whose side need not be that of the sentence (`weasel run commitments` in pipelines/stance)."""
DOUBT = {"condition": 0.8, "hedge": 0.85, "question": 0.8, "irony": 0.6}
"""By how much a flag lowers certainty."""


@Language.factory(
    FACTORY, assigns=["doc.user_data"],
    default_config={"scorer": "cross_encoder", "codebook": "", "threshold": 0.0, "consistency": CONSISTENCY},
)
def make_stance(
    nlp: Language, name: str, scorer: str, codebook: str, threshold: float, consistency: float,
) -> StanceComponent:
    """Build the component.

    Args:
        nlp: the pipeline; not kept.
        name: the component's name in it.
        scorer: name of a stance scorer, see ``load_stance_scorer``.
        codebook: path of a codebook, empty for the one that ships.
        threshold: a label whose probability is below it is ``unclear``; 0 for the scorer's own.
        consistency: how much a holder's other statements count, see ``read_together``; 0 to read each by itself.
    """
    del nlp, name
    return StanceComponent(load_codebook(codebook or None), load_stance_scorer(scorer), threshold, consistency)


class StanceComponent:
    """Doc -> the same Doc with statements and document stance."""

    def __init__(self, codebook: Codebook, scorer: Scorer, threshold: float, consistency: float) -> None:
        """Compile the codebook's patterns."""
        self.codebook, self.scorer, self.threshold = codebook, scorer, threshold or scorer.threshold
        self.consistency = consistency
        self._targets, self._services, self._aspects = (
            Lexicon(entries) for entries in (codebook.targets, codebook.services, codebook.aspects))
        self._finder = Finder(codebook.references)

    def __call__(self, doc: Doc) -> Doc:
        """Write the statements, read together, and the document's stance, whose interval needs them one by one."""
        words = Words(doc)
        targets = find_targets(doc, words, self._targets)
        found = list(self.judge(words, self._finder.find(doc, targets)))
        layers.set_statements(doc, read_together(found, self.threshold, self.consistency))
        layers.set_document_stance(doc, document_stance(doc, found, aboutness(targets)))
        return doc

    def judge(self, words: Words, candidates: Sequence[Candidate]) -> list[Statement]:
        """Candidates -> statements, each read by itself; those that need a side and have none are left out."""
        if not candidates:
            return []
        p = self.scorer.predict([_scored_text(c) for c in candidates], [self.codebook.target] * len(candidates))
        for i, candidate in enumerate(candidates):
            if candidate.rule == ENDORSEMENT:
                p[i] = p[candidate.agrees_with][::-1] if candidate.dissents else p[candidate.agrees_with]
            if candidate.committed:
                p[i] = _weighted(p[i], LABELS.index("for" if candidate.committed > 0 else "against"))
        services, aspects = _places(words, self._services), _places(words, self._aspects)
        statements = (self._statement(c, row, services, aspects) for c, row in zip(candidates, p, strict=True))
        return [s for c, s in zip(candidates, statements, strict=True)
                if not (c.needs_side and s.stance in ("neutral", "unclear"))]

    def _statement(
        self, candidate: Candidate, p: NDArray[np.float64], services: Sequence[tuple[int, str]],
        aspects: Sequence[tuple[int, str]],
    ) -> Statement:
        marks = (*flags(candidate.evidence, candidate.sentence), *([COMMITMENT] if candidate.committed else []))
        best = int(p.argmax())
        if candidate.decided and _judged(candidate, LABELS[best]):
            candidate = replace(candidate, holder=author(candidate.evidence.doc), voice="author", rule=JUDGED)
        certainty = float(p[best]) * float(np.prod([DOUBT.get(mark, 1.0) for mark in marks]))
        sentence = candidate.sentence
        return replace(
            _unjudged(candidate), aspects=_within(aspects, sentence.start, sentence.end),
            services=_within(services, sentence.start, sentence.end), flags=marks,
            stance=LABELS[best] if p[best] >= self.threshold and not candidate.unsaid else "unclear",
            p_against=float(p[0]), p_neutral=float(p[1]), p_for=float(p[2]), certainty=certainty,
        )


def _judged(candidate: Candidate, label: str) -> bool:
    """Whether a told decision is judged by the author: the other way, or, if nobody took it, not taken at its word."""
    decided, other = ("for", "against") if candidate.decided > 0 else ("against", "for")
    return label == other or (candidate.holder is NOBODY and label != decided)


def _weighted(p: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """The scorer's answer and the grammar's together, as two witnesses (Bayes' rule)."""
    odds = p * np.where(np.arange(len(p)) == side, COMMITTED, 1)
    return np.asarray(odds / odds.sum())


def _scored_text(candidate: Candidate) -> str:
    """What the scorer reads: the evidence behind its cue, or the whole sentence if it is short."""
    evidence = candidate.evidence.text if len(candidate.evidence) >= SHORT else candidate.sentence.text
    cue = "" if candidate.cue and candidate.cue in evidence else candidate.cue
    return " ".join(f"{cue} {evidence}".split())


def _unjudged(candidate: Candidate) -> Statement:
    return Statement(
        evidence=candidate.evidence, voice=candidate.voice, holder=candidate.holder.name,
        holder_id=candidate.holder.entity_id, holder_type=candidate.holder.type, target=candidate.target,
        rule=candidate.rule, quotation=candidate.quotation,
    )


def _places(words: Words, lexicon: Lexicon) -> list[tuple[int, str]]:
    return sorted({(start, name) for start, _, name, _, _ in words.find(lexicon)})


def _within(places: Sequence[tuple[int, str]], start: int, end: int) -> tuple[str, ...]:
    first, last = (bisect_left(places, (at, "")) for at in (start, end))
    return tuple(dict.fromkeys(name for _, name in places[first:last]))

