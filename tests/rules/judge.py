"""What two or three engines say of one rule, and the differences that are explained, each by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.rules.engines import Read
from tests.rules.making import Rule

Instants = tuple[datetime, ...]

REFUSED = "only its first date is taken"
# Legal rules that the product says it does not follow, by the words it says; all of them are caps of ours (etl/extract).
NOT_FOLLOWED = {
    "comes more than 48 times a day": "a cap of ours: no appointment comes every half hour",
}


def parts(rule: Rule) -> dict[str, str]:
    """The parts of a rule by name."""
    return dict(part.split("=") for part in rule.text.split(";"))


def verdict(rule: Rule, product: Read, dateutil: Instants) -> str:
    """`same`, `not followed: …` in the product's words, or `DIFFERS`."""
    if product.instants == dateutil:
        return "same"
    said = next((why for why in NOT_FOLLOWED if any(why in text for text in product.said)), None)
    if said and product.instants == dateutil[:1]:
        return f"not followed: {said}"
    added = set(dateutil) - set(product.instants)
    if set(product.instants) < set(dateutil) and all(_in_another_week(rule, at) for at in added):
        return WEEK_53
    return "DIFFERS"


WEEK_53 = "dateutil counts the first days of January to a week that Python's isocalendar says they are not in"


def _in_another_week(rule: Rule, at: datetime) -> bool:
    """Whether a date lies in none of the weeks of BYWEEKNO, by the calendar of ISO 8601, whose weeks begin on Monday."""
    held = parts(rule)
    if "BYWEEKNO" not in held or held.get("WKST", "MO") != "MO":
        return False
    year, week, _ = at.astimezone(ZoneInfo(rule.zone)).isocalendar()
    weeks = date(year, 12, 28).isocalendar().week
    return not {week, week - weeks - 1} & {int(one) for one in held["BYWEEKNO"].split(",")}


# Where libical 3.0.16 differs from the two others; each with what RFC 5545 3.3.10 says.
LIBICAL: dict[str, Callable[[dict[str, str]], bool]] = {
    "a negative BYMONTHDAY outside MONTHLY is passed over; it counts from the end of the month": (
        lambda p: "-" in p.get("BYMONTHDAY", "") and p["FREQ"] != "MONTHLY"
    ),
    "BYMONTHDAY in YEARLY holds for one month; it expands over all of them, table of 3.3.10": (
        lambda p: p["FREQ"] == "YEARLY" and "BYMONTHDAY" in p
    ),
    "BYWEEKNO or BYYEARDAY beside another part that limits is refused; each limits the other": (
        lambda p: p["FREQ"] == "YEARLY" and bool(p.keys() & {"BYWEEKNO", "BYYEARDAY"})
    ),
    "BYSETPOS in WEEKLY is passed over; it picks from the set of each week": (
        lambda p: p["FREQ"] == "WEEKLY" and "BYSETPOS" in p
    ),
    "several times of a day come out of order or past BYSETPOS; the set of an interval holds all of them": (
        lambda p: bool(p.keys() & {"BYHOUR", "BYMINUTE", "BYSECOND"})
    ),
    "HOURLY with parts that limit": lambda p: p["FREQ"] == "HOURLY" and any(name.startswith("BY") for name in p),
    "WKST in WEEKLY with an INTERVAL: the first week is cut otherwise": (
        lambda p: p["FREQ"] == "WEEKLY" and "INTERVAL" in p and "WKST" in p
    ),
}


def explained(rule: Rule) -> str:
    """Why libical differs on such a rule; "" where nothing explains it."""
    found = parts(rule)
    return next((why for why, holds in LIBICAL.items() if holds(found)), "")
