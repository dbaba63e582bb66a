"""Titles that wait for a role: from the table's edits to answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.changes import Answer
from pages.parts.ink import ROLE_NAMES

FILED_AS = {ROLE_NAMES[role]: role for role in ("leadership", "management", "clinical", "personal")}


def answers(titles: Sequence[str], edited: Sequence[Mapping[str, Any]]) -> tuple[list[Answer], int]:
    """The rows that were given a role, and how many were given something else but no role.

    The n-th edited row is about the n-th title: what stands in the table is for the eye.
    """
    found, roleless = [], 0
    for title, row in zip(titles, edited, strict=True):
        role, activity, location = (str(row[name] or "").strip() for name in ("Role", "Activity", "Location"))
        if role:
            found.append(Answer(title, FILED_AS[role], activity, location))
        elif activity or location:
            roleless += 1
    return found, roleless
