"""What the README promises runs as printed."""

from __future__ import annotations

import re
import shlex
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
    assert after("second-command").split(" && ")[-1].startswith("pytest")


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
    right = sum(meant[path] == seen[path] for path in meant)
    words = {7: "Seven", 8: "Eight", 9: "Nine", 10: "Ten", 11: "Eleven", 12: "Twelve"}
    assert f"{words[right]} of these fourteen stances" in README


def test_the_first_screen_counts_the_statements_that_are_found(shipped: Path) -> None:
    statements = open_results(shipped).statements
    counts = statements["stance"].value_counts()
    sides = ", ".join(f"{counts[side]} {side}" for side in ("for", "against", "neutral", "unclear"))
    assert f"Statements    {len(statements)} on the target: {sides}\n" in README
    example = re.search(r"^Next +outsource-nlp explain results (\w+)$", README, flags=re.MULTILINE)
    assert example is not None
    assert example[1] in set(statements["statement_id"])


PRINTED = re.compile(r"(<!-- printed -->\n```text\n\$ outsource-nlp ([^\n]+)\n)(.*?)```", flags=re.DOTALL)


def printed(command: str, results: Path) -> str:
    arguments = [str(results) if part == "results" else part for part in shlex.split(command)]
    done = subprocess.run([Path(sys.executable).with_name("outsource-nlp"), *arguments], capture_output=True, text=True,
                          check=True)
    return done.stdout


def test_comparisons_print_what_the_readme_shows(shipped: Path, pytestconfig: pytest.Config) -> None:
    fresh = PRINTED.sub(lambda m: m[1] + printed(m[2], shipped) + "```", README)
    if pytestconfig.getoption("--update-golden"):
        (ROOT / "README.md").write_text(fresh, encoding="utf-8")
    assert PRINTED.search(README)
    assert fresh.splitlines() == (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


def test_every_number_of_the_results_paragraph_is_printed_by_a_command_above_it() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    before, _, after_it = text.partition("<!-- paragraph -->")
    paragraph, _, _ = after_it.partition("<!-- end of paragraph -->")
    figures = re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?: \[[^\]]+\])?", paragraph)
    shown = re.sub(r" +", " ", " ".join(m[3] for m in PRINTED.finditer(before)))
    assert len(figures) > 15
    assert [f for f in figures if not re.search(rf"(?<![\w.]){re.escape(f)}(?![\w.])", shown)] == []
