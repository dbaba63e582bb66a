"""Which days a picture is about, and which days it is held against.

Periods end where the covered time ends (never in the future); what is covered, the mart `practice` says. A week that is
not over is never held against a whole one: `This week` compares with the same days of the week before, and `4 weeks` are
the last four finished ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = {"4 weeks": 4, "13 weeks": 13, "26 weeks": 26, "52 weeks": 52}
THIS, LAST, ALL, BETWEEN = "This week", "Last week", "All", "Between two days"
PRESETS = (THIS, LAST, *WEEKS, ALL, BETWEEN)
DEFAULT = "4 weeks"
MOST_WEEKS = 60
"""Longer periods are drawn by the month: more bars than these cannot be told apart."""


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
    def grain(self) -> str:
        """What a bar of a trend stands for: `week` or, in a long period, `month`."""
        return "week" if self.days <= 7 * MOST_WEEKS else "month"

    @property
    def whole_weeks(self) -> int:
        """How many weeks these days are, 0 when they are no whole weeks."""
        return self.days // 7 if self.days % 7 == 0 else 0


def week_start(day: date, week_starts: str) -> date:
    """The first day of the week that `day` is in; weeks start on "monday" or "sunday"."""
    return day - timedelta(days=(day.weekday() + (week_starts == "sunday")) % 7)


def finished_until(today: date, covered_to: date, week_starts: str) -> date:
    """The last day of the last week that is over and covered."""
    after = min(today, covered_to + timedelta(days=1))
    return week_start(after, week_starts) - timedelta(days=1)


def period(
    preset: str,
    *,
    today: date,
    covered_from: date,
    covered_to: date,
    week_starts: str = "monday",
    between: tuple[date, date] | None = None,
) -> Period:
    """The days of a preset. `covered_from` and `covered_to` are the first and last days that are covered, up to today."""
    anchor = min(today, covered_to)
    if preset == BETWEEN and between:
        first, last = sorted(between)
        return _with_before(Period(preset, first, min(last, max(today, first))), covered_from)
    if preset == THIS:
        start = week_start(anchor, week_starts)
        return _with_before(Period(preset, start, anchor, so_far=anchor < start + timedelta(days=6)), covered_from)
    weeks = 1 if preset == LAST else WEEKS.get(preset, 0)
    end = finished_until(today, covered_to, week_starts)
    if not weeks or end < covered_from:
        return Period(ALL, covered_from, max(anchor, covered_from))
    return _with_before(Period(preset, max(end - timedelta(days=7 * weeks - 1), covered_from), end), covered_from)


def _with_before(these: Period, covered_from: date) -> Period:
    """The same weekdays just before: whole weeks back, so that no weekend stands against a working day."""
    back = timedelta(days=-(-these.days // 7) * 7)
    before_from, before_to = these.from_day - back, these.to_day - back
    if before_from < covered_from:
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
