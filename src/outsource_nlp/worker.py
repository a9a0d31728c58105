"""What a worker does with a batch: articles enter, rows leave.

A worker builds its own pipeline from a spec; only articles, bytes and rows travel. Whatever one article raises, and
however long it takes, it becomes a ``Failure`` and the others of its batch go on.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from outsource_nlp.annotate.stages import STANCE, Staged
from outsource_nlp.engines.limits import time_limit
from outsource_nlp.errors import ConfigurationError, InputError
from outsource_nlp.records import Article, ArticleRows, Failure
from outsource_nlp.settings import PipelineSpec
from outsource_nlp.tabulate import tabulate

OF_STANCE = ("documents", "statements")
"""The tables that the stance component writes to."""
_PIPELINE = threading.RLock()
"""A pipeline is no place for two threads, and workers that others started may have several."""


@dataclass(frozen=True, slots=True)
class Work:
    """One article, with what earlier runs left that still holds.

    Attributes:
        parsed: the parsed Doc, if it still holds.
        layers: what our components found on that Doc.
        stored: whether ``parsed`` is the article's own and lies in the store; a renamed article brings another's.
    """

    article: Article
    parsed: bytes = b""
    layers: bytes = b""
    stored: bool = False


def annotate_batch(
    spec: PipelineSpec, recipe: str, seconds: float, batch: Sequence[Work]
) -> list[ArticleRows | Failure]:
    """Articles -> rows: parse what is not parsed, run the components that must run, tabulate.

    An article that fails is tried alone and becomes a Failure. A batch may take as long as one article may; in time a
    batch takes far less.

    Args:
        spec: what to build the pipeline from, unless it is built.
        recipe: the fingerprint of what decides the rows, as the process knows it that wants them.
        seconds: limit of time; 0 for none.
        batch: the articles.

    Raises:
        ConfigurationError: this process would make the rows by another recipe.
    """
    with _PIPELINE:
        staged = _staged(spec, recipe)
        try:
            with time_limit(seconds):
                return [_rows(staged, work, doc) for work, doc in _parsed(staged, batch)]
        except Exception as error:  # noqa: BLE001 - whatever one article raises, the run goes on
            if len(batch) > 1:
                return [outcome for work in batch for outcome in annotate_batch(spec, recipe, seconds, [work])]
            return [Failure(batch[0].article.path, "annotate", _told(error, seconds))]


def lost(work: Work) -> Failure:
    """The failure of an article whose worker died."""
    return Failure(work.article.path, "annotate", str(InputError.worker_died()))


def _parsed(staged: Staged, batch: Sequence[Work]) -> Iterator[tuple[Work, Doc]]:
    annotator = staged.annotator
    fresh = annotator.parse(work.article for work in batch if not work.parsed)
    kept = [work for work in batch if work.parsed]
    restored = annotator.restore((work.article for work in kept), (work.parsed for work in kept))
    for work in batch:
        yield work, next(restored if work.parsed else fresh)


def _rows(staged: Staged, work: Work, doc: Doc) -> ArticleRows:
    article = work.article
    parsed = work.parsed or staged.annotator.freeze(doc)
    first, layers = staged.annotate(doc, work.layers)
    partial = work.stored and first == STANCE
    return ArticleRows(
        article_id=article.article_id, path=article.path, content=article.content, parse_recipe=staged.marks.parse,
        recipe=staged.marks.rows, parsed=b"" if work.stored else parsed, layers=layers, partial=partial,
        tables=tabulate(doc, article, OF_STANCE if partial else ()),
    )


@functools.lru_cache(maxsize=2)
def _staged(spec: PipelineSpec, recipe: str) -> Staged:
    staged = Staged(spec)
    if staged.marks.rows != recipe:
        raise ConfigurationError.other_recipe()
    return staged


def _told(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError):
        return str(InputError.too_slow(f"{seconds:g}"))
    if isinstance(error, MemoryError):
        return str(InputError.too_hungry())
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
