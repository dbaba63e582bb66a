"""Ten years of a busy owner: twelve locations, and 20,000 interruptions in the log."""

from __future__ import annotations

import importlib.util
import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType

from tests.browser.server import ROOT
from tests.making import LOG_HEADER

TOOLS = ROOT.parent / "shared" / "tools"
ZONE = "America/Toronto"
PLACES = (
    "North", "Riverside", "Eastgate", "Harbour", "Main Street", "Hilltop", "Westend", "Lakeview", "Parkside", "Southgate",
    "Old Town", "Airport Road",
)  # fmt: skip
TOPICS = (
    "supplier order", "rota", "refund", "client complaint", "equipment", "holiday request", "price question", "case question",
    "insurance form", "lab results", "x-ray", "keys", "parking", "IT", "recruitment", "cleaning",
)  # fmt: skip
ASKED_BY = ("front desk", "head nurse", "associate vet", "practice manager", "bookkeeper")
PULLS = 20_000


def tool(name: str) -> ModuleType:
    """A script of ../shared/tools, not run."""
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    given, sys.argv = sys.argv, [name]  # it looks at them
    try:
        spec.loader.exec_module(module)
    finally:
        sys.argv = given
    return module


def practice() -> str:
    """The practice.toml."""
    chance = random.Random(3)
    head = f'[practice]\nname = "Busy Group"\ntime_zone = "{ZONE}"\nworking_hours = "Mon-Fri 08:00-18:00"\n'
    head += "\n[targets]\nleadership = 8\n"
    return head + "".join(
        f'\n[[location]]\nname = "{place}"\nopen = "Mon-Fri 08:00-18:00"\nteam = {chance.randint(5, 20)}\n' for place in PLACES
    )


def calendar(years: int, last: date) -> str:
    """The .ics, to the day before `last`."""
    maker = tool("practice_calendar")
    maker.LOCATIONS = list(PLACES)
    return str(maker.build(years, 9, 7, last).text())


def log(years: int, last: date, pulls: int = PULLS) -> str:
    """The .csv, on weekdays up to the day before `last`."""
    chance = random.Random(3)
    rows = []
    for _ in range(pulls):
        day = last - timedelta(days=1 + chance.randrange(365 * years))
        day -= timedelta(days=max(day.weekday() - 4, 0))
        began = datetime(day.year, day.month, day.day, chance.randrange(8, 18), chance.randrange(60))
        answered = f"{began + timedelta(minutes=chance.randrange(5, 300)):%Y-%m-%d %H:%M}" if chance.random() < 0.4 else ""
        said = (chance.choice(PLACES), chance.choice(ASKED_BY), chance.choice(TOPICS), chance.choice(("yes", "no", "")))
        rows.append(",".join((f"{began:%Y-%m-%d %H:%M}", str(chance.randrange(2, 20)), *said, answered, "", "")))
    return "\n".join((LOG_HEADER, *sorted(rows))) + "\n"


def write(folder: Path, years: int, last: date) -> tuple[Path, Path]:
    """All three in a folder; the two files to load."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "practice.toml").write_text(practice(), "utf-8")
    files = folder / "owner.ics", folder / "log.csv"
    for file, text in zip(files, (calendar(years, last), log(years, last)), strict=True):
        file.write_bytes(text.encode())
    return files
