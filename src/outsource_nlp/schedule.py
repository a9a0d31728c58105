"""A command that runs every day, as the scheduler of a machine or of a repository wants it: text in, text out.

Nothing here runs a scheduler; ``install`` writes the files of systemd, or hands a crontab to ``crontab``. The command
stands in them with absolute paths, for schedulers know neither the current folder nor a virtual environment.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from outsource_nlp.errors import ConfigurationError

FORMATS = ("systemd", "cron", "github")
BUSY = 75
"""The exit code of a run that found another one at work; no failure to a scheduler."""
SOME_FAILED = 1
"""The exit code of a run that read all but some inputs; the log names them."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One analysis a day.

    Attributes:
        corpus, output: absolute paths.
        at: time of day, such as ``06:00``, in the machine's own time; in UTC where a repository runs it.
        options: more words for ``outsource-nlp analyze``; those that name files are made absolute.

    Raises:
        ConfigurationError: a time that is none, or a path that a scheduler cannot take.
    """

    corpus: Path
    output: Path
    at: str
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would fail at night."""
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.at):
            raise ConfigurationError.bad_setting("daily", self.at, "a time such as 06:00")
        for text in (str(self.corpus), str(self.output), *self.options):
            if "\n" in text:
                raise ConfigurationError.bad_setting("path", text, "a name without line breaks")

    @property
    def name(self) -> str:
        """Tells this schedule from others: made from the path of the results folder."""
        return "outsource-nlp-" + (re.sub(r"[^a-z0-9]+", "-", str(self.output).lower()).strip("-") or "results")

    @property
    def command(self) -> list[str]:
        """The command with absolute paths; it prints one line of JSON, for the log."""
        options = map(_absolute, self.options)
        return [*program(), "analyze", str(self.corpus), "--output", str(self.output), "--json", *options]


def program() -> list[str]:
    """The command itself, with absolute paths; scripts may have been installed apart from the interpreter."""
    script = Path(sys.executable).with_name("outsource-nlp")
    return [str(script)] if script.is_file() else [sys.executable, "-P", "-m", "outsource_nlp"]


def texts(schedule: Schedule, form: str) -> dict[str, str]:
    """The files that a scheduler reads, by name.

    Raises:
        ConfigurationError: no such format.
    """
    if form == "systemd":
        return {f"{schedule.name}.service": _service(schedule), f"{schedule.name}.timer": _timer(schedule)}
    if form == "cron":
        return {"crontab": _crontab(schedule)}
    if form == "github":
        return {".github/workflows/outsource-nlp.yml": _workflow(schedule)}
    raise ConfigurationError.bad_setting("format", form, " or ".join(FORMATS))


def install(schedule: Schedule, form: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Write the files where the user's systemd looks, or the line into the user's crontab, in place of an older one.

    Returns:
        What is left to do, as commands.

    Raises:
        ConfigurationError: nothing to install in that format, or the place cannot be written.
    """
    try:
        if form == "systemd":
            home = Path(environment.get("HOME", "~")).expanduser()
            folder = Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "systemd" / "user"
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in texts(schedule, form).items():
                (folder / name).write_text(text, encoding="utf-8")
            return ["systemctl --user daemon-reload", f"systemctl --user enable --now {schedule.name}.timer",
                    "loginctl enable-linger    # to run while you are not logged in"]
        if form == "cron":
            mark, lines = f"# {schedule.name}", _lines_of_crontab()
            kept = [line for k, line in enumerate(lines) if line != mark and (k == 0 or lines[k - 1] != mark)]
            new = "\n".join([*kept, *_crontab(schedule).splitlines()]) + "\n"
            subprocess.run(["crontab", "-"], input=new, text=True, check=True, capture_output=True)
            return []
    except OSError as error:
        raise ConfigurationError.not_installed(form, error.strerror or str(error)) from error
    except subprocess.CalledProcessError as error:
        raise ConfigurationError.not_installed(form, " ".join(error.stderr.split()) or str(error)) from error
    raise ConfigurationError.bad_setting("install", form, "systemd or cron; copy the printed text instead")


def _lines_of_crontab() -> list[str]:
    """The user's crontab as it is; one that cannot be read must not be taken for an empty one."""
    plain = os.environ | {"LC_ALL": "C"}
    listed = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False, env=plain)
    if listed.returncode and not re.search(r"no crontab|no such file", listed.stderr, re.IGNORECASE):
        listed.check_returncode()
    return [] if listed.returncode else listed.stdout.splitlines()


def _service(schedule: Schedule) -> str:
    command = " ".join(_of_systemd(word) for word in schedule.command)
    return f"""[Unit]
Description=Analyse {_percent(schedule.corpus.name)} with outsource-nlp

[Service]
Type=oneshot
ExecStart={command}
SuccessExitStatus={SOME_FAILED} {BUSY}
Nice=10
"""


def _timer(schedule: Schedule) -> str:
    return f"""[Unit]
Description=Every day at {schedule.at}: analyse {_percent(schedule.corpus.name)}

[Timer]
OnCalendar=*-*-* {schedule.at}:00
Persistent=true

[Install]
WantedBy=timers.target
"""


def _crontab(schedule: Schedule) -> str:
    hour, minute = schedule.at.split(":")
    folder, log = shlex.quote(str(schedule.output.parent)), shlex.quote(str(schedule.output) + ".log")
    command = f"mkdir -p {folder} && {shlex.join(schedule.command)} >>{log} 2>&1"
    return f"# {schedule.name}\n{int(minute)} {int(hour)} * * * {_of_cron(command)}\n"


def _workflow(schedule: Schedule) -> str:
    hour, minute = schedule.at.split(":")
    options = "".join(f" {shlex.quote(option)}" for option in schedule.options)
    corpus, output = _in_repository(schedule.corpus), _in_repository(schedule.output)
    return f"""name: outsource-nlp
on:
  schedule:
    - cron: "{int(minute)} {int(hour)} * * *"   # UTC
  push:
    paths: [{json.dumps(corpus + "/**")}]
  workflow_dispatch:
concurrency: outsource-nlp
jobs:
  analyze:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install outsource-nlp
      - uses: actions/cache@v4
        with:
          path: {json.dumps(output)}
          key: outsource-nlp-${{{{ github.run_id }}}}
          restore-keys: outsource-nlp-
      - name: Analyse; inputs that cannot be read do not stop it
        run: |
          code=0
          outsource-nlp analyze {shlex.quote(corpus)} --output {shlex.quote(output)} --json{options} || code=$?
          [ "$code" -le {SOME_FAILED} ]
      - uses: actions/upload-artifact@v4
        with:
          name: results
          path: |
            {output}/tables
            {output}/report.html
            {output}/run.json
"""


def _in_repository(path: Path) -> str:
    """The path as the repository that holds it sees it; its name alone where there is none."""
    roots = (folder for folder in path.parents if (folder / ".git").exists())
    root = next(roots, path.parent)
    return path.relative_to(root).as_posix()


def _absolute(word: str) -> str:
    """The word of a command; if it names a file, or is ``--option=FILE``, with the whole path of the file."""
    option, mark, name = word.rpartition("=")
    return f"{option}{mark}{Path(name).resolve()}" if Path(name).is_file() else word


def _of_systemd(word: str) -> str:
    """A word of ExecStart: percent, dollar, quotation marks and backslashes have a meaning there."""
    plain = _percent(word).replace("$", "$$")
    if re.fullmatch(r"[\w@%+=:,./$-]+", plain):
        return plain
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _of_cron(command: str) -> str:
    """A percent sign ends a command of a crontab."""
    return command.replace("%", "\\%")
