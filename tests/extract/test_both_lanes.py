"""The reader and the library find the same occurrences in every well-made calendar that we have.

What is given in ../shared is read where that folder is; nothing of it is in the repository.
"""

import importlib.util
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from etl.model import How
from tests.conftest import ROOT
from tests.fuzz.wellmade import calendar
from tests.reference import One, by_library, by_product

HOW = How(ZoneInfo("America/Toronto"), frozenset({"owner@example.com"}), datetime(2030, 6, 1, tzinfo=UTC))
COMPARED = "20300501"  # what starts later is past the end of one lane or the other
SHARED = ROOT.parent / "shared"
OURS = sorted((ROOT / "tests" / "extract" / "calendars").glob("*.ics"))
GIVEN = sorted((SHARED / "calendars" / "files").glob("*.ics"))
RANDOM, EACH = 10, 20

# Calendars on which the library is wrong or gives up, and why.
NOT_COMPARED = {
    "exception_in_a_second_calendar_of_the_same_name.ics": "the library reads each calendar of a file by itself",
}


def apart(data: bytes) -> tuple[list[One], list[One]]:
    """What only the library finds, and what only the reader does; the first few."""
    library, product = (
        Counter(one for one in found if one.start < COMPARED) for found in (by_library(data, HOW), by_product(data, HOW))
    )
    return sorted((library - product).elements())[:3], sorted((product - library).elements())[:3]


@pytest.mark.parametrize("part", range(RANDOM))
def test_random_calendars(part: int) -> None:
    differing = {seed: found for n in range(EACH) if any(found := apart(calendar(seed := f"lanes {part} {n}", 8)))}
    assert differing == {}


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_own_calendars(file: Path) -> None:
    if file.name in NOT_COMPARED:
        pytest.skip(NOT_COMPARED[file.name])
    assert apart(file.read_bytes()) == ([], [])


def test_the_sample(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "data" / "sample" / "generate.py")
    assert spec
    assert spec.loader
    generate = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = generate
    spec.loader.exec_module(generate)
    generate.write(tmp_path, date(2026, 11, 20))
    for file in tmp_path.glob("*.ics"):
        assert apart(file.read_bytes()) == ([], [])


@pytest.mark.skipif(not GIVEN, reason="../shared/calendars is not here")
@pytest.mark.parametrize("file", GIVEN, ids=lambda file: file.name)
def test_calendars_of_other_programs(file: Path) -> None:
    if file.name in NOT_COMPARED:
        pytest.skip(NOT_COMPARED[file.name])
    assert apart(file.read_bytes()) == ([], [])


@pytest.mark.skipif(not (SHARED / "tools" / "practice_calendar.py").exists(), reason="../shared/tools is not here")
def test_a_year_of_a_busy_owner(tmp_path: Path) -> None:
    command = [sys.executable, SHARED / "tools" / "practice_calendar.py", "--years", "1", "--out", tmp_path / "owner.ics"]
    subprocess.run(command, check=True)
    assert apart((tmp_path / "owner.ics").read_bytes()) == ([], [])
