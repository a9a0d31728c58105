"""Measures the program against its budgets, side by side in one run, so that the ratios hold on any machine.

A corpus or nothing enters (then articles are invented), rows with figure and budget leave, one at a time. Every run is
a process of its own, as users start it. It measures speed alone: the invented articles say nothing of quality.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from outsource_nlp import data
from outsource_nlp.errors import ConfigurationError, CorpusError
from outsource_nlp.schedule import program

SENTENCES = (25, 60)
SAMPLE = 400
"""Articles for what need not be measured on all."""
PLAIN = """
import sys
from pathlib import Path
from outsource_nlp.annotate import pipeline
import spacy
name = pipeline.model_of(pipeline.PipelineSpec(sys.argv[2])).package
nlp = spacy.load(name)
for doc in nlp.pipe(p.read_text(encoding="utf-8") for p in sorted(Path(sys.argv[1]).rglob("*.txt"))):
    pass
"""
STANCE = """
import sys, time
from pathlib import Path
import spacy
from outsource_nlp.annotate import pipeline
from outsource_nlp.records import Article
spec = pipeline.PipelineSpec(sys.argv[2])
annotator, plain = pipeline.Annotator(spec), spacy.load(pipeline.model_of(spec).package)
texts = [p.read_text(encoding="utf-8") for p in sorted(Path(sys.argv[1]).rglob("*.txt"))]
docs = list(annotator.parse(Article(path=f"{k}.txt", text=text, title="") for k, text in enumerate(texts)))
stance = annotator.nlp.get_pipe("outsource_stance")
for doc in docs:
    for name in ("outsource_entities", "outsource_quotations", "outsource_roles"):
        annotator.nlp.get_pipe(name)(doc)
def seconds(work):
    began = time.perf_counter(), time.process_time()
    for _ in work:
        pass
    return time.perf_counter() - began[0], time.process_time() - began[1]
stance(docs[0])
ours, theirs = seconds(map(stance, docs[1:])), seconds(plain.pipe(texts[1:]))
sys.stdout.write(" ".join(str(a / b) for a, b in zip(ours, theirs)))
"""
KEYNESS = """
import sys, time, numpy as np
from outsource_nlp.compare.statistics import effects, keyness
rng = np.random.default_rng(7)
a, b = rng.integers(0, 50, 10**6), rng.integers(0, 50, 10**6)
began = time.perf_counter()
keyness.g2(a, b, a.sum(), b.sum())
effects.log_ratio(a, b, a.sum(), b.sum())
sys.stdout.write(str(time.perf_counter() - began))
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One budget: what was measured, the figure, and what it should be; ``at_least`` says on which side."""

    what: str
    figure: float
    budget: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the budget is kept."""
        return self.figure >= self.budget if self.at_least else self.figure <= self.budget

    def line(self) -> str:
        """The row as one line of text."""
        side = ">=" if self.at_least else "<="
        return f"{self.what}: {self.figure:,.2f} {self.unit}, budget {side} {self.budget:,.2f}"

    def told(self) -> dict[str, Any]:
        """The row as plain values."""
        return {**asdict(self), "met": self.met}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds by the clock, seconds of all processors, megabytes at its highest."""

    wall: float
    cpu: float
    megabytes: float


def measure(corpus: Path | None, articles: int, pipeline: str) -> Iterator[Row]:
    """The budgets, as they are measured.

    Args:
        corpus: folder of .txt files, read only; invented articles if None.
        articles: how many of them; the memory of a tenth is held against that of all.
        pipeline: as for ``analyze``.

    Raises:
        CorpusError: a corpus without enough articles.
    """
    with tempfile.TemporaryDirectory(prefix="outsource-bench-") as name:
        room = Path(name)
        large, tenth, sample, few = (room / name for name in ("large", "tenth", "sample", "few"))
        _fill(large, corpus, articles)
        size = min(SAMPLE, articles // 2)
        for folder, n in ((tenth, articles // 10), (sample, size), (few, size // 10)):
            _copy(large, folder, n)
        yield Row("outsource-nlp --help", min(_run([*program(), "--help"]).wall for _ in range(5)), 0.35, "seconds")
        yield from _throughput(room, (few, sample), pipeline)
        yield from _recipes(room, (few, sample), pipeline)
        yield from _reruns(room, large, tenth, pipeline)
        yield Row("keyness of 1,000,000 terms", float(_output([sys.executable, "-c", KEYNESS])), 2, "seconds")
        yield Row("installed size, run time only", _installed_megabytes("outsource-nlp"), 700, "MB")


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | measured | budget | kept |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure:,.2f} {row.unit} | {'≥' if row.at_least else '≤'} {row.budget:,.2f} | "
              f"{'yes' if row.met else 'no'} |" for row in rows]
    return "\n".join(lines) + "\n"


def _throughput(room: Path, sizes: Sequence[Path], pipeline: str) -> Iterator[Row]:
    def analysed(processes: str) -> Cost:
        return _further([_analyze(corpus, room / f"{processes}-{corpus.name}", pipeline, "--processes", processes)
                         for corpus in sizes])

    one = analysed("1")
    if pipeline != "rules":
        plain = _further([_run([sys.executable, "-c", PLAIN, str(corpus), pipeline]) for corpus in sizes])
        yield Row("whole analysis against plain nlp.pipe, tokens a second", plain.cpu / one.cpu, 0.9, "times", True)
        shares = _output([sys.executable, "-c", STANCE, str(sizes[0]), pipeline]).split()
        for how, share in zip(("by the clock", "of processors"), shares, strict=True):
            yield Row(f"statements and their stance, {how}, share of plain nlp.pipe", float(share), 0.25, "times")
    if (os.cpu_count() or 1) > 1:
        yield Row("2 processes against 1", one.wall / analysed("2").wall, 1.7, "times", True)


def _recipes(room: Path, sizes: Sequence[Path], pipeline: str) -> Iterator[Row]:
    """After a codebook edit and a gazetteer edit, against the first run."""
    codebook, gazetteer, own = room / "codebook.toml", room / "gazetteer.csv", room / "own.cfg"
    codebook.write_bytes(data.read_bytes("codebook.toml").replace(b"patterns = [", b'patterns = ["zyzzyva*", ', 1))
    lines = data.read_bytes("companies.csv").decode().splitlines()
    gazetteer.write_text(f"{lines[0]}\n{_renamed(lines)}\n", encoding="utf-8")
    own.write_text(_with_gazetteer(pipeline, gazetteer), encoding="utf-8")
    for name, at, options, least in (("codebook", pipeline, ["--codebook", str(codebook)], 8.0),
                                     ("gazetteer", str(own), [], 4.0)):
        outputs = [room / f"{name}-{corpus.name}" for corpus in sizes]
        first = _further([_analyze(*pair, pipeline, "--processes", "1") for pair in zip(sizes, outputs, strict=True)])
        again = _further([_analyze(*pair, at, "--processes", "1", *options)
                          for pair in zip(sizes, outputs, strict=True)])
        yield Row(f"after a {name} edit, against from scratch", first.cpu / again.cpu, least, "times", True)


def _further(costs: Sequence[Cost]) -> Cost:
    """What the further articles of the larger corpus cost: what every run costs, such as loading, is left out."""
    small, large = costs
    return Cost(max(large.wall - small.wall, 1e-3), max(large.cpu - small.cpu, 1e-3), large.megabytes)


def _reruns(room: Path, large: Path, tenth: Path, pipeline: str) -> Iterator[Row]:
    small = _analyze(tenth, room / "of-tenth", pipeline)
    whole = _analyze(large, room / "of-large", pipeline)
    n = sum(1 for _ in large.rglob("*.txt"))
    yield Row(f"peak memory, {n // 10:,} -> {n:,} articles", whole.megabytes / small.megabytes, 1.25, "times")
    yield Row("peak memory of a process", whole.megabytes, 1500, "MB")
    time.sleep(2)
    _analyze(large, room / "of-large", pipeline)      # the files of the last seconds are read once more
    same = _analyze(large, room / "of-large", pipeline)
    yield Row(f"re-run, nothing changed, {n:,} articles", same.wall, 5, "seconds")
    alone = room / "alone"
    _fill(alone, None, 1, seed=8)
    one = _analyze(alone, room / "of-one", pipeline, "--processes", "1")
    shutil.copytree(alone, large, dirs_exist_ok=True)
    new = _analyze(large, room / "of-large", pipeline, "--processes", "1")
    yield Row(f"re-run, 1 new in {n:,} articles, of 2 × (load + article) + 5 s", new.wall, 2 * one.wall + 5, "seconds")


def _analyze(corpus: Path, output: Path, pipeline: str, *options: str) -> Cost:
    places = [str(corpus), "--output", str(output)]
    return _run([*program(), "analyze", *places, "--pipeline", pipeline, "--quiet", *options])


def _run(command: Sequence[str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ConfigurationError.command_failed(" ".join(command[:3]), process.returncode)
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / scale)


def _output(command: Sequence[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise ConfigurationError.command_failed("a measurement", done.returncode)
    return done.stdout


def _fill(folder: Path, corpus: Path | None, n: int, seed: int = 7) -> None:
    """Put so many articles into a folder: of the corpus, or invented."""
    if corpus is not None:
        _copy(corpus, folder, n)
        return
    parts = tomllib.loads(data.read_bytes("bench.toml").decode())
    councils, companies = (
        data.read_bytes(name).decode().splitlines()[1:] for name in ("councils.csv", "companies.csv"))
    for k in range(n):
        draw = random.Random(f"{seed}/{k}")
        people = [f"{draw.choice(parts['given'])} {draw.choice(parts['surnames'])}" for _ in range(3)]
        fixed = {"council": draw.choice(councils).split(",")[1], "company": draw.choice(companies).split(",")[1]}
        sentences = [
            draw.choice(parts["sentences"]).format(**fixed, person=draw.choice(people), number=draw.randrange(2, 99),
                                                   service=draw.choice(parts["services"]))
            for _ in range(draw.randint(*SENTENCES))
        ]
        paragraphs = (" ".join(sentences[at:at + 4]) for at in range(0, len(sentences), 4))
        path = folder / f"publisher-{k % 9}" / f"{seed}-{k:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntitle: Article {k}\npublished: 20{10 + k % 15}-01-02\n---\n\n"
        path.write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")


def _copy(corpus: Path, folder: Path, n: int) -> None:
    found = sorted(corpus.rglob("*.txt"))
    if len(found) < n:
        raise CorpusError.too_few(corpus, len(found), n)
    for path in found[:n]:
        target = folder / path.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)


def _renamed(lines: Sequence[str]) -> str:
    """A row of a gazetteer under a name that nobody bears."""
    cells = lines[1].split(",")
    return ",".join(["company:zyzzyva", "Zyzzyva Holdings", *[""] * (len(cells) - 2)])


def _with_gazetteer(pipeline: str, gazetteer: Path) -> str:
    """The cfg of a pipeline with one more gazetteer."""
    from outsource_nlp.annotate.pipeline import find_config

    block = "[components.outsource_entities]\n"
    text = find_config(pipeline).read_text(encoding="utf-8")
    return text.replace(block, f'{block}extra_gazetteers = ["{gazetteer}"]\n')


def _installed_megabytes(name: str) -> float:
    """The size of a distribution and of all that it needs to run, extras left out."""
    wanted, size = [name], 0
    seen: set[str] = set()
    while wanted:
        one = wanted.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            found = metadata.distribution(one)
        except metadata.PackageNotFoundError:
            continue        # for another system or version of Python
        for file in found.files or ():
            path = Path(str(file.locate()))
            size += path.stat().st_size if path.is_file() else 0
        needed = [line for line in found.requires or () if "extra ==" not in line]
        names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed]
        wanted += [re.sub(r"[-_.]+", "-", one).lower() for one in names]
    return size / 1e6
