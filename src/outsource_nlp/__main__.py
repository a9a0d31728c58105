"""``python -m outsource_nlp`` is the command."""

from outsource_nlp.cli import main

main()
