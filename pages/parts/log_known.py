"""What the Log page knows before anything is typed: the practice's clock and locations, who asked about what, the watch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from etl import changes, logbook, watch
from etl.practice import default_text, parse
from etl.practice_checks import zones
from etl.transform.one_line import Vocabulary
from pages.parts import data, frames
from pages.parts.view import View


@dataclass(frozen=True, slots=True)
class Known:
    """`running`: when the watch was started, by the practice's clock; None where none runs. `usual_minutes` and
    `working_spans` are as in the practice."""

    zone: ZoneInfo
    vocabulary: Vocabulary
    running: datetime | None
    name: str = ""
    usual_minutes: float = 5.0
    working_spans: tuple[tuple[int, int, int], ...] = ()

    @property
    def locations(self) -> tuple[str, ...]:
        """The practice's own, in its order."""
        return tuple(self.vocabulary.locations)

    def now(self) -> datetime:
        """By the practice's clock."""
        return datetime.now(self.zone)


def known(view: View) -> Known:
    """As stored now. Raises StoreError where the file cannot be read."""
    beside = view.db.with_name("practice.toml")
    return _known(str(view.db), data.stamp(view.db), data.stamp(beside), _clock(view))


@st.cache_data(show_spinner=False, max_entries=16)
def _known(db: str, state: object, practice: object, clock: str) -> Known:
    del state, practice  # they are there to be part of the cache's key
    file = Path(db)
    practice = parse(changes.practice_text(file))
    zone = ZoneInfo(clock or practice.time_zone)
    running = watch.running(file)
    return Known(
        zone,
        logbook.vocabulary(file),
        running.astimezone(zone) if running else None,
        practice.name,
        practice.usual_minutes,
        practice.working_spans,
    )


def asked(view: View) -> tuple[list[dict[str, Any]], ...]:
    """The usual pairs, what is not named yet, and what looks logged twice: rows of their marts, asked in one go."""
    names = ("usual_pairs", "log_unnamed", "log_twice")
    if data.stamp(view.db) is None:
        return tuple([] for _ in names)
    return tuple(frames.records(found) for found in data.ask(view.db, *((name, {}) for name in names)))


def begin(view: View) -> None:
    """Before the first entry of all: let the practice's clock be the one of this browser, where nobody has said another."""
    clock = _clock(view)
    if clock:
        changes.use_practice(view.db, default_text(clock), write_file=False)


def _clock(view: View) -> str:
    """The browser's time zone where nothing is stored yet and no practice.toml says one; else ""."""
    if view.db.exists() or view.db.with_name("practice.toml").exists():
        return ""
    clock = st.context.timezone or ""
    return clock if clock in zones() else ""
