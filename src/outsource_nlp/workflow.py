"""The whole analysis, as five calls: ingest, annotate, tabulate, compare, report.

A corpus folder enters, a results folder leaves. What is unchanged since the last run is not done again; what
fails is a row in ``failures`` and never the end of a run.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from spacy.tokens import Doc

from outsource_nlp import compare, engines, ingest, report, store
from outsource_nlp.annotate import pipeline
from outsource_nlp.errors import CorpusError, InputError
from outsource_nlp.records import Article, ArticleRows, Failure, fingerprint
from outsource_nlp.results import Results
from outsource_nlp.settings import PipelineSpec, Settings
from outsource_nlp.store import Known, Plan, Writer
from outsource_nlp.tabulate import copies, corpus, tabulate

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of) as work goes on; ``of`` is 0 where it is not known."""

MOST_PROCESSES = 8
SMALL = 200_000
"""Bytes of corpus below which workers take longer to start than the work takes."""
RECORDED = ("outsource-nlp", "spacy", "textacy", "pandas", "numpy", "scipy", "duckdb")


@dataclass(frozen=True, slots=True)
class Work:
    """One article for a worker: with the parsed Doc of an earlier run, if that still holds."""

    article: Article
    parsed: bytes = b""


@dataclass(frozen=True, slots=True)
class Recipes:
    """Fingerprints of what decides the parse, an article's rows, and the tables of the whole corpus."""

    parse: str
    rows: str
    tables: str


def analyze(
    corpus: str | Path,
    output: str | Path = "results",
    *,
    pipeline: str = "default",
    codebook: str | Path = "",
    engine: str = "local",
    scheduler: str = "",
    processes: int = 0,
    batch_size: int = 32,
    progress: Progress | None = None,
) -> Results:
    """Read a corpus and write the tables of a results folder.

    Args:
        corpus: folder of articles, or one file.
        output: results folder; made if missing, brought up to date if it holds results.
        pipeline: ``default``, ``rules`` or the path of a .cfg file.
        codebook: path of a codebook of your own.
        engine: ``local`` or ``dask``; the tables do not depend on it.
        scheduler: address of a Dask scheduler.
        processes: worker processes; 0 for one a processor core, at most 8, and for this process alone if the corpus is
            small. More than one need a script that guards its start with ``if __name__ == "__main__":``.
        batch_size: articles a batch; the tables do not depend on it.
        progress: called as work goes on.

    Raises:
        CorpusError, ConfigurationError, ModelError, DataError, ResultsError: nothing was analysed.
        BusyError: another run writes to ``output``.
    """
    settings = Settings(
        corpus=Path(corpus), output=Path(output), spec=PipelineSpec(pipeline, str(codebook)), engine=engine,
        scheduler=scheduler, processes=processes, batch_size=batch_size,
    )
    if settings.corpus.is_dir() and settings.output.resolve().is_relative_to(settings.corpus.resolve()):
        raise CorpusError.holds_results(settings.output)
    return Run(settings, progress or _silent).go()


class Run:
    """One run over a corpus; holds what its stages share."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        """Note the settings; nothing is read yet."""
        self.settings, self.progress = settings, progress
        self.failures: list[Failure] = []
        self.contents: dict[str, str] = {}
        self.seconds: dict[str, float] = {}
        self._clock = time.perf_counter()

    def go(self) -> Results:
        """Do it, under the lock of the results folder."""
        sources = ingest.discover(self.settings.corpus)
        recipes = recipes_of(self.settings.spec)
        with store.open_for_writing(self.settings.output) as writer:
            known = writer.known()
            run_id = writer.begin(self.settings.as_json())
            self._lap("start")
            batches = self._batches(self._wanted(sources, known, recipes), writer)
            for done, rows in self._annotated(batches, recipes, self._processes(sources)):
                writer.put(rows)
                self.progress("annotate", done, len(sources))
            self._lap("annotate")
            self._forget_failed()
            plan = store.plan(known, self.contents, parse_recipe=recipes.parse, recipe=recipes.rows)
            settled = self._settle(writer, plan, run_id)
            self._lap("settle")
            if not settled or writer.interrupted() or _last_recipe(writer) != recipes.tables:
                self.progress("compare", 0, 0)
                derive(writer)
                self._lap("compare")
                writer.export()
                report.write(writer.connection, self.settings.output)
                self._lap("report")
            summary = self._summary(run_id, plan, recipes, writer)
            writer.finish(run_id, json.dumps(summary, sort_keys=True))
        store.write_text(self.settings.output / "run.json", json.dumps(summary, indent=2, sort_keys=True) + "\n")
        return Results(self.settings.output)

    def _wanted(
        self, sources: Iterable[ingest.Source], known: Mapping[str, Known], recipes: Recipes
    ) -> Iterator[tuple[Article, bool]]:
        """What must be annotated, and whether its stored parse still holds."""
        for item in ingest.read(sources):
            if isinstance(item, Failure):
                self.failures.append(item)
                continue
            content, before = item.content, known.get(item.article_id)
            self.contents[item.article_id] = content
            same_text = before is not None and before.content == content
            if before is not None and same_text and before.recipe == recipes.rows:
                continue
            yield item, before is not None and same_text and before.parse_recipe == recipes.parse

    def _batches(self, wanted: Iterator[tuple[Article, bool]], writer: Writer) -> Iterator[list[Work]]:
        """The wanted articles in batches, with the stored parses that still hold."""
        while batch := list(itertools.islice(wanted, self.settings.batch_size)):
            parsed = dict(writer.parsed([article.article_id for article, reusable in batch if reusable]))
            yield [Work(article, parsed.get(article.article_id, b"")) for article, _ in batch]

    def _processes(self, sources: Sequence[ingest.Source]) -> int:
        if self.settings.processes:
            return self.settings.processes
        return 1 if sum(source.size for source in sources) < SMALL else min(os.cpu_count() or 1, MOST_PROCESSES)

    def _annotated(
        self, batches: Iterator[list[Work]], recipes: Recipes, processes: int
    ) -> Iterator[tuple[int, list[ArticleRows]]]:
        """Finished rows in the order of the corpus, with how many articles are done."""
        function = functools.partial(annotate_batch, self.settings.spec, recipes)
        map_batches = engines.get(self.settings.engine, scheduler=self.settings.scheduler)
        done = 0
        for result in map_batches(function, batches, processes=processes):
            outcomes = [_lost(result.item)] if isinstance(result, engines.Lost) else result
            done += len(outcomes)
            self.failures += [item for item in outcomes if isinstance(item, Failure)]
            yield done, [item for item in outcomes if isinstance(item, ArticleRows)]

    def _forget_failed(self) -> None:
        """An article that could not be annotated is not in the tables, and is tried again next time."""
        for failure in self.failures:
            if failure.stage != "read":
                self.contents.pop(Article(path=failure.path, text="").article_id, None)

    def _settle(self, writer: Writer, plan: Plan, run_id: str) -> bool:
        """Bring the store in line with the corpus; whether there was nothing to bring in line."""
        before = writer.frame("failures")
        writer.remove(plan.gone)
        writer.put_failures(self.failures)
        writer.put_changes(list(changes(plan, run_id)))
        return plan.is_empty and before.equals(writer.frame("failures"))

    def _summary(self, run_id: str, plan: Plan, recipes: Recipes, writer: Writer) -> dict[str, object]:
        model = pipeline.model_of(self.settings.spec)
        return {
            "run_id": run_id,
            "settings": json.loads(self.settings.as_json()),
            "versions": {name: version(name) for name in RECORDED} | {"python": platform.python_version()},
            "model": asdict(model) if model else None,
            "recipes": asdict(recipes),
            "articles": {name: len(getattr(plan, name)) for name in ("new", "edited", "stale", "same", "gone")},
            "rows": writer.counts(),
            "failures": [asdict(failure) for failure in self.failures],
            "seconds": self.seconds,
        }

    def _lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._clock, 3)
        self._clock = now


def annotate_batch(spec: PipelineSpec, recipes: Recipes, batch: Sequence[Work]) -> list[ArticleRows | Failure]:
    """Articles -> rows, in a worker: parse what is not parsed, run our components, tabulate.

    An article that fails is tried alone and becomes a Failure; the others of its batch go on.
    """
    annotator = _annotator(spec)
    try:
        return [_rows(annotator, recipes, work, doc) for work, doc in _parsed(annotator, batch)]
    except Exception as error:  # noqa: BLE001 - whatever one article raises, the run goes on
        if len(batch) > 1:
            return [outcome for work in batch for outcome in annotate_batch(spec, recipes, [work])]
        return [Failure(batch[0].article.path, "annotate", f"{type(error).__name__}: {_one_line(error)}")]


def _parsed(annotator: pipeline.Annotator, batch: Sequence[Work]) -> Iterator[tuple[Work, Doc]]:
    fresh = annotator.parse(work.article for work in batch if not work.parsed)
    kept = [work for work in batch if work.parsed]
    restored = annotator.restore((work.article for work in kept), (work.parsed for work in kept))
    for work in batch:
        yield work, next(restored if work.parsed else fresh)


def _rows(annotator: pipeline.Annotator, recipes: Recipes, work: Work, doc: Doc) -> ArticleRows:
    article = work.article
    parsed = b"" if work.parsed else annotator.freeze(doc)
    annotator.annotate(doc)
    return ArticleRows(
        article_id=article.article_id, path=article.path, content=article.content, parse_recipe=recipes.parse,
        recipe=recipes.rows, parsed=parsed, tables=tabulate(doc, article),
    )


@functools.lru_cache(maxsize=2)
def _annotator(spec: PipelineSpec) -> pipeline.Annotator:
    return pipeline.Annotator(spec)


def derive(writer: Writer) -> None:
    """Make the tables about the corpus anew: near-copies, entities, comparisons."""
    query = writer.connection.execute
    documents = query("SELECT article_id, published, path FROM documents").fetchall()
    rank = {article_id: (published or "9999", path) for article_id, published, path in documents}
    signatures = dict(query("SELECT article_id, signature FROM signatures").fetchall())
    writer.set_copies(copies.find_copies(signatures, rank, writer.text))
    writer.replace("entities", corpus.entities(*map(writer.local, ("mentions", "roles", "registrations"))))
    writer.replace("comparisons", compare.default_comparisons(writer.connection))


def changes(plan: Plan, run_id: str) -> Iterator[tuple[str, ...]]:
    """Rows of ``changes``: what came, what was edited, what went."""
    for ids, change, before, after, cause in (
        (plan.new, "added", "", "present", "new text"),
        (plan.edited, "edited", "present", "present", "changed text"),
        (plan.stale, "edited", "present", "present", "changed recipe"),
        (plan.gone, "removed", "present", "", "removed text"),
    ):
        for article_id in ids:
            yield run_id, change, "documents", article_id, before, after, cause


def recipes_of(spec: PipelineSpec) -> Recipes:
    """All recipes under a spec; no model is loaded."""
    parse, rows = pipeline.recipes(spec)
    rooms = sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in {".py", ".html", ".css", ".js"})
    tables = fingerprint(rows=rows, duckdb=version("duckdb"), pandas=version("pandas"),
                         **{str(path.relative_to(Path(__file__).parent)): path.read_bytes() for path in rooms})
    return Recipes(parse, rows, tables)


def _lost(work: Work) -> Failure:
    return Failure(work.article.path, "annotate", str(InputError.worker_died()))


def _last_recipe(writer: Writer) -> str:
    """What made the tables of the last run that ended; "" if none did."""
    summaries = [run.summary for run in writer.runs() if run.summary]
    return str(json.loads(summaries[-1])["recipes"]["tables"]) if summaries else ""


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]


def _silent(stage: str, done: int, of: int) -> None:
    """Progress is not shown."""
