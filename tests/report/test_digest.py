"""What changed and what ran, as text."""

from __future__ import annotations

from outsource_nlp.report import digest


def test_what_a_cut_off_run_never_wrote_is_left_empty() -> None:
    runs = [{"run_id": "run-0001", "end": "cut off", "new": None, "seconds": None},
            {"run_id": "run-0002", "end": "complete", "new": 3, "seconds": 1.5}]
    first, second = digest.history(runs).splitlines()[1:]
    assert first.split() == ["run-0001", "cut", "off"]
    assert second.split() == ["run-0002", "complete", "3", "1.500"]
