import pytest

from etl.extract.lines import read_lines
from etl.extract.parts import read_parts
from etl.model import Refused
from tests.extract.written_ics import calendar, dated, event, extract, texts

HOUR = ("DTSTART:20260105T090000Z", "DURATION:PT1H")


def lines(data: bytes, name: bytes) -> list[tuple[int, bytes]]:
    """Number and text of every content line of that name."""
    found = read_lines(data, "a.ics")
    at = found.named(name)
    return list(zip(found.number[at].tolist(), found.text(at), strict=True))


def title(data: bytes) -> str:
    """The title of the first event of a calendar."""
    from etl.extract import read
    from tests.extract.written_ics import HOW

    return dated(read(data, "a.ics", HOW))[0].title


def test_names_are_found_in_any_case_and_only_whole():
    data = calendar(
        "Summary:a", "SUMMARY;LANGUAGE=en:b", "SUMMARYX:c", "SUMMAR:d", "X-SUMMARY:e", "RECURRENCE-ID:f", "RECURRENCE-IX:g"
    )
    assert lines(data, b"SUMMARY") == [(3, b"Summary:a"), (4, b"SUMMARY;LANGUAGE=en:b")]
    assert lines(data, b"RECURRENCE-ID") == [(8, b"RECURRENCE-ID:f")]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_lines_end_in_cr_lf_or_both(end):
    assert title(calendar(event(*HOUR, "SUMMARY:Rota")).replace(b"\r\n", end)) == "Rota"


def test_separators_of_unicode_are_text():
    assert title(calendar(event(*HOUR, "SUMMARY:a\u2028b\x85c\x0bd\x0ce"))) == "a\u2028b\x85c\x0bd\x0ce"


def test_folds_are_undone_and_lines_keep_their_numbers():
    data = calendar(event(*HOUR, "DESCRIPTION:a\r\n b\r\n\tc", "SUMMARY:Ro\r\n ta", "LOCATION:N\r\n\torth"))
    assert lines(data, b"SUMMARY") == [(10, b"SUMMARY:Rota")]
    assert lines(data, b"LOCATION") == [(12, b"LOCATION:North")]


@pytest.mark.parametrize("fold", [b"\r\n ", b"\n\t"])
def test_a_fold_may_split_a_character_and_a_name(fold):
    data = calendar(event("SUMMARY:Réunion")).replace("é".encode(), b"\xc3" + fold + b"\xa9")
    assert lines(data, b"SUMMARY") == [(5, "SUMMARY:Réunion".encode())]
    assert lines(data.replace(b"SUMM", b"SUM" + fold + b"M"), b"SUMMARY") == [(5, "SUMMARY:Réunion".encode())]


def test_a_fold_may_come_after_an_empty_line():
    assert lines(calendar(event("SUMMARY:a\r\n\r\n b", "LOCATION:c")), b"SUMMARY") == [(5, b"SUMMARY:ab")]
    assert lines(calendar(event("SUMMARY:a\r\n\r\n b", "LOCATION:c")), b"LOCATION") == [(8, b"LOCATION:c")]


def test_a_line_that_is_not_utf_8_is_read_as_latin_1_and_said():
    data = calendar(event(*HOUR, "SUMMARY:Réunion")).replace("é".encode(), b"\xe9")
    from etl.extract import read
    from tests.extract.written_ics import HOW

    found = read(data, "a.ics", HOW)
    assert dated(found)[0].title == "Réunion"
    assert texts(found) == ["3: the words of an event are not UTF-8 text; letters may look wrong"]


def test_quoted_printable_goes_on_after_an_equals_sign():
    data = calendar(event(*HOUR, "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:R=C3=A9u=\r\nnion", "LOCATION:North"))
    assert title(data) == "Réunion"
    assert lines(data, b"LOCATION") == [(9, b"LOCATION:North")]


def test_a_line_without_a_colon_is_noted_with_its_number():
    assert texts(extract(event(*HOUR, "NO COLON HERE"))) == ["7: a line without a colon is left out"]
    assert texts(extract(event(*HOUR, "X-A-NAME-OF-MANY-LETTERS:x", "SUMMARY"))) == ["8: a line without a colon is left out"]


def test_a_line_without_end_is_no_matter_where_nobody_asks_for_it():
    attached = event(*HOUR, "ATTACH;ENCODING=BASE64:" + "A" * 2_000_000, "B" * 2_000_000)
    assert texts(extract(attached)) == ["8: a line without a colon is left out"]


def test_zero_bytes_are_refused():
    with pytest.raises(Refused, match="a part of the file holds nothing but zero bytes"):
        read_lines(calendar(event(*HOUR)) + b"\0" * 4096, "a.ics")


def test_parts_know_what_they_lie_in():
    data = calendar(event("BEGIN: valarm ", "SUMMARY:x", "END:VALARM", "SUMMARY:y"), "BEGIN:VTODO", "END:VTODO")
    found = read_lines(data, "a.ics")
    parts = read_parts(found, "a.ics")
    assert parts.inside.tolist() == [-1, 0, 1, 0]
    assert [parts.is_a(kind).tolist() for kind in (b"VEVENT", b"VALARM")] == [
        [False, True, False, False],
        [False, False, True, False],
    ]
    assert parts.of_line[found.named(b"SUMMARY")].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Ro", 3, "the file ends inside an event"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEV", 3, "the file ends inside an event"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", 3, "the file ends before its calendar does"),
        (b"END:VEVENT\nBEGIN:VCALENDAR\nEND:VCALENDAR\n", 1, "something ends here that never began"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3, "what began on line 2 has no end before this line"),
        (b"BEGIN:A\n" * 60 + b"END:A\n" * 60, None, "more than 50 things lie in one another"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data, line, what):
    with pytest.raises(Refused) as refused:
        read_parts(read_lines(data, "a.ics"), "a.ics")
    assert (refused.value.line, refused.value.what) == (line, what)
