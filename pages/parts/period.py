"""Which days a picture is about, and which days it is held against.

Periods end where the covered time ends (never in the future); what is covered, the mart `practice` says. What is not over
is never held against a whole one: `This week` compares with the same days of the week before, `Quarter` and `Year` with the
same days of the one before, and `4 weeks` are the last four finished ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

WEEKS = {"4 weeks": 4, "13 weeks": 13, "26 weeks": 26, "52 weeks": 52}
MONTHS = {"Quarter": 3, "Year": 12}
THIS, LAST, ALL, BETWEEN = "This week", "Last week", "All", "Between two days"
PRESETS = (THIS, LAST, *WEEKS, *MONTHS, ALL, BETWEEN)
DEFAULT = "4 weeks"
BEFORE, YEAR_AGO = "The time before", "A year before"
AGAINST = (BEFORE, YEAR_AGO)
MOST_BARS = 60
"""More bars than these cannot be told apart."""
FURTHEST = 2000
"""Steps back that an address may ask for."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive days; `before_*` are None where nothing covers the time it is to be held against.

    `months` are those of a calendar month, quarter or year, 0 for others; `so_far` is one that is not over; `current` is the
    week, quarter or year that today is in, of the preset `Last week` the one before. `ago` says how many steps of the preset it
    lies back; `earlier` and `later`, whether there is one more step either way.
    `weeks` is what hours are divided by, `days_off` how many working days of it were off, `share` how much of a week's target
    holds where they leave less than a week.
    """

    preset: str
    from_day: date
    to_day: date
    before_from: date | None = None
    before_to: date | None = None
    so_far: bool = False
    current: bool = False
    months: int = 0
    against: str = BEFORE
    ago: int = 0
    earlier: bool = False
    later: bool = False
    weeks: float = 0.0
    days_off: int = 0
    share: float = 1.0

    @property
    def days(self) -> int:
        return (self.to_day - self.from_day).days + 1

    @property
    def each_week(self) -> str:
        """` a week` behind an average; empty for less than a week, which is never scaled up."""
        return " a week" if self.days >= 7 else ""

    @property
    def grain(self) -> str:
        """What a bar of a trend stands for: `day`, `week`, or in a long period `month` or `quarter`."""
        if self.days <= 14:
            return "day"
        return "week" if self.days <= 7 * MOST_BARS else "month" if self.days <= 30 * MOST_BARS else "quarter"

    @property
    def whole_weeks(self) -> int:
        """How many weeks these days are, 0 when they are no whole weeks."""
        return self.days // 7 if self.days % 7 == 0 else 0


def week_start(day: date, week_starts: str) -> date:
    """The first day of the week that `day` is in; weeks start on "monday" or "sunday"."""
    return day - timedelta(days=(day.weekday() + (week_starts == "sunday")) % 7)


def months_on(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY
    return first.replace(day=min(day.day, last.day))


def bar_ends(begins: date, grain: str) -> date:
    """The last day of the bar of a trend that begins then."""
    if grain in ("day", "week"):
        return begins + timedelta(days=0 if grain == "day" else 6)
    return months_on(begins, 1 if grain == "month" else 3) - _DAY


def finished_until(today: date, covered_to: date, week_starts: str) -> date:
    """The last day of the last week that is over and covered."""
    after = min(today, covered_to + _DAY)
    return week_start(after, week_starts) - _DAY


def period(
    preset: str,
    *,
    today: date,
    covered_from: date,
    covered_to: date,
    week_starts: str = "monday",
    between: tuple[date, date] | None = None,
    ago: int = 0,
    against: str = BEFORE,
) -> Period:
    """The days of a preset, `ago` steps back. `covered_from` and `covered_to` are the first and last days that are covered, up
    to today; what lies before them is as far back as there is."""
    anchor = min(today, covered_to)
    if preset == BETWEEN and between:
        first, last = sorted(between)
        these = Period(preset, first, min(last, max(today, first)), against=against)
        these = replace(these, months=_whole_months(these))
        return _held(replace(
            these, earlier=moved(these, -1)[0] >= min(covered_from, today), later=moved(these, 1)[1] <= today,
        ), first, covered_from)  # fmt: skip
    end = finished_until(today, covered_to, week_starts)
    months, weeks = MONTHS.get(preset, 0), 1 if preset in (THIS, LAST) else WEEKS.get(preset, 0)
    if not (months or weeks) or (preset in (LAST, *WEEKS) and end < covered_from):
        return Period(ALL, covered_from, max(anchor, covered_from))

    def steps_back(steps: int) -> tuple[date, date]:
        if months:
            first = months_on(anchor.replace(day=1), -((anchor.month - 1) % months) - months * steps)
            return first, months_on(first, months) - _DAY
        last = (week_start(anchor, week_starts) + 6 * _DAY if preset == THIS else end) - timedelta(days=7 * weeks * steps)
        return last - timedelta(days=7 * weeks - 1), last

    while ago and steps_back(ago)[1] < covered_from:
        ago -= 1
    first, last = steps_back(ago)
    these = Period(
        preset, first if preset == THIS else max(first, covered_from), min(last, anchor), so_far=last > anchor,
        current=bool(months or weeks == 1) and first <= today - 7 * (preset == LAST) * _DAY <= last, months=months,
        against=against, ago=ago, earlier=steps_back(ago + 1)[1] >= covered_from, later=ago > 0,
    )  # fmt: skip
    return _held(these, first, covered_from)


def moved(these: Period, steps: int) -> tuple[date, date]:
    """The days so many steps later, or earlier: calendar months on for such, else whole weeks, so that no weekend stands
    against a working day."""
    if these.months:
        first = months_on(these.from_day, these.months * steps)
        return first, months_on(first, these.months) - _DAY
    by = timedelta(days=-(-these.days // 7) * 7 * steps)
    return these.from_day + by, these.to_day + by


def _held(these: Period, first: date, covered_from: date) -> Period:
    """With the days to hold them against; `first` is where they begin, covered or not."""
    year = these.against == YEAR_AGO
    if these.months:
        back = -12 if year else -these.months
        begins, ends = months_on(first, back), months_on(first, back + these.months) - _DAY
        ends = months_on(these.to_day, back) if these.so_far else ends
    elif year:
        begins, ends = (day - timedelta(days=364) for day in (these.from_day, these.to_day))
    else:
        begins, ends = moved(these, -1)
    if begins < covered_from or ends >= these.from_day:
        return these
    return replace(these, before_from=begins, before_to=ends)


def _whole_months(these: Period) -> int:
    """How many calendar months these days are, 0 where they are none."""
    after = these.to_day + _DAY
    months = (after.year - these.from_day.year) * 12 + after.month - these.from_day.month
    return months if these.from_day.day == after.day == 1 else 0


def before_in_words(these: Period) -> str:
    """`the 4 weeks before`, `the same days of the week before`; empty where there is nothing to hold these days against."""
    if these.before_from is None:
        return ""
    named = {1: "month", 3: "quarter", 12: "year"}.get(these.months, f"{these.months} months")
    if not these.months:
        named = "week" if these.days <= 7 else f"{these.whole_weeks} weeks"
    whole = not these.so_far and bool(these.months or these.whole_weeks)
    if these.against == YEAR_AGO and these.months != 12:
        return f"the same {named if whole else 'days'} a year before"
    if whole:
        return f"the {named} before"
    weeks = -(-these.days // 7)
    return f"the same days of the {named} before" if these.months or weeks == 1 else f"the same days {weeks} weeks before"
