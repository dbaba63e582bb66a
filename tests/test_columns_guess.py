"""Which column is what, guessed from headers as practice software writes them."""

import pytest

from etl.columns_guess import guess, is_dated


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "Appt Start;Appt End;Client;Reason;Site;Provider",
            "14/09/2026 09:00;14/09/2026 09:30;Ann;Dental;North;Dr A",
            {"start": "Appt Start", "end": "Appt End", "title": "Reason", "place": "Site", "provider": "Provider"},
        ),
        (
            "DOB;Date;Start Time;Duration;Patient Name;Appointment Type;Room;Dentist;Status",
            "2001-02-03;2026-09-14;9:00 AM;0:30;Rex;Check;2;Dr A;done",
            {
                "date": "Date", "start": "Start Time", "minutes": "Duration", "title": "Appointment Type", "provider": "Dentist",
                "status": "Status",
            },
        ),
        ("When;Length (min);What", "2026-09-14 10:00;30;x", {"start": "When", "minutes": "Length (min)"}),
        ("Created;Begin;Until", "2026-09-01 8:00;2026-09-14 9:00;9:30", {"start": "Begin", "end": "Until"}),
        ("A;B;C", "2026-09-14 10:00;11:00;x", {}),
    ],
)  # fmt: skip
def test_guesses(header: str, row: str, expected: dict[str, str]) -> None:
    names = header.split(";")
    assert is_dated(names, [row.split(";")])
    assert guess(names, [row.split(";")] * 3 + [[""] * len(names), []]) == expected
