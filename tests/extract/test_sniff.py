import pytest

from etl.extract.sniff import CALENDAR, CSV, ZIP, decoded, kind_of
from etl.model import Refused

ICS = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (ICS.encode(), CALENDAR),
        (ICS.encode("utf-8-sig"), CALENDAR),
        (ICS.encode("utf-16"), CALENDAR),
        (ICS.encode("utf-16-le"), CALENDAR),
        (("\r\n" + ICS).encode("utf-16-be"), CALENDAR),
        ("started_at,minutes\n2026-01-05 10:00,5\n".encode("utf-16-le"), CSV),
        (ICS.replace("END:", "X:会議\u3000北\r\nEND:").encode("utf-16-le"), CALENDAR),
        (f"起動,分\n2026-01-05 10:00,5,{'Ωδή ' * 20}\n".encode("utf-16-be"), CSV),
        (b"\r\n\r\nbegin:vcalendar\rend:vcalendar\r", CALENDAR),
        (b"END:VEVENT\r\nBEGIN:VCALENDAR\r\n", CALENDAR),
        (b"started_at,minutes\n2026-01-05 10:00,5\n", CSV),
        ("started_at,minutes\n2026-01-05 10:00,5\n".encode("utf-16"), CSV),
        (b"started_at,note\n2026-01-05 10:00,BEGIN:VCALENDAR is how it starts\n", CSV),
        (b"started_at,note\n2026-01-05 10:00,\0\n", CSV),
        (b"PK\x03\x04\x14\x00\x00\x00", ZIP),
        (b"PK\x03\x04\x14\x00\x06\x00rest", CSV),
        (b"PK\x03\x04\x14\x00\x00\x00 [Content_Types].xml", CSV),
        (b"PK\x03\x04\x14\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", CSV),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", CSV),
    ],
)
def test_told_apart_by_content(data, kind):
    assert kind_of(data, "whatever.pdf") == kind


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b"\r\n \r\n\t\r\n", "the file is empty"),
        (b"\xef\xbb\xbf\r\n", "the file is empty"),
        (b"%PDF-1.7\n", "this is a PDF"),
        (b"!BDN....", "this is an Outlook data file (.pst)"),
        (b"\x89PNG\r\n", "this is a picture"),
        (b"\xff\xd8\xff\xe0", "this is a picture"),
        (b"\r\n<!DOCTYPE html><html>", "this is a web page"),
        (b'{"a": 1}', "this is neither a calendar nor a table"),
        (bytes(range(256)) * 8, "this is neither a calendar nor a table"),
    ],
)
def test_anything_else_is_named(data, what):
    with pytest.raises(Refused) as refused:
        kind_of(data, "a.ics")
    assert refused.value.what == what


def test_decoded_is_utf_8_without_a_mark():
    assert {decoded(ICS.encode(code)) for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")} == {ICS.encode()}


def test_files_joined_to_one_leave_no_mark_within():
    for code in ("utf-8-sig", "utf-16"):
        assert decoded(ICS.encode(code) * 2) == ICS.encode() * 2
    assert decoded("SUMMARY:\ufeffBEGIN:VCALENDAR".encode()) == "SUMMARY:\ufeffBEGIN:VCALENDAR".encode()


def test_a_file_half_of_zero_bytes_is_not_taken_for_utf_16():
    for damaged in (ICS.encode() + bytes(5_000), bytes(range(256)) * 8):
        assert decoded(damaged) == damaged
    text = f"start,minutes,title\n2026-01-05 10:00,5,{'Ωδή ' * 20}\n"
    assert {decoded(text.encode(code)) for code in ("utf-16-le", "utf-16-be", "utf-16")} == {text.encode()}
