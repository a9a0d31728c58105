"""Path in, Article out.

``discover`` lists the files of a corpus with their rows of ``articles.csv`` and opens none of them but that
one; ``read`` turns them into articles, one file at a time. The two are apart so that a re-run can look at
sizes and times before it reads anything. Whatever cannot be read leaves as a ``Failure``, never as a
traceback.
"""

from outsource_nlp.ingest.laying_out import lay_out
from outsource_nlp.ingest.reading import read
from outsource_nlp.ingest.sources import Source, discover

__all__ = ["Source", "discover", "lay_out", "read"]
