"""What the account says in sentences beside those of the half minute, from the numbers of the marts."""

from etl.along.account import Account
from etl.along.written import count, joined

RULE = (
    "Every minute is counted once. Where events overlap, the shortest one owns the minute; of two equally long ones "
    "the one that started later; then one with a work role before personal before not filed. An interruption "
    "takes its minutes from whatever it fell in."
)
NOT_COUNTED_RULE = (
    "All-day events, cancelled and declined ones, and those marked as free are no hours; an event on two calendars is one. "
    "Hours are elapsed time, days are those of the practice's time zone. Averages a week are over the days that the calendars "
    "cover, and never scaled up from less than a week. Nothing is added for what nobody logged."
)


def why_range(of: Account) -> str:
    """How much may not need the owner, and what the two ends of that range are."""
    pen, fits = of.asked.pen, of.fits
    low, high = fits["low_hours_a_week"], fits["high_hours_a_week"]
    if not high:
        return "No management in these days that the team could carry."
    said = [f"{pen.between(low, high)}{_a_week(of)} may not need you."]
    if fits["marked_pulls"]:
        said.append(f"At least what {count(fits['marked_pulls'], 'interruption')} took that you marked as the team's.")
    said.append(
        "At most all management but what you marked as yours: of it, "
        f"{pen.hours(fits['calendar_management_hours_a_week'])} a week stand in the calendar, and "
        f"{pen.hours(fits['not_known_hours_a_week'])} are interruptions that are not marked either way."
    )
    return " ".join(said)


def days(of: Account) -> str:
    """`31 Aug 2026 to 22 Nov 2026, 12 weeks, all locations.`"""
    asked, pen = of.asked, of.asked.pen
    weeks = f"{pen.number(of.weeks)} {'week' if pen.number(of.weeks) == '1' else 'weeks'}"
    where = "all locations" if asked.locations is None else joined(asked.locations)
    return f"{pen.span(asked.from_day, asked.to_day)}, {weeks}, {where}."


def compared(of: Account) -> str:
    """What it is held against."""
    asked = of.asked
    if asked.before_from is None or asked.before_to is None:
        return "Not compared with a time before."
    return f"Before: {asked.pen.span(asked.before_from, asked.before_to)}."


def trust(of: Account) -> str:
    """How far the log can be trusted."""
    log, pen = of.log, of.asked.pen
    if not log["logged_days"]:
        return f"The log of interruptions has no entry on {count(log['working_days'], 'working day')}."
    said = f"The log of interruptions was kept on {log['logged_days']} of {count(log['working_days'], 'working day')}, "
    estimated = log["estimated_share"]
    said += f"{pen.percent(estimated)} of its hours are estimated. " if estimated else "none of its hours are estimated. "
    said += f"As logged it takes {pen.hours(log['low_hours_a_week'])} a week"
    high = log["high_hours_a_week"]
    return said + (
        f"; {pen.hours(high)} if unlogged days were alike." if high is not None else "; nothing is added for other days."
    )


def left_open(of: Account) -> list[str]:
    """What the reader has to know of numbers that may still change."""
    open_hours, said = _role(of, "unclassified")["hours"], []
    if open_hours:
        said.append(f"Without a role yet, and so Not filed: {of.asked.pen.hours(open_hours)} of these days.")
    if of.calendars_to and (of.asked.to_day - of.calendars_to).days >= 7:
        said.append(f"The calendars end on {of.asked.pen.day(of.calendars_to)}: what is newer is of the log alone.")
    if of.notice:
        said.append("The dashboard asks for an export to be loaded again: some of these hours follow older rules.")
    return said


def _role(of: Account, role: str) -> dict[str, float]:
    return next(dict(row) for row in of.roles if row["role"] == role)


def _a_week(of: Account) -> str:
    return " a week" if (of.asked.to_day - of.asked.from_day).days >= 6 else ""
