"""Builds a spaCy pipeline from a cfg, and runs it in two steps: the parse, then our components.

The two steps are apart because a parsed Doc is kept: a changed gazetteer, codebook or rule then costs no parse.
"""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from thinc.api import Model, NumpyOps
from threadpoolctl import threadpool_limits

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.model import Model as Installed
from outsource_nlp.annotate.model import find_model
from outsource_nlp.errors import ConfigurationError
from outsource_nlp.records import Article, fingerprint
from outsource_nlp.settings import PipelineSpec

OURS = ("outsource_entities", "outsource_quotations", "outsource_roles", "outsource_stance")
"""Components that run on a parsed Doc; all others belong to the parse."""
SHIPPED = ("default", "rules")
_ATTRIBUTES = ["ORTH", "SPACY", "TAG", "POS", "LEMMA", "MORPH", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
_PACKAGE = Path(__file__).resolve().parents[1]


@functools.cache
def own_file(name: str) -> str:
    """The fingerprint of a file of this package, as it was when first asked for: so is the code that runs."""
    return fingerprint(content=(_PACKAGE / name).read_bytes())


def find_config(name: str) -> Path:
    """The .cfg file of a pipeline: a path, one that the wheel packages, or the repository's own.

    Raises:
        ConfigurationError: no such file.
    """
    shipped = (folder / f"{name}.cfg" for folder in (_PACKAGE / "pipelines", _PACKAGE.parents[1] / "pipelines"))
    candidates = [Path(name)] if name.endswith(".cfg") else [*shipped]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise ConfigurationError.no_pipeline(name, SHIPPED)


def load_pipeline(name: str = "default", *, codebook: str = "") -> Language:
    """The spaCy pipeline of a cfg, ready for ``nlp(text)``.

    Args:
        name: ``default``, ``rules``, or the path of a .cfg file.
        codebook: path of a codebook that replaces the one the cfg names.

    Raises:
        ConfigurationError: no such pipeline, or spaCy refuses its cfg (a misspelt key, an unknown component).
        ModelError: the model it needs is not installed or was changed.
    """
    config, _ = _resolved(name, codebook)
    try:
        nlp = spacy.util.load_model_from_config(config, auto_fill=True, validate=True)
    except (ValueError, KeyError) as error:     # confection's ConfigValidationError is a ValueError
        raise ConfigurationError.bad_pipeline(name, " ".join(str(error).split())) from error
    _multiply_with_numpy(nlp)
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Let this pipeline's networks multiply matrices with numpy instead of blis: the same labels in less time."""
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if type(node.ops) is NumpyOps:      # not a graphics card's, not Apple's
                node.ops = ops


def _resolved(name: str, codebook: str) -> tuple[Any, dict[str, Installed]]:
    """The cfg with installed models as sources, and those models by component."""
    path = find_config(name)
    try:
        config = spacy.util.load_config(path)
        components = config["components"]
    except (ValueError, KeyError) as error:
        raise ConfigurationError.bad_pipeline(name, " ".join(str(error).split())) from error
    models = {part: find_model(block["source"]) for part, block in components.items() if "source" in block}
    for part, model in models.items():
        components[part]["source"] = model.package
    if codebook and "outsource_stance" in components:
        components["outsource_stance"]["codebook"] = codebook
    return config, models


class Annotator:
    """A pipeline with its two steps; built once a process."""

    def __init__(self, spec: PipelineSpec) -> None:
        """Build the pipeline of a spec."""
        self.nlp = load_pipeline(spec.pipeline, codebook=spec.codebook)
        self._ours = [(part, pipe) for part, pipe in self.nlp.pipeline if part in OURS]

    def parse(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Articles -> parsed Docs in the same order, with the metadata on them; on one thread, wherever it runs."""
        docs = (self._with_facts(self.nlp.make_doc(article.text), article) for article in articles)
        with self.nlp.select_pipes(disable=[part for part, _ in self._ours]), threadpool_limits(1, "blas"):
            yield from self.nlp.pipe(docs)

    def restore(self, articles: Iterable[Article], parsed: Iterable[bytes]) -> Iterator[Doc]:
        """The Docs that ``freeze`` wrote, with the articles' metadata of today."""
        for article, data in zip(articles, parsed, strict=True):
            doc = next(iter(DocBin().from_bytes(data).get_docs(self.nlp.vocab)))
            yield self._with_facts(doc, article)

    def annotate(self, doc: Doc) -> Doc:
        """Run our components on a parsed Doc, in the order of the cfg."""
        for _, pipe in self._ours:
            doc = pipe(doc)
        return doc

    @staticmethod
    def freeze(doc: Doc) -> bytes:
        """A parsed Doc as bytes that hold no code (msgpack, never pickle)."""
        return DocBin(attrs=_ATTRIBUTES, docs=[doc]).to_bytes()

    @staticmethod
    def _with_facts(doc: Doc, article: Article) -> Doc:
        facts = layers.ArticleFacts(article.title, article.publisher, article.kind, article.authors, article.published,
                                    article.article_id)
        layers.set_article(doc, facts)
        return doc


def parse_recipe(spec: PipelineSpec) -> str:
    """The fingerprint of all that decides a parse: spaCy, the model, the cfg of components that are not ours.

    No model is loaded.
    """
    config, models = _resolved(spec.pipeline, spec.codebook)
    foreign = {part: block for part, block in config["components"].items() if part not in OURS}
    return fingerprint(
        **{package: importlib.metadata.version(package) for package in ("spacy", "thinc", "numpy")},
        lang=str(config["nlp"]["lang"]), components=repr(sorted(foreign.items())), models=repr(sorted(models.items())),
        **{name: own_file(name) for name in ("annotate/pipeline.py", "annotate/components/paragraphs.py")},
    )


def model_of(spec: PipelineSpec) -> Installed | None:
    """The statistical model under a spec, None for a pipeline without one."""
    _, models = _resolved(spec.pipeline, spec.codebook)
    return next(iter(models.values()), None)
