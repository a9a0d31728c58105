"""Rows and parsed Docs in, one DuckDB file and its exports out; the only writer of a results folder.

DuckDB because a transaction is the unit that survives a kill, and because the people who read the tables can ask
them questions in SQL. What is in the file: ``main`` shows the tables of ``schema`` as people read them, ``article``
holds the rows as each article brought them, ``meta`` the bookkeeping.
"""

from outsource_nlp.store.asked import recall, remember
from outsource_nlp.store.database import FILE
from outsource_nlp.store.datapackage import datapackage
from outsource_nlp.store.export import write_text
from outsource_nlp.store.plan import Known, Plan, plan
from outsource_nlp.store.reader import Reader, open_for_reading
from outsource_nlp.store.seen import Seen, content_of
from outsource_nlp.store.select import Run
from outsource_nlp.store.writer import Writer, open_for_writing

__all__ = [
    "FILE", "Known", "Plan", "Reader", "Run", "Seen", "Writer", "content_of", "datapackage", "open_for_reading",
    "open_for_writing", "plan", "recall", "remember", "write_text",
]
