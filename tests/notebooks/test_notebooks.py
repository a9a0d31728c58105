"""The notebooks run from the first cell to the last, in a kernel of their own, and show what they promise."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
NOTEBOOKS = sorted(HERE.glob("*.ipynb"))
LONG, SHORT = "from_articles_to_a_figure", "components_in_your_own_pipeline"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[nbformat.NotebookNode, Path]]:
    """Each notebook after its run, and the folder it ran in."""
    done = {}
    for path in NOTEBOOKS:
        folder = tmp_path_factory.mktemp(path.stem)
        shutil.copytree(REPOSITORY / "corpus", folder / "corpus")
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
        done[path.stem] = notebook, folder
    return done


def shown(notebook: nbformat.NotebookNode, kind: str) -> list[str]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [output["data"][kind] for output in outputs if kind in output.get("data", {})]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs_that_could_grow_old(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)


def test_the_walk_ends_with_a_figure_and_a_release(run: dict[str, tuple[nbformat.NotebookNode, Path]]) -> None:
    notebook, folder = run[LONG]
    assert shown(notebook, "image/png")
    assert any("against</span></mark>" in html for html in shown(notebook, "text/html"))
    assert any("<b>13 articles</b> and 1 near-copy" in html for html in shown(notebook, "text/html"))
    for name in ("sides_by_kind.pdf", "sides_by_kind.png", "release.zip", "results/report.html"):
        assert (folder / name).stat().st_size > 5_000


def test_components_show_what_they_found(run: dict[str, tuple[nbformat.NotebookNode, Path]]) -> None:
    notebook, _ = run[SHORT]
    drawn = [html for html in shown(notebook, "text/html") if 'class="spans"' in html]
    assert len(drawn) == 2
    assert all("AGAINST" in html for html in drawn)
    assert any("Ada Lowe" in text and "against" in text for text in shown(notebook, "text/plain"))
