"""The stages of annotation: what decides each, and how their results are kept, so that a change redoes what follows it.

A Doc goes through parse, entities, quotations, roles, stance, tabulate. The fingerprint of a stage covers that of the
stage before, so the first one that differs tells where to begin. A stage's results travel as msgpack bytes, never
pickled. Probabilities and the statistics of the text travel with them: they outlast a changed codebook.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy.util
import srsly
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from outsource_nlp.annotate import layers, pipeline
from outsource_nlp.annotate.text_statistics import text_statistics
from outsource_nlp.records import fingerprint
from outsource_nlp.settings import PipelineSpec
from outsource_nlp.stance import Scorer

NAMES = ("entities", "quotations", "roles", "stance", "tabulate")
"""What follows the parse, in order; all but the last are components."""
STANCE = NAMES.index("stance")

BEGINS = {
    "annotate/speech/": "quotations", "annotate/components/quotations.py": "quotations",
    "data/cue_verbs.csv": "quotations", "data/speaker_words.csv": "quotations",
    "annotate/components/roles.py": "roles",
    "annotate/statements/": "stance", "annotate/components/stance.py": "stance", "stance/": "stance",
    "codebook.py": "stance", "data/codebook.toml": "stance", "data/stance/": "stance",
    "data/position_verbs.csv": "stance", "data/aims.csv": "stance", "data/stance_lexicon.csv": "stance",
    "annotate/text_statistics.py": "tabulate", "tabulate/": "tabulate",
}
"""The first stage that reads a file of the package; all others are read by the first stage or may be."""

SUFFIXES = frozenset({".py", ".csv", ".toml", ".onnx", ".json"})
ROOMS = ("annotate/", "stance/", "tabulate/", "data/", "codebook.py", "records.py")
"""What decides the rows of an article."""

_KEYS = {
    "entities": (layers.ENTITIES, layers.DOUBTS), "quotations": (layers.QUOTATIONS,), "roles": (layers.ROLES,),
    "stance": (layers.STATEMENTS, layers.STANCE),
}
_NOTHING: Mapping[str, Any] = {"marks": [], "scores": ["", []], "statistics": ["", ()]}
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What decides the parse, each stage after it (in the order of ``NAMES``), and what is kept besides.

    Attributes:
        scores: what decides the scorer's probabilities.
        statistics: what decides the statistics of a text.
    """

    parse: str
    stages: tuple[str, ...]
    scores: str
    statistics: str

    @property
    def rows(self) -> str:
        """What decides the rows of an article: that of the last stage."""
        return self.stages[-1]


def fingerprints(spec: PipelineSpec) -> Fingerprints:
    """The fingerprints under a spec, of the user's files as they are now; no model is loaded.

    Files that settings name count by their content: another path to the same codebook changes nothing.

    Raises:
        ConfigurationError, ModelError: the pipeline cannot be built.
    """
    parse = pipeline.parse_recipe(spec)
    config = spacy.util.load_config(pipeline.find_config(spec.pipeline))
    order = [part for part in config["nlp"]["pipeline"] if part in pipeline.OURS]
    usual = order == [f"outsource_{name}" for name in NAMES if f"outsource_{name}" in order]
    chain, before = [], parse
    for name in NAMES:
        block = config["components"].get(f"outsource_{name}", {})
        named = {"codebook": spec.codebook} if name == "stance" and spec.codebook else {}
        before = fingerprint(
            before=before, block=_told({**block, **named}) if f"outsource_{name}" in order else "",
            textacy=importlib.metadata.version("textacy") if name == "tabulate" else "",
            **{path: pipeline.own_file(path) for path in _files(name)},
        )
        chain.append(before)
    if not usual:       # a pipeline in an order of its own is one stage
        chain = [before] * len(NAMES)
    statistics = fingerprint(parse=parse, textacy=importlib.metadata.version("textacy"),
                             code=pipeline.own_file("annotate/text_statistics.py"))
    return Fingerprints(parse, tuple(chain), _of_scores(config), statistics)


def begins(path: str) -> str:
    """The first stage that a file of the package, ``room/name``, may change."""
    return next((stage for start, stage in BEGINS.items() if path.startswith(start)), NAMES[0])


def _files(stage: str) -> Iterator[str]:
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE).as_posix()
        if path.suffix in SUFFIXES and name.startswith(ROOMS) and begins(name) == stage:
            yield name


def _told(block: Mapping[str, Any]) -> str:
    """The settings of a component, with the content of a file in place of its name."""
    return repr([(key, [_content(one) for one in value] if isinstance(value, list) else _content(value))
                 for key, value in sorted(block.items())])


def _content(value: Any) -> Any:
    named = isinstance(value, str) and value and Path(value).is_file()
    return fingerprint(content=Path(value).read_bytes()) if named else value


def _of_scores(config: Any) -> str:
    scorer = config["components"].get("outsource_stance", {}).get("scorer", "")
    files = [name for name in _files("stance") if name.startswith(("stance/", "data/stance"))]
    versions = {name: importlib.metadata.version(name) for name in ("onnxruntime", "tokenizers", "numpy")}
    return fingerprint(scorer=str(scorer), **versions, **{name: pipeline.own_file(name) for name in files})


class Remembering:
    """A scorer that asks another one only what it does not know yet."""

    def __init__(self, scorer: Scorer) -> None:
        """Know nothing."""
        self.scorer = scorer
        self.known: dict[tuple[str, str], list[float]] = {}
        self.used: dict[tuple[str, str], list[float]] = {}

    @property
    def threshold(self) -> float:
        """See ``Scorer.threshold``."""
        return self.scorer.threshold

    def forget(self, known: dict[tuple[str, str], list[float]]) -> None:
        """Begin another article, of which this is known."""
        self.known, self.used = known, {}

    def predict(self, texts: Sequence[str], targets: Sequence[str]) -> NDArray[np.float64]:
        """See ``Scorer.predict``."""
        pairs = list(zip(texts, targets, strict=True))
        missing = [pair for pair in dict.fromkeys(pairs) if pair not in self.known]
        if missing:
            rows = self.scorer.predict([text for text, _ in missing], [target for _, target in missing])
            self.known.update(zip(missing, rows.tolist(), strict=True))
        self.used.update((pair, self.known[pair]) for pair in pairs)
        return np.array([self.known[pair] for pair in pairs], dtype=np.float64).reshape(len(pairs), 3)


class Staged:
    """A pipeline that runs our components from any stage on; built once a process."""

    def __init__(self, spec: PipelineSpec) -> None:
        """Build the pipeline of a spec."""
        self.annotator = pipeline.Annotator(spec)
        self.marks = fingerprints(spec)
        parts = dict(self.annotator.nlp.pipeline)
        usual = [f"outsource_{name}" for name in NAMES]
        order = [part for part in self.annotator.nlp.pipe_names if part in pipeline.OURS]
        self._parts = [(usual.index(part), parts[part]) for part in order]
        stance: Any = parts.get("outsource_stance")
        self._scores = Remembering(stance.scorer) if stance is not None else None
        if stance is not None:
            stance.scorer = self._scores

    def annotate(self, doc: Doc, kept: bytes = b"") -> tuple[int, bytes]:
        """Run what does not hold any more on a parsed Doc, and write the statistics of its text.

        Args:
            doc: parsed, without annotation of ours.
            kept: what an earlier call returned for the same parse; empty if there was none.

        Returns:
            The index in ``NAMES`` of the first stage that was run, and what to keep.
        """
        stored: Mapping[str, Any] = {**_NOTHING, **(srsly.msgpack_loads(kept) if kept else {})}
        first = self._restore(doc, stored)
        if stored["statistics"][0] == self.marks.statistics:
            doc.user_data[layers.STATISTICS] = stored["statistics"][1]
        else:
            layers.set_statistics(doc, text_statistics(doc))
        if self._scores is not None:
            same = stored["scores"][0] == self.marks.scores
            self._scores.forget({(text, target): row for text, target, row in stored["scores"][1]} if same else {})
        if first >= STANCE + 1:
            return first, _packed(doc, self.marks, stored["scores"][1])
        for stage, part in self._parts:
            if stage >= first:
                doc = part(doc)
        used = self._scores.used if self._scores is not None else {}
        return first, _packed(doc, self.marks, [(*pair, row) for pair, row in used.items()])

    def _restore(self, doc: Doc, stored: Mapping[str, Any]) -> int:
        """Put the results of the stages that hold on the Doc; the index of the first that does not."""
        pairs = zip(self.marks.stages, stored["marks"], strict=False)
        first = next((k for k, (now, then) in enumerate(pairs) if now != then), len(stored["marks"]))
        if first > 0:
            doc.spans[layers.MENTIONS] = [
                Span(doc, start, end, label=label, kb_id=entity, span_id=rule)
                for start, end, label, entity, rule in stored["spans"]
            ]
        for name in NAMES[:min(first, STANCE + 1)]:
            doc.user_data.update((key, stored["user"][key]) for key in _KEYS[name] if key in stored["user"])
        return first


def _packed(doc: Doc, marks: Fingerprints, scores: Sequence[Any]) -> bytes:
    keys = [key for each in _KEYS.values() for key in each]
    packed: bytes = srsly.msgpack_dumps({
        "marks": list(marks.stages),
        "spans": [(m.span.start, m.span.end, m.type, m.entity_id, m.rule) for m in layers.mentions(doc)],
        "user": {key: doc.user_data[key] for key in keys if key in doc.user_data},
        "scores": [marks.scores, list(scores)], "statistics": [marks.statistics, doc.user_data[layers.STATISTICS]],
    })
    return packed
