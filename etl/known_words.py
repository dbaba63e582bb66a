"""The words that a line or a title can name: the practice's locations, and what was written down before."""

import duckdb

from etl import marts
from etl.practice import Practice
from etl.transform.one_line import Vocabulary


def known_words(con: duckdb.DuckDBPyConnection | None, practice: Practice) -> Vocabulary:
    """The locations with their other words; who asked and about what before, the most usual first (none without a database)."""
    said = marts.ask(con, "log_words").fetchall() if con else []
    askers, topics = ([str(words) for kind, words, _ in said if kind == wanted] for wanted in ("asker", "topic"))
    return Vocabulary({each.name: each.aliases for each in practice.locations}, askers, topics)
