import time

from etl.extract.content_line import split


def test_a_colon_between_quotation_marks_is_no_end_of_the_parameters():
    line = split(1, "DTSTART", 'DTSTART;X="a:b;c";TZID="Europe/Berlin":20260105T090000')
    assert line is not None
    assert (line.params, line.value) == ({"X": "a:b;c", "TZID": "Europe/Berlin"}, "20260105T090000")


def test_colons_and_quotation_marks_in_a_value_stay():
    line = split(1, "SUMMARY", 'SUMMARY:9:30 "huddle"; rota')
    assert line is not None
    assert line.value == '9:30 "huddle"; rota'


def test_quotation_marks_that_never_close_cost_the_line_and_no_time():
    started = time.process_time()
    assert split(1, "SUMMARY", 'SUMMARY;X="' + 'a"' * 100_000) is None
    assert split(1, "SUMMARY", "SUMMARY;X=" + "a" * 100_000 + ":v") is None
    assert time.process_time() - started < 1
