"""The spaCy component ``outsource_quotations``: who says what.

A Doc enters and leaves with its quotations written by ``layers.set_quotations``; finding is pure and lives in
``annotate.speech``. It needs nothing but tokens: with sentence bounds only it finds direct speech and plain reports,
with a parse all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.speech.cast import gather
from outsource_nlp.annotate.speech.combine import combine
from outsource_nlp.annotate.speech.cues import load_cues
from outsource_nlp.annotate.speech.direct import direct
from outsource_nlp.annotate.speech.indirect import indirect
from outsource_nlp.annotate.speech.lexicon import load_lexicon
from outsource_nlp.annotate.speech.named import Speaker
from outsource_nlp.annotate.speech.nominal import nominal
from outsource_nlp.annotate.speech.page import Bounds, Found, Page, open_page
from outsource_nlp.annotate.speech.plain import plain
from outsource_nlp.annotate.speech.speakers import resolve
from outsource_nlp.annotate.speech.turns import blocks, letters, turns


@Language.factory("outsource_quotations", default_config={"cues": "cue_verbs.csv"})
def make_quotations(nlp: Language, name: str, cues: str) -> Quotations:
    """Build the component.

    It sets on the Doc: ``layers.quotations(doc)``. It reads, where they are there: ``layers.mentions(doc)``, the
    dependency parse, tags, named entities and sentence bounds.

    Args:
        nlp: the pipeline; not used.
        name: the component's name; not used.
        cues: a cue file in the package's data, or a path; columns as in ``annotate.speech.cues``.

    Raises:
        DataError: the cue file cannot be read or is malformed.
    """
    del nlp, name
    return Quotations(cues=cues)


class Quotations:
    """Writes the quotations of a Doc on it."""

    def __init__(self, *, cues: str = "cue_verbs.csv") -> None:
        """Read the cue words and the speaker words."""
        self.cues = load_cues(cues)
        self.lexicon = load_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Find and write."""
        layers.set_quotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[layers.Quotation]:
        """The quotations of a Doc, in text order; the Doc is left as it is."""
        if not len(doc):
            return []
        page = open_page(doc)
        kept, within = combine(self._found(page))
        speakers = resolve(page, gather(page, self.lexicon), kept, self.lexicon)
        return [_quotation(doc, one, who, around) for one, who, around in zip(kept, speakers, within, strict=True)]

    def _found(self, page: Page) -> Iterator[Found]:
        yield from turns(page, self.lexicon)
        yield from blocks(page)
        yield from letters(page)
        yield from direct(page, self.cues)
        if page.parsed:
            yield from indirect(page, self.cues, self.lexicon)
            yield from nominal(page, self.cues, self.lexicon)
        else:
            yield from plain(page, self.cues)


def _quotation(doc: Doc, one: Found, who: Speaker, within: int) -> layers.Quotation:
    return layers.Quotation(
        content=doc[one.start : one.end],
        mode=one.mode,
        rule=one.rule,
        cue=_span(doc, one.cue),
        cue_class=one.cue_class,
        speaker=_span(doc, who.span),
        speaker_name=who.name,
        speaker_id=who.entity_id,
        speaker_type=who.type,
        within=within,
        flags=one.flags,
    )


def _span(doc: Doc, bounds: Bounds | None) -> Span | None:
    return doc[bounds[0] : bounds[1]] if bounds is not None else None
