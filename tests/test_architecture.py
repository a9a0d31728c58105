"""The house rules that tools can check: imports, start-up, printing, size."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "outsource_nlp"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_MODULE = 300
LONGEST_FUNCTION = 60


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def loaded_by(*arguments: str) -> set[str]:
    code = f"import sys; sys.argv[1:] = {list(arguments)!r}\n" + (
        "from outsource_nlp.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stderr.splitlines()}


def test_help_loads_nothing_heavy() -> None:
    assert not loaded_by("--help") & {"spacy", "pandas", "numpy", "duckdb", "textacy", "scipy", "onnxruntime"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, outsource_nlp; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"spacy", "pandas", "numpy", "duckdb"} & set(done.stdout.split())


def test_imports_point_to_the_right() -> None:
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=SOURCE.parents[1], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_prints_but_through_typer(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    printing = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]
    assert not printing


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_are_short_enough_to_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE or path.name == "schema.py"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_is_pickled_and_no_extension_is_set(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "set_extension" not in text
    assert "import pickle" not in text
