"""The words and tables of Pulled away. Names of locations and topics are plain here unless a docstring says they are escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pandas import Series

from etl.model import PRACTICE_WIDE as WIDE
from pages.parts import frames
from pages.parts.format import brief, count, exact, full_hour, label, number, percent, short
from pages.parts.ink import ROLE_NAMES
from pages.parts.sentences import stands_out

Row = Mapping[str, Any]

FOUND = {
    "here": "There, where it was about",
    "elsewhere": "At another location",
    "patients": "With patients, anywhere",
    "practice-wide": "In Practice-wide work",
    "nothing": "Nothing in the calendar",
}
TAKEN = ROLE_NAMES | {
    "clinical": "Clinical work",
    "unclassified": "Work that is not filed",
    "personal": "Personal time",
    "free working time": "Free working time",
    "after hours": "After hours",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FEW = 5
"""Answers below which a waiting time says little."""
FEW_DAYS = 5
"""Logged days below which a share of days says little."""


def finding(cells: Sequence[Row], pulls: Series) -> str:
    """ "You were at North; Riverside asked." The location that takes most, and where it found the owner.

    `cells` are rows of the mart pulls_by_location, `pulls` is the one of pulls_summary.
    """
    about: dict[str, float] = {}
    for cell in cells:
        about[cell["about_location"]] = about.get(cell["about_location"], 0.0) + cell["hours"]
    named = {name: hours for name, hours in about.items() if name != WIDE}
    mostly = (frames.one(pulls["with_patients_share"]) or 0.0) >= 0.5
    if len(named) < 2:
        times = {1: "once", 2: "twice"}.get(int(pulls["pulls"]), count(pulls["pulls"], "time"))
        who = f"{label(next(iter(named)))} pulled you away" if len(named) == len(about) else "You were pulled away"
        return f"{who} {times}{', mostly from patients' if mostly else ''}."
    most = stands_out(named)
    if not most:
        return "All locations pull you away alike, mostly from patients." if mostly else "All locations pull you away alike."
    places: dict[str, float] = {}
    for cell in cells:
        if cell["about_location"] == most:
            place = cell["was"].removeprefix("with patients ").removeprefix("at ")
            places[place] = places.get(place, 0.0) + cell["hours"]
    place, hours = max(places.items(), key=lambda item: item[1])
    if hours < about[most] / 3:
        return f"{label(most)} pulls you away most, wherever you are."
    if place == most:
        return f"{label(most)} pulls you away most, and mostly while you are there."
    if place in about or any(cell["was"].endswith(f"at {place}") for cell in cells):
        patients = sum(c["hours"] for c in cells if c["about_location"] == most and c["was"] == f"with patients at {place}")
        where = f"with patients at {label(place)}" if patients > hours / 2 else f"at {label(place)}"
        return f"You were {where}; {label(most)} asked."
    return f"{label(most)} pulls you away most."


def lead(pulls: Series, topics: Sequence[Row]) -> str:
    """The next facts: how many, how long, out of what, and what the team could have settled."""
    said = [f"{count(pulls['pulls'], 'interruption')} took {exact(pulls['hours'])} of these days."]
    with_patients, elsewhere = (frames.one(pulls[name]) or 0.0 for name in ("with_patients_share", "elsewhere_share"))
    at_another = f", {percent(elsewhere)} while you were at another location than it was about" if elsewhere else ""
    said.append(f"{percent(with_patients)} of it came while you were with patients{at_another}.")
    if topics and topics[0]["all_could_hours"]:
        said.append(f"{exact(topics[0]['all_could_hours'])} of it the team could have settled, by your own marks.")
    elif topics and topics[0]["all_unknown_hours"]:
        said.append("None of it is marked as what the team could have settled.")
    return " ".join(said)


def matrix_rows(cells: Sequence[Row]) -> list[dict[str, str]]:
    """A row for each pair of about and where."""
    return [
        {
            "About": label(cell["about_location"]),
            "You were": label(cell["was"]),
            "Interruptions": number(cell["pulls"], 0),
            "Hours": exact(cell["hours"]),
        }
        for cell in cells
    ]


def topic_rows(topics: Sequence[Row]) -> list[dict[str, str]]:
    """A row a topic."""
    return [
        {
            "Topic": label(each["topic"]),
            "Interruptions": number(each["pulls"], 0),
            "Locations": number(each["locations"], 0),
            "Hours": exact(each["hours"]),
            "The team could": exact(each["could_hours"]),
            "Not marked": exact(each["unknown_hours"]),
            "Needed you": exact(each["needed_hours"]),
        }
        for each in topics
    ]


def busiest(hours: Sequence[Row]) -> str:
    """ "The busiest hour is Tuesday from 9 to 10: 52 min." """
    most = max(hours, key=lambda row: row["hours"])
    begins, ends = full_hour(most["hour"]), full_hour(most["hour"] + 1)
    return f"The busiest hour is {DAYS[most['weekday']]} from {begins} to {ends}: {brief(most['hours'])}."


def hour_rows(hours: Sequence[Row]) -> list[dict[str, str]]:
    """A row an hour of the week."""
    return [
        {
            "Day": DAYS[row["weekday"]],
            "Hour": f"{full_hour(row['hour'])} to {full_hour(row['hour'] + 1)}",
            "Hours": exact(row["hours"]),
            "Interruptions begun": number(row["pulls"], 0),
        }
        for row in hours
    ]


def taken_rows(taken: Sequence[Row]) -> list[dict[str, str]]:
    """A row a kind of time."""
    return [
        {
            "Taken from": TAKEN[row["taken_from"]],
            "Hours": exact(row["hours"]),
            "Share": percent(row["share"]),
            "Interruptions begun": number(row["pulls"], 0),
        }
        for row in taken
    ]


def once_rows(topics: Sequence[Row]) -> list[dict[str, str]]:
    """A row a topic that comes again and again."""
    return [
        {
            "Topic": label(each["topic"]),
            "Times in 4 weeks": number(each["pulls"], 0),
            "Locations": number(each["locations"], 0),
            "Hours in 4 weeks": exact(each["hours"]),
            "Hours a year": number(each["hours_a_year"], 0),
            "Handed over": label(each["to_role"]) if each["handed_over"] else "",
        }
        for each in topics
    ]


def asked_again(each: Row) -> str:
    """ "20 times, 4 locations, 2 h 40 min in four weeks; 35 h a year." """
    about = f", {count(each['locations'], 'location')}" if each["locations"] else ""
    a_year = f"; {short(each['hours_a_year'])} h a year" if each["hours_a_year"] else ""
    return f"{count(each['pulls'], 'time')}{about}, {exact(each['hours'])} in four weeks{a_year}."


def waiting_in_words(waits: Sequence[Row]) -> str:
    """How long they wait, of how many."""
    everyone = next((row for row in waits if row["split"] == "all"), None)
    if not everyone or not everyone["answered"]:
        return ""
    thin = " That is few: take it as a hint." if everyone["answered"] < FEW else ""
    return (
        f"Half had their answer within {exact(everyone['median_minutes'] / 60)}, nine of ten within "
        f"{exact(everyone['ninetieth_minutes'] / 60)}. {everyone['answered']} of {count(everyone['pulls'], 'interruption')} "
        f"say when they were answered.{thin}"
    )


def wait_name(row: Row) -> str:
    """What a row of waiting is called."""
    return FOUND[row["name"]] if row["split"] == "found" else str(row["name"])


def wait_rows(waits: Sequence[Row]) -> list[dict[str, str]]:
    """A row for each location and each place the owner was at."""
    heads = {"all": "All", "location": "About", "found": "You were"}
    return [
        {
            "Of": heads[row["split"]],
            "Which": "" if row["split"] == "all" else label(wait_name(row)),
            "Median": exact(None if row["median_minutes"] is None else row["median_minutes"] / 60),
            "9 in 10 within": exact(None if row["ninetieth_minutes"] is None else row["ninetieth_minutes"] / 60),
            "n": f"{row['answered']} of {row['pulls']}" + (" (few)" if 0 < row["answered"] < FEW else ""),
        }
        for row in waits
    ]


def run_rows(runs: Sequence[Row]) -> list[dict[str, str]]:
    """A row a location."""
    return [
        {
            "Location": label(row["location"]),
            "Open days": number(row["open_days"], 0),
            "Logged": number(row["logged_days"], 0),
            "Without an interruption": f"{row['free_days']} ({percent(row['free_share'])})" if row["logged_days"] else "–",
            "Longest run": exact(row["longest_hours"]),
            "Best so far": exact(row["best_hours"]),
            "Open hours": "as given" if row["given"] else "your working hours",
        }
        for row in runs
    ]


def runs_in_words(runs: Sequence[Row]) -> str:
    """What the picture does not say itself: whose hours these are, and where days are few."""
    said = []
    by_working_hours = [label(row["location"]) for row in runs if not row["given"]]
    if len(by_working_hours) == len(runs):
        said.append("Open hours are not given, so they are taken to be your working hours.")
    elif by_working_hours:
        said.append(f"By your working hours, since no open hours are given: {', '.join(by_working_hours)}.")
    if any(row["logged_days"] < FEW_DAYS for row in runs):
        said.append("A few logged days say little yet.")
    return " ".join(said)


def rate_rows(rates: Sequence[Row]) -> list[dict[str, str]]:
    """A row a location."""
    return [
        {
            "Location": label(row["location"]),
            "Interruptions": number(row["pulls"], 0),
            "A week": number(row["pulls_a_week"], 2),
            "In open hours": number(row["pulls_in_open_hours"], 0),
            "Logged open hours": number(row["logged_open_hours"]),
            "In ten open hours": number(row["pulls_in_ten_open_hours"], 2),
            "Team": number(row["team"], 0),
            "A team member a week": number(row["pulls_a_member_a_week"], 2),
        }
        for row in rates
    ]
