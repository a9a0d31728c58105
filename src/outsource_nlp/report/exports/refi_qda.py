"""The results for NVivo, ATLAS.ti, MAXQDA and QualCoder: a REFI-QDA project with coded passages, and its codebook.

Every statement and quotation becomes a coded selection in the article it stands in. Offsets count Unicode characters
from 0, the end not included, as in the tables. GUIDs are made from our ids, so that equal tables give equal files.
Reference: REFI-QDA standard 1.5, 2019, namespaces urn:QDA-XML:codebook:1.0 and urn:QDA-XML:project:1.0.
"""

from __future__ import annotations

import io
import itertools
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import duckdb

from outsource_nlp.report.exports.codes import Code, codes
from outsource_nlp.report.exports.source import BATCH, About, legal
from outsource_nlp.schema import LIST_SEPARATOR

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
NAMESPACE = uuid.UUID("7f1e6d0a-52b3-4b8e-9b53-3c1f0a7d9e21")
"""Ours alone; a GUID is made from it and an id of ours."""
NAME = "Statements on outsourcing"
VARIABLES = ("title", "publisher", "kind", "authors", "published", "stance", "copy_of")
"""What is told of each article, as variables of its source."""
LONGEST_NAME = 80
STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: equal tables give equal bytes."""

SELECTIONS = """SELECT d.article_id, x.id, x."start", x."end", x.words, x.told, x.single, x.arguments, x.services
    FROM main.documents d JOIN (
        SELECT article_id, statement_id AS id, "start", "end", evidence AS words,
               'holder: ' || coalesce(nullif(holder, ''), 'unknown') || '; certainty: ' || round(certainty, 2) AS told,
               ['side=' || stance, 'voice=' || voice, 'holder=' || holder_type, 'target=' || target] AS single,
               coalesce(aspects, '') AS arguments, coalesce(services, '') AS services
        FROM main.statements
        UNION ALL
        SELECT article_id, quotation_id, "start", "end", text,
               'speaker: ' || coalesce(nullif(speaker, ''), 'unknown') || '; cue: ' || coalesce(cue, ''),
               ['quotation=' || mode], '', '' FROM main.quotations) x USING (article_id)
    ORDER BY d.path, d.article_id, x."start", x."end", x.id"""


class Xml:
    """An XML file written as it goes along; text and attributes are escaped, forbidden characters replaced."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Begin the document."""
        self._out = XMLGenerator(io.TextIOWrapper(stream, "utf-8", newline="\n", write_through=True), "utf-8",
                                 short_empty_elements=True)
        self._out.startDocument()

    @contextmanager
    def inside(self, tag: str, **attributes: str) -> Iterator[None]:
        """An element around what the block writes."""
        self._out.startElement(tag, AttributesImpl({name: legal(value) for name, value in attributes.items()}))
        yield
        self._out.endElement(tag)

    def element(self, tag: str, text: str = "", **attributes: str) -> None:
        """An element with text only, or with nothing."""
        with self.inside(tag, **attributes):
            if text:
                self._out.characters(legal(text))


def guid(kind: str, key: str) -> str:
    """The GUID of a thing of ours."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{key}")).upper()


def write(connection: duckdb.DuckDBPyConnection, paths: tuple[Path, ...], about: About) -> None:
    """Write the project (an archive of ``project.qde`` and the texts) and the codebook beside it."""
    project, codebook = paths
    found = codes(connection, about.codebook)
    with zipfile.ZipFile(project, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_entry("project.qde"), "w", force_zip64=True) as stream:
            _project(Xml(stream), connection, found, about)
        for article_id, text in _batches(connection, "SELECT article_id, text FROM main.texts ORDER BY article_id"):
            name = f"Sources/{guid('article', article_id)}.txt"
            archive.writestr(_entry(name), text.replace("\r", "\n").encode())
    with codebook.open("wb") as stream:
        xml = Xml(stream)
        with xml.inside("CodeBook", xmlns=CODEBOOK, origin=f"outsource-nlp {about.version}"):
            _codes(xml, found)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _batches(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[Any]:
    with connection.cursor() as cursor:
        found = cursor.execute(query)
        while batch := found.fetchmany(BATCH):
            yield from batch


def _project(xml: Xml, connection: duckdb.DuckDBPyConnection, found: Iterable[Code], about: About) -> None:
    user = guid("user", "outsource-nlp")
    groups = itertools.groupby(_batches(connection, SELECTIONS), key=lambda row: row[0])
    at, rows = next(groups, ("", iter(())))
    with xml.inside("Project", xmlns=PROJECT, name=NAME, origin=f"outsource-nlp {about.version}",
                    creatingUserGUID=user):
        with xml.inside("Users"):
            xml.element("User", guid=user, name=f"outsource-nlp {about.version}")
        with xml.inside("CodeBook"):
            _codes(xml, found)
        with xml.inside("Variables"):
            for name in VARIABLES:
                xml.element("Variable", guid=guid("variable", name), name=name, typeOfVariable="Text")
        documents = _batches(connection, "SELECT article_id, path, " + ", ".join(VARIABLES)
                             + " FROM main.documents ORDER BY path, article_id")
        first = next(documents, None)
        if first is None:
            return
        with xml.inside("Sources"):
            for article_id, path, *values in itertools.chain([first], documents):
                here = rows if at == article_id else ()
                _source(xml, article_id, path, values, here, user)
                if at == article_id:
                    at, rows = next(groups, ("", iter(())))


def _source(xml: Xml, article_id: str, path: str, values: list[str | None], rows: Iterable[Any], user: str) -> None:
    key = guid("article", article_id)
    with xml.inside("TextSource", guid=key, name=path, plainTextPath=f"internal://{key}.txt", creatingUser=user):
        for _, row_id, start, end, words, told, single, arguments, services in rows:
            named = [*single, *(f"argument={name}" for name in arguments.split(LIST_SEPARATOR) if name),
                     *(f"service={name}" for name in services.split(LIST_SEPARATOR) if name)]
            title = " ".join((words or "").split())[:LONGEST_NAME]
            with xml.inside("PlainTextSelection", guid=guid("selection", row_id), name=title,
                            startPosition=str(start), endPosition=str(end), creatingUser=user):
                xml.element("Description", f"{row_id}; {told}")
                for name in named:
                    with xml.inside("Coding", guid=guid("coding", f"{row_id}:{name}"), creatingUser=user):
                        xml.element("CodeRef", targetGUID=guid("code", name))
        for name, value in zip(VARIABLES, values, strict=True):
            if value:
                with xml.inside("VariableValue"):
                    xml.element("VariableRef", targetGUID=guid("variable", name))
                    xml.element("TextValue", value)


def _codes(xml: Xml, found: Iterable[Code]) -> None:
    with xml.inside("Codes"):
        for code in found:
            _code(xml, code)


def _code(xml: Xml, code: Code) -> None:
    colour: Mapping[str, str] = {"color": code.colour} if code.colour else {}
    with xml.inside("Code", guid=guid("code", code.key), name=code.name,
                    isCodable="false" if code.parts else "true", **colour):
        if code.meaning:
            xml.element("Description", code.meaning)
        for part in code.parts:
            _code(xml, part)
