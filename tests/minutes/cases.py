"""Days worked out by hand: a practice, and what each stretch of its time counts as."""

from datetime import UTC, date, datetime

from counter import Tick
from written import AllDay, Calendar, Event, Practice, Pull, Repeat, Rule

Stretch = tuple[str, str, str, str, tuple[str, str] | None]
"""From and to (UTC, as `2025-06-02 13:00`), role, location, and role and location displaced."""

LOCATIONS = {"North": (), "Riverside": ("river side",)}
CLINIC = Rule("title", "clinic", "clinical", "clinic", "North")
STAFF = Rule("title", "staff", "management", "staff", "North")
TORONTO, LORD_HOWE = "America/Toronto", "Australia/Lord_Howe"


def wall(text: str) -> datetime:
    """A time on a clock."""
    return datetime.fromisoformat(text)


def event(title: str, start: str, end: str | int, zone: str = TORONTO, uid: str = "", **more: object) -> Event:
    """A timed event."""
    return Event(uid or title, zone, wall(start), wall(end) if isinstance(end, str) else end, title, **more)


def practice(zone: str, *events: Event | AllDay, pulls: tuple[Pull, ...] = ()) -> Practice:
    """A practice with one calendar and at most one log."""
    return Practice(zone, (Calendar("Kettumar", events),), LOCATIONS, (CLINIC, STAFF), (pulls,) if pulls else ())


def pull(start: str, minutes: int, about: str, role: str = "") -> Pull:
    """A line of the log."""
    return Pull(wall(start), minutes * 60, about, f"topic {start}", role)


CLINICAL, MANAGEMENT, NOT_FILED = ("clinical", "North"), ("management", "North"), ("unclassified", "Practice-wide")
CALL = ("management", "Riverside")

CASES: dict[str, tuple[Practice, list[Stretch]]] = {
    "the drawing of the counting rules": (
        practice(
            TORONTO,
            event("clinic", "2025-06-02 09:00", "2025-06-02 14:00"),
            event("staff meeting", "2025-06-02 10:00", "2025-06-02 12:30"),
            pulls=(pull("2025-06-02 10:45", 30, "Riverside"),),
        ),
        [
            ("2025-06-02 13:00", "2025-06-02 14:00", *CLINICAL, None),
            ("2025-06-02 14:00", "2025-06-02 14:45", *MANAGEMENT, None),
            ("2025-06-02 14:45", "2025-06-02 15:15", *CALL, MANAGEMENT),
            ("2025-06-02 15:15", "2025-06-02 16:30", *MANAGEMENT, None),
            ("2025-06-02 16:30", "2025-06-02 18:00", *CLINICAL, None),
        ],
    ),
    "of two equally long the later start, then the work role": (
        practice(
            TORONTO,
            event("clinic", "2025-06-02 09:00", "2025-06-02 11:00"),
            event("vumbrik", "2025-06-02 10:00", "2025-06-02 12:00", uid="b"),
            event("oxlaber", "2025-06-02 14:00", "2025-06-02 15:00", uid="a"),
            event("staff", "2025-06-02 14:00", "2025-06-02 15:00", uid="z"),
        ),
        [
            ("2025-06-02 13:00", "2025-06-02 14:00", *CLINICAL, None),
            ("2025-06-02 14:00", "2025-06-02 16:00", *NOT_FILED, None),
            ("2025-06-02 18:00", "2025-06-02 19:00", *MANAGEMENT, None),
        ],
    ),
    "of two alike the one on the smaller calendar, then of the smaller uid": (
        Practice(
            TORONTO,
            (
                Calendar("b", (event("staff", "2025-06-02 09:00", "2025-06-02 10:00", uid="1"),)),
                Calendar(
                    "a",
                    (
                        event("clinic", "2025-06-02 09:00", "2025-06-02 10:00", uid="2"),
                        event("clinic", "2025-06-02 10:00", "2025-06-02 11:00", uid="z"),
                        event("staff", "2025-06-02 10:00", "2025-06-02 11:00", uid="Z"),
                    ),
                ),
            ),
            LOCATIONS,
            (CLINIC, STAFF),
        ),
        [
            ("2025-06-02 13:00", "2025-06-02 14:00", *CLINICAL, None),
            ("2025-06-02 14:00", "2025-06-02 15:00", *MANAGEMENT, None),
        ],
    ),
    "interruptions across an end, after hours, and over one another": (
        practice(
            TORONTO,
            event("clinic", "2025-06-02 09:00", "2025-06-02 10:00"),
            pulls=(
                pull("2025-06-02 09:50", 20, "river side"),
                pull("2025-06-02 10:05", 10, "North", "clinical"),
                pull("2025-06-02 21:00", 5, ""),
            ),
        ),
        [
            ("2025-06-02 13:00", "2025-06-02 13:50", *CLINICAL, None),
            ("2025-06-02 13:50", "2025-06-02 14:00", *CALL, CLINICAL),
            ("2025-06-02 14:00", "2025-06-02 14:05", *CALL, None),
            ("2025-06-02 14:05", "2025-06-02 14:15", *CLINICAL, None),
            ("2025-06-03 01:00", "2025-06-03 01:05", "management", "Practice-wide", None),
        ],
    ),
    "a night of five hours, and a clinic that keeps its clock time": (
        practice(
            TORONTO,
            event("staff", "2025-03-09 00:00", "2025-03-09 06:00"),
            event(
                "clinic",
                "2025-03-08 09:00",
                "2025-03-08 10:00",
                repeat=Repeat(count=3, skipped=(wall("2025-03-10 09:00"),)),
            ),
        ),
        [
            ("2025-03-08 14:00", "2025-03-08 15:00", *CLINICAL, None),
            ("2025-03-09 05:00", "2025-03-09 10:00", *MANAGEMENT, None),
            ("2025-03-09 13:00", "2025-03-09 14:00", *CLINICAL, None),
        ],
    ),
    "a night of seven hours, with an interruption of its last hours": (
        practice(
            TORONTO,
            event("staff", "2025-11-02 00:00", "2025-11-02 06:00"),
            pulls=(pull("2025-11-02 05:00", 60, "Riverside"),),
        ),
        [
            ("2025-11-02 04:00", "2025-11-02 10:00", *MANAGEMENT, None),
            ("2025-11-02 10:00", "2025-11-02 11:00", *CALL, MANAGEMENT),
        ],
    ),
    "an exact length across a change of the clocks": (
        practice(TORONTO, event("clinic", "2025-03-08 23:00", 8 * 3600)),
        [("2025-03-09 04:00", "2025-03-09 12:00", *CLINICAL, None)],
    ),
    "a change by half an hour in the south, floating and in its zone": (
        practice(
            LORD_HOWE,
            event("staff", "2025-04-06 00:00", "2025-04-06 06:00", ""),
            event("clinic", "2025-10-05 00:00", "2025-10-05 06:00", LORD_HOWE),
        ),
        [
            ("2025-04-05 13:00", "2025-04-05 19:30", *MANAGEMENT, None),
            ("2025-10-04 13:30", "2025-10-04 19:00", *CLINICAL, None),
        ],
    ),
    "midnight, where the day before was spent at Riverside": (
        practice(
            TORONTO,
            AllDay("marker", date(2025, 6, 2), 1, "At Riverside", free=True),
            event("vumbrik", "2025-06-02 22:00", "2025-06-03 02:00"),
            event("oxlaber", "2025-06-03 08:00", "2025-06-03 09:00"),
        ),
        [
            ("2025-06-03 02:00", "2025-06-03 06:00", "unclassified", "Riverside", None),
            ("2025-06-03 12:00", "2025-06-03 13:00", *NOT_FILED, None),
        ],
    ),
    "what does not count": (
        practice(
            TORONTO,
            event("clinic", "2025-06-02 09:00", "2025-06-02 10:00", status="cancelled"),
            event("clinic", "2025-06-02 10:00", "2025-06-02 11:00", uid="b", status="declined"),
            event("clinic", "2025-06-02 11:00", "2025-06-02 12:00", uid="c", status="free"),
            event("clinic", "2025-06-02 12:00", "2025-06-02 13:00", uid="d", status="refused"),
            event("staff", "2025-06-02 13:00", 0),
        ),
        [("2025-06-02 16:00", "2025-06-02 17:00", *CLINICAL, None)],
    ),
    "a floating event of an exact length across a change of the clocks": (
        practice(TORONTO, event("clinic", "2025-03-08 23:00", 8 * 3600, "")),
        [("2025-03-09 04:00", "2025-03-09 12:00", *CLINICAL, None)],
    ),
    "a floating event of an exact length, begun at a time the clock leaps over": (
        practice(TORONTO, event("clinic", "2025-03-09 02:45", 30 * 60, "")),
        [("2025-03-09 07:45", "2025-03-09 08:15", *CLINICAL, None)],
    ),
    "a series of an exact length across a change of the clocks": (
        practice(TORONTO, event("clinic", "2025-03-07 23:00", 8 * 3600, repeat=Repeat(count=2))),
        [
            ("2025-03-08 04:00", "2025-03-08 12:00", *CLINICAL, None),
            ("2025-03-09 04:00", "2025-03-09 12:00", *CLINICAL, None),
        ],
    ),
}


def stretches(ticks: dict[int, Tick], grid: int) -> list[Stretch]:
    """Ticks as stretches of one role, one location and one thing displaced, in order of time."""
    found: list[Stretch] = []
    for second in sorted(ticks):
        start, end = (f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}" for at in (second, second + grid))
        facts = (ticks[second].role, ticks[second].location, ticks[second].displaced)
        if found and found[-1][1:] == (start, *facts):
            start = found.pop()[0]
        found.append((start, end, *facts))
    return found
