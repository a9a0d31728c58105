"""The ``outsource_roles`` component: author, quoted, cited or mentioned.

In goes a Doc with ``layers.mentions`` and, if they were looked for, ``layers.quotations``; out it comes with
``layers.roles``, one a person. It runs last of the naming components, because a role is what a person does in the
whole text.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.components.entities import author_names
from outsource_nlp.annotate.names.affiliations import affiliation
from outsource_nlp.annotate.names.cues import Cues, load_cues
from outsource_nlp.annotate.names.identity import slug
from outsource_nlp.annotate.names.page import read_page
from outsource_nlp.annotate.names.person_roles import role_of, spoken_roles


@Language.factory("outsource_roles", default_config={"cues": ""})
def make_roles(nlp: Language, name: str, cues: str) -> RoleFinder:
    """Build the component.

    Args:
        nlp: the pipeline; not used.
        name: the name in the pipeline; not used.
        cues: path of a cue list file; empty for the packaged one.

    Returns:
        A component that sets ``layers.roles``.

    Raises:
        DataError: a data file is malformed.
    """
    del nlp, name
    return RoleFinder(load_cues(cues))


class RoleFinder:
    """Give each person of a document its role."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues

    def __call__(self, doc: Doc) -> Doc:
        """Set the roles."""
        layers.set_roles(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[layers.Role]:
        """One role a person entity of the document."""
        persons = [e for e in layers.entities(doc).values() if e.type == "person"]
        if not persons:
            return []
        page = read_page(doc)
        bylines = author_names(layers.article(doc).authors, self.cues)
        authors = {slug(f"{' '.join(n.given)} {n.surname}") for n in bylines}
        spoken = spoken_roles(layers.quotations(doc))
        by_person: dict[str, list[layers.Mention]] = defaultdict(list)
        for mention in layers.mentions(doc):
            by_person[mention.entity_id].append(mention)
        known = layers.QUOTATIONS in doc.user_data
        out = []
        for entity in persons:
            mentions = by_person[entity.entity_id]
            said = spoken.get(entity.entity_id, "mentioned")
            role = "author" if slug(entity.name) in authors or not mentions else role_of(
                page, mentions, said, self.cues, quotations_known=known)
            out.append(layers.Role(entity.entity_id, role, affiliation(page, mentions, self.cues)))
        return out
