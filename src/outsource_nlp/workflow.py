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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import duckdb

from outsource_nlp import compare, engines, ingest, report, store
from outsource_nlp.annotate import pipeline
from outsource_nlp.codebook import Codebook, load_codebook
from outsource_nlp.errors import CorpusError
from outsource_nlp.intake import Intake
from outsource_nlp.recipes import Recipes, recipes_of
from outsource_nlp.records import Article, ArticleRows, Failure
from outsource_nlp.results import Results
from outsource_nlp.settings import PipelineSpec, Settings
from outsource_nlp.store import Plan, Writer
from outsource_nlp.tabulate import copies, corpus
from outsource_nlp.worker import Work, annotate_batch, lost

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of) as work goes on; ``of`` is 0 where it is not known."""

MOST_PROCESSES = 8
SMALL = 200_000
"""Bytes of corpus below which workers take longer to start than the work takes."""
RECORDED = ("outsource-nlp", "spacy", "textacy", "pandas", "numpy", "scipy", "duckdb")
MEGABYTE = 1_000_000


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
    article_seconds: float = 600.0,
    worker_memory: int = 4096,
    check_contents: bool = False,
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
        article_seconds: how long the reading of a file, and then the analysis of an article, may take before it
            becomes a failure; 0 for any time.
        worker_memory: megabytes that each worker may have; 0 for any. Not enforced where there is one process only.
        check_contents: read every file, also those whose size, times and inode are what they were.
        progress: called as work goes on.

    Raises:
        CorpusError, ConfigurationError, ModelError, DataError, ResultsError: nothing was analysed.
        BusyError: another run writes to ``output``.
    """
    settings = Settings(
        corpus=Path(corpus), output=Path(output), spec=PipelineSpec(pipeline, str(codebook)), engine=engine,
        scheduler=scheduler, processes=processes, batch_size=batch_size, article_seconds=article_seconds,
        worker_memory=worker_memory, check_contents=check_contents,
    )
    home, target = settings.corpus.resolve(), settings.output.resolve()
    if settings.corpus.is_dir() and target.is_relative_to(home):
        raise CorpusError.holds_results(settings.output)
    if home.is_relative_to(target):
        raise CorpusError.inside_results(settings.corpus)
    return Run(settings, progress or _silent).go()


class Run:
    """One run over a corpus; holds what its stages share."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        """Note the settings and choose the engine; nothing is read yet."""
        self.settings, self.progress = settings, progress
        self._map_batches = engines.get(settings.engine, scheduler=settings.scheduler)
        self.failures: list[Failure] = []
        self.seconds: dict[str, float] = {}
        self._clock = time.perf_counter()

    def go(self) -> Results:
        """Do it, under the lock of the results folder."""
        sources = ingest.discover(self.settings.corpus)
        codebook = load_codebook(self.settings.spec.codebook or None)
        recipes = recipes_of(self.settings.spec)
        with store.open_for_writing(self.settings.output) as writer:
            known, files = writer.known(), writer.files()
            run_id = writer.begin(self.settings.as_json())
            intake = Intake(known, files, recipes, open_all=self.settings.check_contents,
                            seconds=self.settings.article_seconds)
            self._lap("start")
            batches = self._batches(intake.wanted(sources), writer)
            for done, rows in self._annotated(batches, recipes.rows, self._processes(sources)):
                writer.put(rows)
                self.progress("annotate", done, len(sources))
            self._lap("annotate")
            self.failures += intake.failures
            intake.forget(self.failures)
            plan = store.plan(known, intake.contents, recipe=recipes.rows)
            settled = self._settle(writer, plan)
            if intake.files != files:
                writer.put_files(intake.files)
            self._lap("settle")
            if not (settled and writer.exported()) or writer.interrupted() or _last_recipe(writer) != recipes.tables:
                self._publish(writer, codebook)
            summary = self._summary(run_id, plan, recipes, writer)
            writer.finish(run_id, json.dumps(summary, sort_keys=True))
        store.write_text(self.settings.output / "run.json", json.dumps(summary, indent=2, sort_keys=True) + "\n")
        return Results(self.settings.output)

    def _publish(self, writer: Writer, codebook: Codebook) -> None:
        """Make anew what is made from all articles, and the files that people read."""
        self.progress("compare", 0, 0)
        derive(writer)
        writer.note_changes()
        self._lap("compare")
        with writer.connection.cursor() as beside, ThreadPoolExecutor(1) as pool:
            written = pool.submit(self._report, beside, codebook)
            writer.export()
            written.result()
        self._lap("report")

    def _report(self, connection: duckdb.DuckDBPyConnection, codebook: Codebook) -> None:
        """Write networks and report, on a connection of their own, while the tables are exported."""
        report.write(connection, self.settings.output, compare.default_networks(connection), codebook=codebook)

    def _batches(self, wanted: Iterator[tuple[Article, str]], writer: Writer) -> Iterator[list[Work]]:
        """The wanted articles in batches, with what is stored of them and still holds."""
        while batch := list(itertools.islice(wanted, self.settings.batch_size)):
            parsed = writer.parsed_of({where: article.content for article, where in batch if where})
            layers = dict(writer.layers({where for article, where in batch if where == article.article_id}))
            yield [
                Work(article, parsed.get(where, b""), layers.get(article.article_id, b""),
                     stored=where == article.article_id and where in parsed)
                for article, where in batch
            ]

    def _processes(self, sources: Sequence[ingest.Source]) -> int:
        if self.settings.processes:
            return self.settings.processes
        return 1 if sum(source.size for source in sources) < SMALL else min(os.cpu_count() or 1, MOST_PROCESSES)

    def _annotated(
        self, batches: Iterator[list[Work]], recipe: str, processes: int
    ) -> Iterator[tuple[int, list[ArticleRows]]]:
        """Finished rows in the order of the corpus, with how many articles are done."""
        function = functools.partial(annotate_batch, self.settings.spec, recipe, self.settings.article_seconds)
        done = 0
        for result in self._map_batches(function, batches, processes=processes,
                                        memory=self.settings.worker_memory * MEGABYTE):
            outcomes = [lost(result.item)] if isinstance(result, engines.Lost) else result
            done += len(outcomes)
            self.failures += [item for item in outcomes if isinstance(item, Failure)]
            yield done, [item for item in outcomes if isinstance(item, ArticleRows)]

    def _settle(self, writer: Writer, plan: Plan) -> bool:
        """Bring the store in line with the corpus; whether there was nothing to bring in line."""
        before = writer.frame("failures")
        writer.remove(plan.gone)
        writer.put_failures(self.failures)
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


def derive(writer: Writer) -> None:
    """Make the tables about the corpus anew: near-copies, entities, comparisons."""
    query = writer.connection.execute
    documents = query("SELECT article_id, published, path FROM documents").fetchall()
    rank = {article_id: (published or "9999", path) for article_id, published, path in documents}
    signatures = dict(query("SELECT article_id, signature FROM signatures").fetchall())
    writer.set_copies(copies.find_copies(signatures, rank, writer.texts))
    writer.replace("entities", corpus.entities(writer.connection))
    writer.replace("unresolved", corpus.unresolved(writer.connection))
    writer.replace("comparisons", compare.default_comparisons(writer.connection))


def _last_recipe(writer: Writer) -> str:
    """What made the tables of the last run that ended; "" if none did."""
    summaries = [run.summary for run in writer.runs() if run.summary]
    return str(json.loads(summaries[-1])["recipes"]["tables"]) if summaries else ""


def _silent(stage: str, done: int, of: int) -> None:
    """Progress is not shown."""
