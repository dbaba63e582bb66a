"""What every page shows: which practice, which days, which locations. Made once a run, by the shell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pages.parts.ink import Ink
from pages.parts.period import Period


@dataclass(frozen=True, slots=True)
class Facts:
    """The practice as it is stored: the mart `practice`, with days as dates and blanks as None."""

    name: str
    time_zone: str
    week_starts: str
    leadership_target: float | None
    covered_from: date | None
    covered_to: date | None
    log_first_day: date | None
    log_last_day: date | None
    today: date
    sources: int
    calendars: int
    logs: int
    unclassified_hours: float
    notice: str
    calendar_last_day: date | None = None
    """Of all that is counted of calendars, what is still to come included."""
    country: str = ""
    """Two letters (ISO 3166); empty where the practice does not say."""

    @property
    def loaded(self) -> bool:
        """True when there is counted time to show."""
        return self.covered_from is not None and self.covered_to is not None


@dataclass(frozen=True, slots=True)
class View:
    """`facts` and `period` are None while nothing is loaded; `locations` is None for all of them."""

    db: Path
    sample: bool
    ink: Ink
    facts: Facts | None = None
    period: Period | None = None
    locations: tuple[str, ...] | None = None
    all_locations: tuple[str, ...] = ()

    @property
    def span(self) -> dict[str, Any]:
        """The parameters of a mart that asks only for days."""
        these = self.days
        return {"from_day": these.from_day, "to_day": these.to_day}

    @property
    def where(self) -> dict[str, Any]:
        """The parameters of a mart that asks for days and locations."""
        return self.span | {"locations": self.locations}

    @property
    def trend(self) -> dict[str, Any]:
        """The parameters of a mart that tells it week by week, or in a long period month by month."""
        return self.where | {"grain": self.days.grain}

    @property
    def versus(self) -> dict[str, Any]:
        """The parameters of a mart that holds two periods against each other."""
        these = self.days
        return self.where | {"before_from": these.before_from, "before_to": these.before_to}

    @property
    def days(self) -> Period:
        """The period; a page that needs one is not run without."""
        if self.period is None:
            raise LookupError("no period while nothing is loaded")
        return self.period
