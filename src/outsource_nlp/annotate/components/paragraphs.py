"""``outsource_paragraphs``: a line break ends a sentence.

It stands before the parser, which keeps the boundaries it finds: a date line, a heading or a list item then
does not run into the sentence that follows. Texts must be cleaned of hard wrapping first.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

FACTORY = "outsource_paragraphs"


@Language.factory(FACTORY, assigns=["token.is_sent_start"])
def make_paragraphs(nlp: Language, name: str) -> ParagraphsComponent:
    """Build the component; it has no settings."""
    del nlp, name
    return ParagraphsComponent()


class ParagraphsComponent:
    """Doc -> the same Doc with a sentence start after every line break."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the sentence starts."""
        for token in doc[1:]:
            if "\n" in doc[token.i - 1].text:
                token.is_sent_start = True
        return doc
