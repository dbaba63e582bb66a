"""What the account says in sentences: the same findings as on the pages, told of the owner, from the numbers of the marts."""

from etl.along.account import Account
from etl.along.written import count, joined, share

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
ROUNDING = 0.05
"""Hours that no number of the account shows."""


def finding(of: Account) -> str:
    """`3.6 of 49.6 hours a week went to leadership.`"""
    pen, leading = of.asked.pen, _role(of, "leadership")
    if not leading["work_hours"]:
        return "No counted hours in these days."
    a_week = "_a_week" if _a_week(of) else ""
    said = f"{pen.number(leading['hours' + a_week])} of {pen.number(leading['work_hours' + a_week])} hours"
    return f"{said}{_a_week(of)} went to leadership."


def facts(of: Account) -> list[str]:
    """What goes with it: the target, management and its change, what could be handed over."""
    pen, managing, said = of.asked.pen, _role(of, "management"), []
    if of.target is not None and _a_week(of):
        said.append(f"The target is {pen.number(of.target)} hours of leadership a week.")
    if managing["hours"]:
        change = managing["change_a_week"]
        text = f"Management took {pen.hours(managing['hours_a_week'])}{_a_week(of)}"
        if change is not None and abs(change) < ROUNDING:
            text += ", the same as before"
        elif change is not None:
            text += f", {pen.hours(abs(change))} {'more' if change > 0 else 'less'} than before"
        said.append(text + ".")
    if of.fits["high_hours_a_week"]:
        said.append(f"Of it, {handing(of)}.")
    return said


def handing(of: Account) -> str:
    """`1.4 h to 26.8 h a week may not need the owner`; "" where nothing is."""
    low, high = of.fits["low_hours_a_week"], of.fits["high_hours_a_week"]
    return f"{of.asked.pen.between(low, high)}{_a_week(of)} may not need the owner" if high else ""


def why_range(of: Account) -> str:
    """What the two ends of that range are."""
    pen, fits = of.asked.pen, of.fits
    if not fits["high_hours_a_week"]:
        return "No management in these days that the team could carry."
    said = [f"{handing(of)}.".capitalize()]
    if fits["marked_pulls"]:
        said.append(f"At least what {count(fits['marked_pulls'], 'interruption')} took that the owner marked as the team's.")
    said.append(
        "At most all management but what was marked as the owner's: of it, "
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
    said += f"{share(estimated)} of its hours are estimated. " if estimated else "none of its hours are estimated. "
    said += f"As logged it takes {pen.hours(log['low_hours_a_week'])} a week"
    high = log["high_hours_a_week"]
    return said + (
        f"; {pen.hours(high)} if unlogged days were alike." if high is not None else "; nothing is added for other days."
    )


def left_open(of: Account) -> list[str]:
    """What the reader has to know of numbers that may still change."""
    open_hours, said = _role(of, "unclassified")["hours"], []
    if open_hours:
        said.append(f"{of.asked.pen.hours(open_hours)} of these days have no role yet: they are Not filed.")
    if of.notice:
        said.append("The dashboard asks for an export to be loaded again: some of these hours follow older rules.")
    return said


def _role(of: Account, role: str) -> dict[str, float]:
    return next(dict(row) for row in of.roles if row["role"] == role)


def _a_week(of: Account) -> str:
    return " a week" if (of.asked.to_day - of.asked.from_day).days >= 6 else ""
