import pytest

from etl.extract.scan import scan
from etl.model import Refused
from tests.extract.written_ics import calendar, event


def kept(data: bytes) -> list[tuple[int, str, str]]:
    """Number, name and value of every line that is kept of the first event."""
    part = next(part for part in scan(data, "a.ics").calendars[0].parts if part.kind == "VEVENT")
    return [(line.number, line.name, line.value) for line in part.lines]


def test_keeps_what_the_hours_need_and_nothing_of_people():
    data = calendar(
        event(
            "SUMMARY:Rota",
            "DESCRIPTION:dial in 1234",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.com",
            "ORGANIZER:mailto:b@example.com",
            "BEGIN:VALARM",
            "SUMMARY:Alarm",
            "END:VALARM",
            "LOCATION:North",
        )
    )
    assert kept(data) == [(4, "UID", "one"), (5, "SUMMARY", "Rota"), (12, "LOCATION", "North")]


def test_remembers_only_who_declined():
    data = calendar(
        event('ATTENDEE;CN="A: B";PARTSTAT=DECLINED:MAILTO:A@Example.com', "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@example.com")
    )
    assert scan(data, "a.ics").calendars[0].parts[0].declined - {""} == {"a@example.com"}


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_lines_end_in_cr_lf_or_both(end):
    data = calendar(event("SUMMARY:Rota")).replace(b"\r\n", end)
    assert ("SUMMARY", "Rota") in [line[1:] for line in kept(data)]


def test_separators_of_unicode_are_text():
    assert kept(calendar(event("SUMMARY:a\u2028b\x85c\x0bd\x0ce")))[1][2] == "a\u2028b\x85c\x0bd\x0ce"


def test_a_fold_may_split_a_character_a_name_and_skip_an_empty_line():
    data = calendar(event("SUMMARY:Réunion")).replace("é".encode(), b"\xc3\r\n \xa9").replace(b"SUMM", b"SUM\r\n\tM")
    assert kept(data)[1] == (5, "SUMMARY", "Réunion")
    assert kept(calendar(event("SUMMARY:a\r\n\r\n b")))[1] == (5, "SUMMARY", "ab")


def test_a_line_that_is_not_utf_8_is_read_as_latin_1_and_counted():
    found = scan(calendar(event("SUMMARY:Réunion")).replace("é".encode(), b"\xe9"), "a.ics")
    assert found.calendars[0].parts[0].value("SUMMARY") == "Réunion"
    assert [(note.line, note.text[:30]) for note in found.notes] == [(5, "1 line is not UTF-8 text, the ")]


def test_quoted_printable_goes_on_after_an_equals_sign():
    data = calendar(event("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:R=C3=A9u=\r\nnion", "LOCATION:North"))
    assert [line[2] for line in kept(data)] == ["one", "Réunion", "North"]


def test_a_line_without_a_colon_is_noted_with_its_number():
    assert [(note.line, note.text) for note in scan(calendar(event("NO COLON HERE")), "a.ics").notes] == [
        (5, "a line without a colon is left out")
    ]


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Ro", 3, "the file ends inside an event"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEV", 3, "the file ends inside an event"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", 3, "the file ends before its calendar does"),
        (b"END:VEVENT\nBEGIN:VCALENDAR\nEND:VCALENDAR\n", 1, "something ends here that never began"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3, "what began on line 2 has no end before this line"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data, line, what):
    with pytest.raises(Refused) as refused:
        scan(data, "a.ics")
    assert (refused.value.line, refused.value.what) == (line, what)


def test_tells_how_far_it_is():
    said = []
    scan(calendar(event("SUMMARY:x")), "a.ics", lambda what, share: said.append((what, share)))
    assert said == [("Reading a.ics", 0.5)]
