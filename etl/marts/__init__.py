"""One .sql file per question; pages, report, exports and tests read the same."""

import functools
import re
from pathlib import Path
from typing import Any

import duckdb

_FOLDER = Path(__file__).parent
_PART = re.compile(r"^-- part (\w+)$", re.MULTILINE)
"""The line of a question where common table expressions stand that it shares with others."""


def ask(con: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> duckdb.DuckDBPyConnection:
    """The answer of one mart: fetch it with `.fetchall()` (no pandas needed) or `.df()`.

    Raises TypeError where a parameter that the question needs is missing, or one it does not know is given.
    """
    sql, wanted = _question(name)
    if wanted != parameters.keys():
        raise TypeError(f"the mart {name} takes {sorted(wanted)}, not {sorted(parameters)}")
    return con.execute(sql, parameters) if parameters else con.execute(sql)


def rows(con: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """The answer of one mart, a dictionary a row."""
    answer = ask(con, name, **parameters)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def parameters(name: str) -> frozenset[str]:
    """What a mart has to be asked with, that of its parts included."""
    return _question(name)[1]


@functools.cache
def _question(name: str) -> tuple[str, frozenset[str]]:
    sql = _PART.sub(lambda line: _part(line[1]), (_FOLDER / f"{name}.sql").read_text("utf-8"))
    code = re.sub(r"--[^\n]*", "", sql)
    return sql, frozenset(re.findall(r"\$([a-z_]+)", code))


def _part(name: str) -> str:
    return (_FOLDER / "parts" / f"{name}.sql").read_text("utf-8")
