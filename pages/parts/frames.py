"""From a mart's frame to what a picture or a sentence takes: plain numbers under plain names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from numpy import ndarray
from pandas import NA, DataFrame

from pages.parts.charts_week import Off, Week
from pages.parts.format import empty


def by(frame: DataFrame, key: str, value: str, **only: Any) -> dict[str, float]:
    """`{key: value}` in the frame's order, of the rows where each column of `only` has its value; blanks are left out."""
    return {
        str(name): float(amount) for name, amount in zip(*_columns(frame, (key, value), only), strict=True) if not empty(amount)
    }


def weeks(frame: DataFrame, **only: Any) -> list[Week]:
    """The weeks or months of a trend, in order, as (first day, hours, finished)."""
    found = _columns(frame, ("begins", "hours", "finished"), only)
    return sorted((begins.date(), float(amount), bool(done)) for begins, amount, done in zip(*found, strict=True))


def off(frame: DataFrame) -> Off:
    """The bars of a trend that have working days off, by their first day: how many, and the target that is left of a week."""
    rows = frame[frame["days_off"] > 0]
    targets = rows["target"].tolist() if "target" in rows else [None] * len(rows)
    found: dict[date, tuple[int, float | None]] = {}
    for begins, days, role, target in zip(rows["begins"], rows["days_off"], rows["role"], targets, strict=True):
        if role == "leadership":
            found[begins.date()] = (int(days), one(target))
    return found


def location_weeks(frame: DataFrame) -> tuple[dict[str, dict[str, list[Week]]], dict[str, list[Week]]]:
    """The weeks or months of each location by role, and those of all its working roles together."""
    by_role: dict[str, dict[str, list[Week]]] = {}
    together: dict[str, list[Week]] = {}
    columns = ("location", "role", "begins", "hours", "location_hours", "finished")
    for name, role, begins, amount, all_roles, whole in zip(*_columns(frame, columns, {}), strict=True):
        by_role.setdefault(name, {}).setdefault(role, []).append((begins.date(), float(amount), bool(whole)))
        if role == "leadership":
            together.setdefault(name, []).append((begins.date(), float(all_roles), bool(whole)))
    return by_role, together


def names(frame: DataFrame, column: str, order: str | None = None) -> list[str]:
    """The distinct values of a column, in the frame's order or in that of another column."""
    rows = frame.sort_values(order) if order else frame
    return [str(name) for name in rows[column].drop_duplicates()]


def first(frame: DataFrame, column: str) -> float:
    """A number that stands the same on every row, 0 where it is blank or no row is there."""
    return 0.0 if frame.empty or empty(frame[column].iloc[0]) else float(frame[column].iloc[0])


def one(value: Any) -> float | None:
    """A number, or None for a blank."""
    return None if empty(value) else float(value)


def records(frame: DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries, blanks as None, lists as lists: pandas has them as arrays, which no comparison takes for one."""
    names = list(frame)
    columns = [map(_plain, frame[name].tolist()) for name in names]  # pandas' own way to rows takes twice as long
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, ndarray):
        return value.tolist()
    return None if value is NA or empty(value) else value


def _columns(frame: DataFrame, wanted: Iterable[str], only: dict[str, Any]) -> list[list[Any]]:
    for column, value in only.items():
        frame = frame[frame[column] == value]
    return [frame[column].tolist() for column in wanted]
