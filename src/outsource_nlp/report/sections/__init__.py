"""One file a section of the report: each reads the tables and gives what its part of the page shows."""
