"""What Help says, in words; the README says the same (tests/test_help_words.py)."""

from __future__ import annotations

from etl.example import Morning
from etl.transform.words import WordGroup
from pages.parts.format import clock_of, exact, label
from pages.parts.ink import ROLE_NAMES

ROLES = ("leadership", "management", "clinical")
RULES = (
    "An event counts when it has a start and an end with a time of day, is not cancelled, not marked free, and you have not "
    "declined it. **All-day events are never hours.**",
    "The same event on two of your calendars is **one** event.",
    "Where events overlap, the **shortest** has the minute. Of two equally long ones, the one that **started later** has it; "
    "then work goes before personal, and personal before not yet filed.",
    "An **interruption** takes its minutes from whatever they fell into, and remembers what that was. Its hours belong to the "
    "location it was *about*.",
)
LOGGING = {
    "In one line": "On the Log page: `6 riverside front desk supplier order`. Minutes, location, who asked and the topic stand "
    "in any order; Enter shows what was understood, Enter again keeps it.",
    "By a tap": "What you log most often becomes a button on the Log page; beside them is a stopwatch that you name later.",
    "From your phone's own calendar": "An event whose title begins with your sign (`? Riverside, supplier order, front desk`) is "
    "an interruption and no plan. It arrives with your next export.",
    "On paper": "Print the tally sheet from the Log page, make a stroke for each, and type the strokes in at night.",
    "From your telephone system": "Load its call list; the Data page asks once which column is what. No number is stored.",
    "From a spreadsheet": "A line each, with at least `started_at` and `minutes`; load it like a calendar.",
}
DAYS = (
    "The buttons on top of a page choose the days. **Weeks start on {week_starts}**, as your practice says on the Data page.",
    "*4 weeks* are the last four that are over: a week that is not over is never held against a whole one. *This week* is held "
    "against the same days of the week before.",
    "Days are held against those just before them or those a year before, as you choose; the line under the buttons says which. "
    "Where nothing is loaded from then, nothing is compared.",
    "*A week* is an average over the days you chose. Less than a week is never scaled up.",
    "**Days off** make a week shorter, for averages and for your target. Your practice lists them on the Data page, "
    "and your calendar says others.",
    "A long time is drawn month by month. What lies in the future is not shown before its day.",
)
COMPARED = (
    "Your hours and interruptions of it are counted in weeks of seven days from the day of the hand-over: four before it, and "
    "all since. The four before are held against the latest four; two on each side are needed. A week in which you were away, or "
    "that the log or the calendar does not cover, is left out and says why."
)
VERDICTS = {
    "holding": "there are so few interruptions in the latest weeks that chance would rarely explain it (1 in 100, given their "
    "sum; weeks that scatter more than chance count for less). Of events: at most half of their hours are left, from three weeks "
    "on. Either way the same weeks in another order would seldom look so (3 in 100): what comes every third week has empty weeks "
    "of its own",
    "bounced back": "the first weeks were surely fewer (of events: at most a quarter of their hours), the latest are up again",
    "no change": "had two thirds of them gone, it would show by now, four times of five. Of events: more than half of their "
    "hours are left after four weeks",
    "too early": "anything else: too few weeks, or too few interruptions to tell",
}
NEVER = (
    "descriptions, attendees, organizers, attachments and alarms of an event",
    "the events' own identifiers, of which a keyed mark stays",
    "mail addresses, which are cut from titles, places, categories, logs and calendar names",
)
CLINICAL = (
    "Titles of clinical events are dropped when they are loaded, because they hold patients' names; their hours stay. All "
    "other titles are stored, as you must be able to file them."
)


def finding(of: Morning) -> str:
    """`3 h passed and 3 h are counted: 1 h management, 2 h clinical. Adding up the calendars would have given 4 h.`"""
    counted = of.layer("counted")
    passed = (max(each.ends_minute for each in counted) - min(each.starts_minute for each in counted)) / 60
    roles = ", ".join(f"{exact(hours)} {ROLE_NAMES[role].lower()}" for role in ROLES if (hours := of.hours_of(role)))
    return (
        f"{exact(passed)} passed and {exact(of.hours('counted'))} are counted: {roles}. Adding up the calendar would have "
        f"given {exact(of.hours('calendar'))}."
    )


def morning_rows(of: Morning) -> list[dict[str, str]]:
    """The counted stretches as a table."""
    return [
        {
            "From": clock_of(each.starts_minute),
            "To": clock_of(each.ends_minute),
            "Counted as": each.role,
            "For": each.location,
            "Taken from": each.taken_from,
        }
        for each in of.layer("counted")
    ]


def activities(groups: tuple[WordGroup, ...], role: str, most: int = 4) -> list[str]:
    """The activities of a role as a list, each with a few words that stand for it and why it is that role; markdown."""
    return [
        f"- **{label(group.activity)}**: {label(', '.join(plain(group)[:most]))}. {label(group.why, 400)}"
        for group in groups
        if group.role == role and group.activity
    ]


def plain(group: WordGroup) -> list[str]:
    """The words of a group that stand for themselves alone; all of them, without their sign, where none does."""
    return [word for word in group.words if "*" not in word] or [word.rstrip("*") for word in group.words]
