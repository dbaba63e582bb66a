"""What the pages ask of the database: opened, asked, closed at once, and remembered until the file changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from duckdb import DuckDBPyConnection
from pandas import DataFrame

from etl import marts
from etl.store import open_read
from etl.store.connection import another
from etl.store.gate import gate

Question = tuple[str, Mapping[str, Any]]
"""A mart's name and its parameters."""
Stamp = tuple[int, ...]
MOST_BYTES = 64_000_000
"""What the answers that are remembered may take, for all windows together."""
_SHOWN = "_shown"


def stamp(db: Path) -> Stamp | None:
    """Tells one state of the file from another; None where there is no file.

    On some disks all changes within two seconds have one time: the writes of this process are counted. The file is not opened
    for it: to close it again would drop the lock of who writes it just now.
    """
    try:
        state = db.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino, gate(db).writes


def quarter_hour(at: datetime) -> int:
    """In which an answer holds: marts know what today is, and in some zones midnight is not on the hour of UTC."""
    return int(at.timestamp()) // 900


def shown(db: Path) -> None:
    """Note which state of the file the page that is being drawn is of."""
    st.session_state[_SHOWN] = db, stamp(db)


def changed() -> bool:
    """Whether the file was changed since the page was drawn, of which only a part is drawn again now."""
    db, state = st.session_state.get(_SHOWN, (None, None))
    return db is not None and stamp(db) != state


def ask(db: Path, *questions: Question) -> list[DataFrame]:
    """The answers, one frame a question, from one opening of the file. Raises StoreError where it cannot be opened."""
    state = stamp(db), quarter_hour(datetime.now(UTC))
    keys = [_key(question) for question in questions]
    found = _known().of(str(db), state, keys)
    missing = {key: question for key, question in zip(keys, questions, strict=True) if key not in found}
    if missing:
        new = _answers(db, missing)
        if stamp(db) == state[0]:  # else nobody can say which of the two states they are of
            _known().keep(str(db), state, new)
        found |= new
    return [found[key].copy(deep=False) for key in keys]  # who changes one changes a copy: pandas copies on write


def _answers(db: Path, questions: Mapping[Hashable, Question]) -> dict[Hashable, DataFrame]:
    """Asked of one state of the file, two at a time: DuckDB works without Python's lock, and a second processor is there."""
    left = iter(questions.items())
    found: dict[Hashable, DataFrame] = {}

    def work(con: DuckDBPyConnection) -> None:
        for key, (name, params) in left:  # each is given to one of the two threads
            found[key] = marts.ask(con, name, **_given(params)).df()

    with open_read(db) as con:
        if len(questions) == 1:
            work(con)
        else:
            with another(con) as second, ThreadPoolExecutor(1) as beside:
                others = beside.submit(work, second)
                work(con)
                others.result()
    return found


@dataclass(slots=True)
class Answers:
    """The answers of the newest state of each file, the last asked for last; the first go when there are too many."""

    states: dict[str, Hashable] = field(default_factory=dict)
    frames: OrderedDict[tuple[str, Hashable], tuple[DataFrame, int]] = field(default_factory=OrderedDict)
    size: int = 0
    alone: threading.Lock = field(default_factory=threading.Lock)

    def of(self, db: str, state: Hashable, keys: Sequence[Hashable]) -> dict[Hashable, DataFrame]:
        """Those that are known. All of another state of this file are forgotten."""
        with self.alone:
            if self.states.get(db) != state:
                self.states[db] = state
                for old in [each for each in self.frames if each[0] == db]:
                    self._drop(old)
            there = [key for key in keys if (db, key) in self.frames]
            for key in there:
                self.frames.move_to_end((db, key))
            return {key: self.frames[db, key][0] for key in there}

    def keep(self, db: str, state: Hashable, new: Mapping[Hashable, DataFrame]) -> None:
        """Remember these, unless the file was changed meanwhile."""
        sizes = {key: int(frame.memory_usage(deep=True).sum()) for key, frame in new.items()}
        with self.alone:
            if self.states.get(db) != state:
                return
            for key, frame in new.items():
                self._drop((db, key))
                self.frames[db, key] = frame, sizes[key]
                self.size += sizes[key]
            while self.size > MOST_BYTES:
                self._drop(next(iter(self.frames)))

    def _drop(self, key: tuple[str, Hashable]) -> None:
        _, size = self.frames.pop(key, (None, 0))
        self.size -= size


@st.cache_resource(show_spinner=False)
def _known() -> Answers:
    return Answers()


def _key(question: Question) -> Hashable:
    name, params = question
    return name, tuple(sorted((key, tuple(value) if isinstance(value, list) else value) for key, value in params.items()))


def _given(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in params.items()}
