import pytest

from etl.extract import read, shown
from etl.model import CalendarExport, LogExport, Refused
from tests.extract.written_ics import HOW, calendar, event

ICS = calendar(event("DTSTART:20260105T090000Z", "DURATION:PT1H", "SUMMARY:Réunion"))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_calendar_in_any_unicode(code):
    (export,) = read(ICS.decode().encode(code), "C:\\exports\\owner.csv", HOW).exports
    assert isinstance(export, CalendarExport)
    assert (export.file_name, export.occurrences[0].title) == ("owner.csv", "Réunion")


def test_a_log_by_another_name():
    (export,) = read(b"started_at,minutes\n2026-09-14 10:20,6\n", "calls.ics", HOW).exports
    assert isinstance(export, LogExport)


def test_a_file_too_large(monkeypatch):
    monkeypatch.setattr("etl.given.LARGEST_FILE", 10)
    with pytest.raises(Refused, match=r"owner[.]ics: the file is larger than 100 MB[.] Export a shorter time[.]"):
        read(ICS, "owner.ics", HOW)


def test_a_mail_address_in_a_file_name_is_not_shown():
    assert shown("owner@example.com.ics") == "(address).ics"
    assert shown("Rota owner@example.com") == "Rota (address)"
    assert shown("owner@clinic rota.ICS") == "(address) rota.ICS"
    assert shown("North.ics") == "North.ics"
