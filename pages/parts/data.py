"""What the pages ask of the database: opened, asked, closed at once, and remembered until the file changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from pandas import DataFrame

from etl import marts
from etl.store import open_read

Question = tuple[str, Mapping[str, Any]]
"""A mart's name and its parameters."""
_SHOWN = "_shown"


def stamp(db: Path) -> tuple[int, int] | None:
    """Tells one state of the file from another; None where there is no file."""
    try:
        state = db.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def shown(db: Path) -> None:
    """Note which state of the file the page that is being drawn is of."""
    st.session_state[_SHOWN] = (db, stamp(db))


def changed() -> bool:
    """Whether the file was changed since the page was drawn, of which only a part is drawn again now."""
    db, state = st.session_state.get(_SHOWN, (None, None))
    return db is not None and stamp(db) != state


def ask(db: Path, *questions: Question) -> list[DataFrame]:
    """The answers, one frame a question, from one opening of the file. Raises StoreError where it cannot be opened."""
    hashable = tuple((name, tuple(sorted(params.items()))) for name, params in questions)
    # Marts know what today is, so an answer holds within the hour.
    return _ask(str(db), stamp(db), datetime.now(UTC).strftime("%Y-%m-%d %H"), hashable)


@st.cache_data(show_spinner=False, max_entries=256)
def _ask(
    db: str, state: tuple[int, int] | None, hour: str, questions: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]
) -> list[DataFrame]:
    del state, hour  # they are there to be part of the cache's key
    with open_read(Path(db)) as con:
        return [marts.ask(con, name, **_given(params)).df() for name, params in questions]


def _given(params: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in params}
