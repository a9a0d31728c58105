"""Every error can be met, says what was seen, and ends with a way out."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from outsource_nlp import errors
from outsource_nlp.errors import OutsourceError

SOURCE = Path(errors.__file__).parent
CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, OutsourceError)]
WORDINGS = [(c, name) for c in CLASSES for name, method in vars(c).items() if isinstance(method, classmethod)]
SAMPLE = {"path": Path("x"), "known": ["a"], "seen": ["b"], "expected": ["c"], "size": 2, "limit": 1, "line": 3,
          "names": ["m"], "value": "v"}


def made(cls: type[OutsourceError], name: str) -> OutsourceError:
    method = getattr(cls, name)
    texts = {"seen", "expected"} if cls.__name__ in {"ModelError", "ResultsError", "InputError"} else set()
    arguments = {p: "t" if p in texts else SAMPLE.get(p, "t") for p in inspect.signature(method).parameters}
    error = method(**arguments)
    assert isinstance(error, cls)
    return error


@pytest.mark.parametrize(("cls", "name"), WORDINGS, ids=lambda x: x if isinstance(x, str) else x.__name__)
def test_every_wording_ends_with_a_way_out(cls: type[OutsourceError], name: str) -> None:
    assert "Hint: " in str(made(cls, name))
    assert "\n" not in str(made(cls, name))


@pytest.mark.parametrize(("cls", "name"), WORDINGS, ids=lambda x: x if isinstance(x, str) else x.__name__)
def test_every_wording_is_used(cls: type[OutsourceError], name: str) -> None:
    call = f"{cls.__name__}.{name}("
    assert any(call in path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")), f"nobody raises {call}"


def test_every_error_class_is_met_in_some_test() -> None:
    tests = "\n".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.rglob("test_*.py") if p.name != Path(__file__).name)
    assert [c.__name__ for c in CLASSES if c is not OutsourceError and f"raises({c.__name__}" not in tests] == []


def test_a_busy_folder_has_its_own_exit_code() -> None:
    assert errors.BusyError.exit_code == 75
    assert errors.CorpusError.exit_code == 2
