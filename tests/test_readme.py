"""What the README promises runs as printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from outsource_nlp.cli import app
from outsource_nlp.results import open_results
from outsource_nlp.schema import TABLES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


def after(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", README, flags=re.DOTALL)
    assert found, mark
    return found[1]


def test_the_first_command_is_one_line_and_ends_with_the_main_job() -> None:
    assert "\n" not in after("first-command")
    assert after("first-command").endswith("outsource-nlp analyze corpus/ --output results")


def test_the_second_command_is_one_line_and_runs_the_tests() -> None:
    assert "\n" not in after("second-command")
    assert after("second-command").endswith("pytest")


@pytest.mark.parametrize("code", BLOCKS, ids=lambda code: code.strip().splitlines()[0])
def test_every_python_example_runs(code: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, "example.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_is_in_the_readme() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"outsource-nlp {name}" in README, name


def test_every_exported_table_is_in_the_readme() -> None:
    for table in TABLES.values():
        assert not table.exported or f"`{table.name}`" in README, table.name


def test_every_file_that_the_readme_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_every_exit_code_is_in_the_readme() -> None:
    for code in (0, 1, 2, 75):
        assert f"| {code} |" in README


def test_the_readme_counts_the_stances_that_writers_meant(shipped: Path) -> None:
    table = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    meant = dict(re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([\w-]+) \|", table, flags=re.MULTILINE))
    seen = open_results(shipped).documents.set_index("path")["stance"].to_dict()
    assert meant.keys() == seen.keys()
    unsided = {"mixed": "neutral"}
    right = sum(unsided.get(meant[p], meant[p]) == unsided.get(seen[p], seen[p]) for p in meant)
    words = {7: "Seven", 8: "Eight", 9: "Nine", 10: "Ten", 11: "Eleven", 12: "Twelve"}
    assert f"{words[right]} of these fourteen stances" in README
