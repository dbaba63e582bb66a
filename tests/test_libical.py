"""The C programs that a load and the rules are measured by count what is there."""

import subprocess
from pathlib import Path

import pytest

from tests.extract.written_ics import calendar, event
from tests.libical import MissingError, build
from tests.rules.engines import by_dateutil, by_libical
from tests.rules.judge import explained
from tests.rules.making import UNTIL, rules


def program(name: str, folder: Path) -> Path:
    try:
        return build(name, folder)
    except MissingError as missing:
        pytest.skip(f"NOT TESTED here: {missing}")


def test_the_measure_reads_and_expands_all(tmp_path: Path) -> None:
    file = tmp_path / "owner.ics"
    hour = ("DTSTART;TZID=America/Toronto:20260105T090000", "DTEND;TZID=America/Toronto:20260105T100000")
    file.write_bytes(
        calendar(event(*hour), event(*hour, "RRULE:FREQ=WEEKLY;COUNT=9", "EXDATE;TZID=America/Toronto:20260112T090000"))
    )
    done = subprocess.run([program("expand_file", tmp_path), file], capture_output=True, text=True, check=True)
    assert done.stdout.split()[:3] == ["2", "9", str(9 * 3600)]


def test_a_third_engine_agrees_on_rules(tmp_path: Path) -> None:
    drawn = list(rules("libical", 300))
    found = list(by_libical(drawn, UNTIL, program("expand_rules", tmp_path)))
    agreeing = [other == by_dateutil(rule, UNTIL) for rule, other in zip(drawn, found, strict=True)]
    assert sum(agreeing) > 200
    assert [rule.text for rule, agrees in zip(drawn, agreeing, strict=True) if not agrees and not explained(rule)] == []
