"""What of a corpus must be worked on: the files as they are and the store's memory of them enter, articles leave.

A file that looks as it did when it was last read is not opened. One that is opened is known by its content, so a new
name, a new date or a copy costs no parse.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from outsource_nlp import ingest, store
from outsource_nlp.engines.limits import time_limit
from outsource_nlp.errors import InputError
from outsource_nlp.recipes import Recipes
from outsource_nlp.records import Article, Failure, fingerprint
from outsource_nlp.store import Known, Seen


class Intake:
    """One reading of a corpus.

    Attributes:
        contents: content of every article of the corpus that could be read so far, by article_id.
        files: what the files look like, for the next run.
        failures: what could not be read.
    """

    def __init__(
        self, known: Mapping[str, Known], files: Mapping[str, Seen], recipes: Recipes, *, open_all: bool,
        seconds: float,
    ) -> None:
        """Note what is stored; ``open_all`` trusts no file to be as it was, ``seconds`` limit the reading of each."""
        self.contents: dict[str, str] = {}
        self.files: dict[str, Seen] = {}
        self.failures: list[Failure] = []
        self._known, self._recipes, self._seconds = known, recipes, seconds
        self._seen: Mapping[str, Seen] = {} if open_all else files
        self._began = time.time_ns()
        self._of_file = _articles_of_files(known)
        self._parses = {k.content: article_id for article_id, k in known.items() if k.parse_recipe == recipes.parse}

    def wanted(self, sources: Iterable[ingest.Source]) -> Iterator[tuple[Article, str]]:
        """The articles that must be annotated, each with the id under which its parse is stored; "" if none is."""
        for source in sources:
            state = _state(source, self._recipes)
            if not self._holds(source, state):
                yield from self._read(source, state)

    def forget(self, failures: Iterable[Failure]) -> None:
        """Articles that could not be annotated are not in the tables; what failed is opened again next time."""
        for failure in failures:
            if failure.stage != "read":
                self.contents.pop(Article(path=failure.path, text="").article_id, None)
            for path in (failure.path, _file_of(failure.path)):
                self.files.pop(path, None)

    def _holds(self, source: ingest.Source, state: str) -> bool:
        """Whether the file is as it was, its articles are stored, and their rows hold; then it is noted as it was."""
        seen = self._seen.get(source.path)
        if seen is None or not seen.holds(state, source.mtime_ns):
            return False
        ids = self._of_file.get(source.path, ())
        stored = {article_id: self._known[article_id].content for article_id in ids}
        if seen.content != store.content_of(stored.items()):
            return False
        if any(self._known[article_id].recipe != self._recipes.rows for article_id in ids):
            return False
        self.contents |= stored
        self.files[source.path] = seen
        return True

    def _read(self, source: ingest.Source, state: str) -> Iterator[tuple[Article, str]]:
        found = {}
        for item in self._items(source):
            if isinstance(item, Failure):
                self.failures.append(item)
                continue
            self.contents[item.article_id] = found[item.article_id] = content = item.content
            before = self._known.get(item.article_id)
            if before is None or before.content != content or before.recipe != self._recipes.rows:
                same = before is not None and (before.content, before.parse_recipe) == (content, self._recipes.parse)
                yield item, item.article_id if same else self._parses.get(content, "")
        self.files[source.path] = Seen(state, self._began, store.content_of(found.items()))

    def _items(self, source: ingest.Source) -> list[Article | Failure]:
        try:
            with time_limit(self._seconds):
                return list(ingest.read([source]))
        except TimeoutError:
            return [Failure(source.path, "read", str(InputError.too_slow(f"{self._seconds:g}")))]


def _state(source: ingest.Source, recipes: Recipes) -> str:
    """What a file looks like from outside, with its row of ``articles.csv`` and what would read it."""
    facts = (source.size, source.mtime_ns, source.ctime_ns, source.inode, sorted(source.metadata.items()),
             source.problem, recipes.read)
    return fingerprint(facts=repr(facts))


def _articles_of_files(known: Mapping[str, Known]) -> Mapping[str, list[str]]:
    """The stored articles by the file that they came from."""
    found = defaultdict(list)
    for article_id, article in known.items():
        for path in {article.path, _file_of(article.path)}:
            found[path].append(article_id)
    return found


def _file_of(path: str) -> str:
    """The file of an article: the path of a record is that of its file, ``#`` and its number."""
    file, mark, number = path.rpartition("#")
    return file if mark and number.isdigit() else path
