"""An invented owner's calendars of some years, with the role that each title truly has: more titles than anybody would file.

The truth is drawn first; the exports are written around it. Titles are made of families: patients at the clinics, the
office's odds and ends with numbers, initials, dates, places and slips of the pen, thinking time, private life.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.making import calendar, event

PRACTICE = """\
[practice]
name = "Maple"
time_zone = "UTC"

[[location]]
name = "North"

[[location]]
name = "Riverside"
"""
PETS = [
    "Bella",
    "Max",
    "Luna",
    "Charlie",
    "Milo",
    "Daisy",
    "Rocky",
    "Coco",
    "Poppy",
    "Teddy",
    "Rosie",
    "Alfie",
    "Lola",
    "Buddy",
    "Ruby",
    "Jack",
    "Molly",
    "Oscar",
    "Willow",
    "Toby",
    "Nala",
    "Finn",
    "Hazel",
    "Loki",
    "Pepper",
    "Simba",
    "Honey",
    "Bruno",
    "Maisie",
    "Ziggy",
    "Biscuit",
    "Rex",
    "Bonnie",
    "Otis",
    "Millie",
    "Monty",
    "Dexter",
    "Roxy",
    "Winston",
    "Pip",
]
SIGNS = ["limp", "ear", "not eating", "itchy", "cough", "lump", "V+", "eye", "teeth", "weight", "d+ 2 days", "booster"]
INITIALS = ["S", "K", "M", "J", "T", "A", "D", "B", "R", "P"]
PLACES = ["", " Riverside", " North"]


@dataclass(frozen=True)
class Family:
    """Titles that mean one thing: their calendar, their true role, how many a week, hours of one, and how they are written."""

    calendar: str
    role: str
    a_week: float
    hours: float
    forms: tuple[str, ...]


def _office(role: str, a_week: float, hours: float, *forms: str) -> Family:
    return Family("Office", role, a_week, hours, forms)


FAMILIES = (
    _office("management", 4, 0.75, "Sync {i}.", "Sync w {i}", "Re: Sync {i}. {n}"),
    _office("management", 3, 1.0, "Numbers wk {n}", "numbers {d}", "Numbers{p}", "Nubmers wk {n}"),
    _office("management", 3, 0.5, "Order? {n}", "Order?", "Fwd: order {n}?"),
    _office("management", 2, 1.0, "Walkround{p}", "Walkround {d}", "Walkaround {n}"),
    _office("management", 2, 1.0, "Jobs list{p}", "Jobs list {n}"),
    _office("management", 1.5, 1.0, "PM catchup {i}.", "PM catchup {d}"),
    _office("management", 1.5, 0.5, "Keys and alarm{p}", "Keys and alarm {n}"),
    _office("management", 1, 1.0, "Desk clear {n}", "Desk clear"),
    _office("leadership", 1, 2.0, "Our purpose {n}", "Our purpose {d}", "Our purpose{p}"),
    _office("management", 3, 0.5, "Payroll", "Rota", "Supplier order", "Staff meeting"),  # the list knows these
    _office("leadership", 0.5, 1.5, "Strategy", "Vision day"),
    Family("Private", "personal", 2, 1.0, ("Tennis {i}.", "Tennis {n}")),
    Family("Private", "personal", 1.5, 1.5, ("Kids{p}", "Kids {d}", "Kids {n}")),
    Family("Private", "personal", 2, 1.0, ("Gym", "School run", "Yoga")),
)
ODD_VERBS = ["Chase", "Check", "Fix", "Sort", "Ask about", "Look at", "Clear"]
ODD_THINGS = [
    "door",
    "gate",
    "lights",
    "forms",
    "post",
    "van",
    "shelves",
    "badge",
    "bins",
    "map",
    "heating",
    "sign",
    "shed",
    "till",
]
KNOWN_CLINIC = ("Vaccinations", "Dental list", "Recheck", "Surgery list", "Ward round")


def exports(years: float = 2, seed: int = 1, until: date = date(2026, 10, 30)) -> tuple[list[tuple[str, bytes]], dict[str, str]]:
    """The files, and the true role of each title in them."""
    rng = random.Random(seed)
    truth: dict[str, str] = {}
    events: dict[str, list[str]] = {"Clinic North": [], "Clinic Riverside": [], "Office": [], "Private": []}
    day = until - timedelta(days=round(365.25 * years))
    while day <= until:
        if day.weekday() < 5:
            if rng.random() < 0.3:  # odds and ends, most of them once: some are private matters in the office's calendar
                odd = f"{rng.choice(ODD_VERBS)} {rng.choice(ODD_THINGS)}"
                role = truth.get(odd) or ("personal" if rng.random() < 0.08 else "management")
                _add(events["Office"], truth, odd, role, datetime(day.year, day.month, day.day, 7), 0.5)
            _clinic(rng, day, events["Clinic North" if day.weekday() in (0, 2, 4) else "Clinic Riverside"], truth)
            at = datetime(day.year, day.month, day.day, 12, 30)
            for family in FAMILIES:
                for _ in range(int(family.a_week // 5) + (rng.random() < family.a_week % 5 / 5)):
                    title = rng.choice(family.forms).format(
                        i=rng.choice(INITIALS), n=rng.randint(1, 60), d=f"{day:%d/%m}", p=rng.choice(PLACES)
                    )
                    _add(events[family.calendar], truth, title, family.role, at, family.hours)
                    at += timedelta(hours=family.hours)
        day += timedelta(days=1)
    return [(f"{name}.ics", calendar(name, *found)) for name, found in events.items()], truth


def _clinic(rng: random.Random, day: date, into: list[str], truth: dict[str, str]) -> None:
    at = datetime(day.year, day.month, day.day, 8)
    for _ in range(9):
        title = rng.choice(KNOWN_CLINIC) if rng.random() < 0.35 else f"{rng.choice(PETS)} {rng.choice(SIGNS)}"
        _add(into, truth, title, "clinical", at, 0.5)
        at += timedelta(hours=0.5)


def _add(into: list[str], truth: dict[str, str], title: str, role: str, at: datetime, hours: float) -> None:
    truth[title] = role
    end = at + timedelta(hours=hours)
    into.append(event(title, f"{at:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}", uid=f"{title}{at}"))
