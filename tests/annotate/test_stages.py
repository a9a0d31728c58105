"""A change of a file redoes the stages that depend on it, and no stage reads a file that is said to come later."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

import outsource_nlp
from outsource_nlp.annotate import stages
from outsource_nlp.settings import PipelineSpec

PACKAGE = Path(outsource_nlp.__file__).parent


def imported_by(name: str, seen: set[str] | None = None) -> set[str]:
    """The files of the package that a file of it imports, directly or not."""
    seen = set() if seen is None else seen
    if name in seen:
        return seen
    seen.add(name)
    for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
        modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)] if (
            isinstance(node, ast.ImportFrom) and node.module) else []
        for module in modules:
            path = module.removeprefix("outsource_nlp").strip(".").replace(".", "/")
            for candidate in (f"{path}.py", f"{path}/__init__.py"):
                if module.startswith("outsource_nlp.") and (PACKAGE / candidate).is_file():
                    imported_by(candidate, seen)
    return seen


@pytest.mark.parametrize("stage", stages.NAMES[:-1])
def test_no_stage_imports_what_begins_later(stage: str) -> None:
    for name in imported_by(f"annotate/components/{stage}.py"):
        if name.startswith(stages.ROOMS):
            assert stages.NAMES.index(stages.begins(name)) <= stages.NAMES.index(stage), name


@pytest.mark.parametrize("stage", stages.NAMES[:-1])
def test_no_stage_names_a_data_file_that_begins_later(stage: str) -> None:
    texts = "".join((PACKAGE / name).read_text(encoding="utf-8") for name in imported_by(f"annotate/components/{stage}.py"))
    for path in (PACKAGE / "data").iterdir():
        if f'"{path.name}"' in texts:
            assert stages.NAMES.index(stages.begins(f"data/{path.name}")) <= stages.NAMES.index(stage), path.name


@pytest.mark.parametrize("start", stages.BEGINS)
def test_every_place_that_is_named_is_there(start: str) -> None:
    assert (PACKAGE / start).exists(), start


def test_a_codebook_changes_stance_and_what_follows(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[targets]]\nname = "parks"\nside = 1\npatterns = ["park*"]\n', encoding="utf-8")
    shipped, changed = (stages.fingerprints(PipelineSpec("rules", codebook)) for codebook in ("", str(own)))
    differ = [one != other for one, other in zip(shipped.stages, changed.stages, strict=True)]
    assert differ == [False, False, False, True, True]
    assert (shipped.parse, shipped.scores) == (changed.parse, changed.scores)


def test_a_file_that_is_named_counts_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[targets]]\nname = "parks"\nside = 1\npatterns = ["park*"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    before = stages.fingerprints(PipelineSpec("rules", str(own)))
    assert stages.fingerprints(PipelineSpec("rules", "own.toml")) == before
    own.write_text(own.read_text(encoding="utf-8").replace("park*", "bin*"), encoding="utf-8")
    assert stages.fingerprints(PipelineSpec("rules", "own.toml")).rows != before.rows


def test_a_pipeline_in_another_order_is_one_stage(tmp_path: Path) -> None:
    text = stages.pipeline.find_config("rules").read_text(encoding="utf-8")
    one, other = '"outsource_entities"', '"outsource_quotations"'
    order = text.replace(one, "X", 1).replace(other, one, 1).replace("X", other, 1)
    (tmp_path / "own.cfg").write_text(order, encoding="utf-8")
    assert len(set(stages.fingerprints(PipelineSpec(str(tmp_path / "own.cfg"))).stages)) == 1


class Counting:
    threshold = 0.5

    def __init__(self) -> None:
        self.asked: list[str] = []

    def predict(self, texts: list[str], targets: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[0.1, 0.2, 0.7]] * len(texts)).reshape(len(texts), 3)


def test_a_scorer_is_asked_what_is_not_known_yet_and_once() -> None:
    inner = Counting()
    scorer = stages.Remembering(inner)
    scorer.forget({("a", "t"): [0.5, 0.25, 0.25]})
    found = scorer.predict(["a", "b", "b"], ["t", "t", "t"])
    assert inner.asked == ["b"]
    assert found.tolist() == [[0.5, 0.25, 0.25], [0.1, 0.2, 0.7], [0.1, 0.2, 0.7]]
    assert set(scorer.used) == {("a", "t"), ("b", "t")}
    assert scorer.predict([], []).shape == (0, 3)
