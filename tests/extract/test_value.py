import time

import pytest

from etl.extract.value import BadTime, length, moments, split, try_moments


def test_a_colon_between_quotation_marks_is_no_end_of_the_parameters():
    line = split(b'DTSTART;X="a:b;c";TZID="Europe/Berlin":20260105T090000')
    assert line == ({"X": "a:b;c", "TZID": "Europe/Berlin"}, "20260105T090000")


def test_colons_and_quotation_marks_in_a_value_stay():
    assert split(b'SUMMARY:9:30 "huddle"; rota') == ({}, '9:30 "huddle"; rota')


def test_quotation_marks_that_never_close_cost_the_line_and_no_time():
    started = time.process_time()
    assert split(b'SUMMARY;X="' + b'a"' * 100_000) is None
    assert split(b"SUMMARY;X=" + b"a" * 100_000 + b":v") is None
    assert time.process_time() - started < 1


def test_a_value_that_is_not_utf_8_is_read_as_latin_1():
    assert split("SUMMARY:Réunion".encode("cp1252")) == ({}, "Réunion")


def test_times_are_read_by_their_digits():
    walls, forms = moments([b"19700102", b"19700101T010203", b"19700101T000000Z", b"20240229T235959Z"])
    assert walls.tolist() == [86_400, 3_723, 0, 1_709_251_199]
    assert forms.tolist() == [0, 1, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        b"", b"soon", b"2026010", b"202601055", b"20260231", b"20251301", b"20260100", b"00000101", b"20260105T",
        b"20260105T0900", b"20260105T240000", b"20260105T096000", b"20260105T090060", b"20260105X090000",
        b"20260105T090000X", b"20260105T090000ZZ", b"2026:105", b"2026/105", b"20260105T09000:",
        b"20260105T090000Z" + b"0" * 20,
    ],
)  # fmt: skip
def test_what_is_no_time_is_not_read(text):
    assert try_moments([b"20260105", text])[1].tolist() == [0, -1]
    with pytest.raises(BadTime):
        moments([text])


@pytest.mark.parametrize(
    ("text", "found"),
    [("P1W", (7, 0)), ("P1DT2H", (1, 7200)), ("PT24H", (0, 86_400)), ("-PT15M", (0, -900)), ("+P2D", (2, 0)), ("PT5S", (0, 5))],
)
def test_lengths(text, found):
    assert length(text) == found


@pytest.mark.parametrize("text", ["", "P", "PT", "long", "PT999999999999H", "1D", "PT1X"])
def test_what_is_no_length(text):
    with pytest.raises(BadTime):
        length(text)
