"""Which days a picture is about, and which days it is held against.

Periods end where the counted time ends (never in the future). A week that is not over is never held against a
whole one: `This week` compares with the same days of the week before, and `4 weeks` are the last four finished ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = {"4 weeks": 4, "13 weeks": 13, "26 weeks": 26, "52 weeks": 52}
THIS, LAST, ALL, BETWEEN = "This week", "Last week", "All", "Between two days"
PRESETS = (THIS, LAST, *WEEKS, ALL, BETWEEN)
DEFAULT = "4 weeks"
SLACK = timedelta(days=2)
"""Owners have weekends: a week whose first or last two days hold nothing is still covered."""


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive days; `before_*` are None where nothing covers the time before."""

    preset: str
    from_day: date
    to_day: date
    before_from: date | None = None
    before_to: date | None = None
    so_far: bool = False

    @property
    def days(self) -> int:
        return (self.to_day - self.from_day).days + 1

    @property
    def each_week(self) -> str:
        """` a week` behind an average; empty for less than a week, which is never scaled up."""
        return " a week" if self.days >= 7 else ""

    @property
    def whole_weeks(self) -> int:
        """How many weeks these days are, 0 when they are no whole weeks."""
        return self.days // 7 if self.days % 7 == 0 else 0


def week_start(day: date, week_starts: str) -> date:
    """The first day of the week that `day` is in; weeks start on "monday" or "sunday"."""
    return day - timedelta(days=(day.weekday() + (week_starts == "sunday")) % 7)


def finished_until(today: date, last_day: date, week_starts: str) -> date:
    """The last day of the last week that is over and that the counted time covers."""
    end = week_start(today, week_starts) - timedelta(days=1)
    while end - SLACK > last_day:
        end -= timedelta(days=7)
    return end


def period(
    preset: str,
    *,
    today: date,
    first_day: date,
    last_day: date,
    week_starts: str = "monday",
    between: tuple[date, date] | None = None,
) -> Period:
    """The days of a preset. `first_day` and `last_day` are the first and last counted days up to today."""
    anchor = min(today, last_day)
    if preset == BETWEEN and between:
        first, last = sorted(between)
        return _with_before(Period(preset, first, min(last, max(today, first))), first_day)
    if preset == THIS:
        start = week_start(anchor, week_starts)
        return _with_before(Period(preset, start, anchor, so_far=anchor < start + timedelta(days=6)), first_day)
    weeks = 1 if preset == LAST else WEEKS.get(preset, 0)
    end = finished_until(today, last_day, week_starts)
    if not weeks or end < first_day:
        return Period(ALL, first_day, max(anchor, first_day))
    opening = week_start(first_day, week_starts)
    earliest = opening if first_day - SLACK <= opening else first_day
    return _with_before(Period(preset, max(end - timedelta(days=7 * weeks - 1), earliest), end), first_day)


def _with_before(these: Period, first_day: date) -> Period:
    """The same weekdays just before: whole weeks back, so that no weekend stands against a working day."""
    back = timedelta(days=-(-these.days // 7) * 7)
    before_from, before_to = these.from_day - back, these.to_day - back
    if before_from < first_day - SLACK:
        return these
    return Period(these.preset, these.from_day, these.to_day, before_from, before_to, these.so_far)


def before_in_words(these: Period) -> str:
    """`the 4 weeks before`, `the same days of the week before`; empty where there is nothing before."""
    if these.before_from is None:
        return ""
    if these.whole_weeks:
        return "the week before" if these.whole_weeks == 1 else f"the {these.whole_weeks} weeks before"
    weeks = -(-these.days // 7)
    return "the same days of the week before" if weeks == 1 else f"the same days {weeks} weeks before"
