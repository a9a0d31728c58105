"""What is printed for a scheduler works as printed, whatever the folders are called."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from outsource_nlp import schedule
from outsource_nlp.errors import ConfigurationError
from outsource_nlp.schedule import Schedule

COMMAND = str(Path(sys.executable).with_name("outsource-nlp"))
NAMES = ["corpus", "my corpus", "50% cut", 'the "old" one', "it's", "cash $HOME"]


@pytest.fixture(params=NAMES)
def planned(request: pytest.FixtureRequest, tmp_path: Path) -> Schedule:
    corpus = tmp_path / request.param
    corpus.mkdir()
    (corpus / "one.txt").write_text("Outsourcing the parks was a mistake.\n", encoding="utf-8")
    return Schedule(corpus, tmp_path / "out" / request.param, "06:05", ("--pipeline", "rules"))


def test_systemd_takes_the_units(planned: Schedule, tmp_path: Path) -> None:
    for name, text in schedule.texts(planned, "systemd").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in schedule.texts(planned, "systemd")]
    done = subprocess.run(["systemd-analyze", "verify", "--user", *units], capture_output=True, text=True, check=False,
                          env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)})
    complaints = [line for line in done.stderr.splitlines() if "outsource-nlp" in line]
    assert not complaints, done.stderr


def test_the_line_of_cron_runs_as_printed(planned: Schedule) -> None:
    mark, line = schedule.texts(planned, "cron")["crontab"].splitlines()
    assert mark.startswith("# outsource-nlp-")
    found = re.fullmatch(r"5 6 \* \* \* (.*)", line)
    assert found
    assert not re.search(r"(?<!\\)%", found[1])
    command = found[1].replace(r"\%", "%")      # as cron reads it
    done = subprocess.run(["/bin/sh", "-c", command], cwd="/", env={"HOME": "/", "PATH": "/usr/bin:/bin"}, check=False)
    log = Path(str(planned.output) + ".log").read_text(encoding="utf-8")
    assert done.returncode == 0, log
    assert json.loads(log)["articles"]["new"] == 1


def test_a_workflow_file_is_yaml_and_its_step_runs_at_the_top_of_the_repository(planned: Schedule, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (text,) = schedule.texts(planned, "github").values()
    found = yaml.safe_load(text)
    name = planned.corpus.name
    assert found[True]["schedule"] == [{"cron": "5 6 * * *"}]
    assert found[True]["push"]["paths"] == [f"{name}/**"]
    steps = found["jobs"]["analyze"]["steps"]
    assert [step["with"]["path"] for step in steps if "cache" in step.get("uses", "")] == [f"out/{name}"]
    assert steps[-1]["with"]["path"].splitlines()[0] == f"out/{name}/tables"
    (step,) = (step["run"] for step in steps if "analyze" in step.get("run", ""))
    done = subprocess.run(["/bin/sh", "-e", "-c", step], cwd=tmp_path, capture_output=True, text=True, check=False,
                          env={"HOME": "/", "PATH": f"{Path(COMMAND).parent}:/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / name / "run.json").is_file()


def test_a_corpus_in_no_repository_goes_by_its_name() -> None:
    (text,) = schedule.texts(Schedule(Path("/nowhere/r/corpus"), Path("/nowhere/r/results"), "06:05"), "github").values()
    assert "outsource-nlp analyze corpus --output results --json" in text


def test_two_results_folders_of_one_name_have_schedules_of_their_own() -> None:
    names = {Schedule(Path("/c"), Path(place), "06:00").name for place in ("/one/results", "/two/results")}
    assert names == {"outsource-nlp-one-results", "outsource-nlp-two-results"}


def test_options_that_name_files_hold_in_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    options = ("--codebook", "own.toml", "--pipeline=rules", "--codebook=own.toml")
    command = Schedule(Path("/c"), Path("/r"), "06:00", options).command
    assert command[-4:] == ["--codebook", str(tmp_path / "own.toml"), "--pipeline=rules", f"--codebook={tmp_path}/own.toml"]


def test_a_script_that_is_not_beside_the_interpreter_is_not_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert schedule.program() == [COMMAND]
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    assert schedule.program() == [str(tmp_path / "python3"), "-P", "-m", "outsource_nlp"]


def test_the_service_counts_unread_inputs_and_a_busy_folder_as_no_failure() -> None:
    text = schedule.texts(Schedule(Path("/c"), Path("/r"), "23:59"), "systemd")["outsource-nlp-r.service"]
    assert "SuccessExitStatus=1 75" in text


def test_units_are_written_where_the_user_keeps_them(tmp_path: Path) -> None:
    plan = Schedule(Path("/c"), Path("/r"), "06:00")
    left = schedule.install(plan, "systemd", {"HOME": str(tmp_path)})
    assert {path.name for path in (tmp_path / ".config/systemd/user").iterdir()} == {
        "outsource-nlp-r.service", "outsource-nlp-r.timer"}
    assert "systemctl --user enable --now outsource-nlp-r.timer" in left


def test_a_crontab_keeps_its_other_lines_and_has_ours_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = tmp_path / "tab"
    tab.write_text("# mine\n0 1 * * * true\n", encoding="utf-8")
    (tmp_path / "crontab").write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then cat {shlex.quote(str(tab))}; else cat > {shlex.quote(str(tab))}; fi\n')
    (tmp_path / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    for at in ("06:00", "07:30"):
        schedule.install(Schedule(Path("/c"), Path("/r"), at), "cron")
    lines = tab.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["# mine", "0 1 * * * true", "# outsource-nlp-r"]
    assert len(lines) == 4
    assert lines[3].startswith("30 7 * * * ")


def test_a_crontab_that_cannot_be_read_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crontab").write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then echo "try again later" >&2; exit 1; fi\ntouch {shlex.quote(str(tmp_path))}/written\n')
    (tmp_path / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(ConfigurationError, match=r"cron schedule cannot be installed \(try again later\)"):
        schedule.install(Schedule(Path("/c"), Path("/r"), "06:00"), "cron")
    assert not (tmp_path / "written").exists()


def test_a_first_crontab_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crontab").write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then echo "no crontab for me" >&2; exit 1; fi\ncat >{shlex.quote(str(tmp_path))}/tab\n')
    (tmp_path / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    schedule.install(Schedule(Path("/c"), Path("/r"), "06:00"), "cron")
    assert (tmp_path / "tab").read_text().startswith("# outsource-nlp-r\n0 6 * * * ")


@pytest.mark.parametrize("at", ["6:00", "24:00", "06:60", "noon", ""])
def test_a_time_that_is_none_is_refused(at: str) -> None:
    with pytest.raises(ConfigurationError, match="a time such as 06:00"):
        Schedule(Path("/c"), Path("/r"), at)


def test_an_unknown_format_and_a_workflow_to_install_are_refused() -> None:
    plan = Schedule(Path("/c"), Path("/r"), "06:00")
    with pytest.raises(ConfigurationError, match="systemd or cron or github"):
        schedule.texts(plan, "launchd")
    with pytest.raises(ConfigurationError, match="copy the printed text"):
        schedule.install(plan, "github")


def test_a_corpus_that_is_not_there_is_not_scheduled(tmp_path: Path) -> None:
    done = subprocess.run([COMMAND, "schedule", str(tmp_path / "none")], capture_output=True, text=True, check=False)
    assert (done.returncode, "no such file or folder" in done.stderr) == (2, True)


def test_the_command_prints_it(tmp_path: Path) -> None:
    done = subprocess.run([COMMAND, "schedule", str(tmp_path), "-o", str(tmp_path / "out"), "--daily", "06:00"],
                          capture_output=True, text=True, check=True)
    assert "OnCalendar=*-*-* 06:00:00" in done.stdout
    assert f"analyze {tmp_path}" in done.stdout
