import io
import zipfile

import pytest

from etl.extract import archive, read
from etl.extract.archive import entries
from etl.given import last_part
from etl.model import Extract, Refused
from tests.extract.written_ics import HOW, calendar, event, texts

ICS = calendar(event("DTSTART:20260105T090000Z", "DURATION:PT1H"))
NAMED = calendar("X-WR-CALNAME:Work", event("DTSTART:20260105T090000Z", "DURATION:PT1H", uid="two"))


def packed(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as out:
        for name, data in files:
            out.writestr(name, data)
    return held.getvalue()


def loaded(*files: tuple[str, bytes]) -> Extract:
    return read(packed(*files), "folder/takeout.zip", HOW)


def test_each_calendar_is_an_export_named_for_itself_or_its_file():
    found = loaded(("Takeout/North.ics", ICS), ("Takeout/other.ics", NAMED))
    assert [(export.name, export.file_name) for export in found.exports] == [("North", "takeout.zip"), ("Work", "takeout.zip")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_calendars_of_one_name_are_one():
    found = loaded(("a.ics", ICS), ("a.ics", ICS.replace(b"UID:one", b"UID:two")), ("b/a.ics", ICS))
    assert [(export.name, len(export.occurrences)) for export in found.exports] == [("a", 2)]


def test_a_log_inside_is_read_too():
    found = loaded(("a.ics", ICS), ("calls.csv", b"started_at,minutes\n2026-09-14 10:20,6\n"))
    assert [(type(export).__name__, export.name, export.file_name) for export in found.exports] == [
        ("CalendarExport", "a", "takeout.zip"),
        ("LogExport", "calls", "takeout.zip"),
    ]


def test_what_is_nothing_of_ours_is_left_out_and_said():
    empty = calendar("BEGIN:VTODO", "END:VTODO")
    found = loaded(("a.ics", ICS), ("inner.zip", packed(("b.ics", ICS))), ("c.pdf", b"%PDF-1.7"), ("me@example.com.ics", empty))
    assert [export.name for export in found.exports] == ["a"]
    assert texts(found) == [
        "None: inner.zip: a zip inside the zip is not opened",
        "None: c.pdf: this is a PDF; it is left out",
        "None: (address).ics: no events in this file; it is left out",
    ]


def test_folders_and_the_files_that_macos_adds_are_passed_over():
    assert [
        entry.name
        for entry in entries(
            packed(("folder.ics/", b""), ("__MACOSX/._a.ics", b"x"), (".DS_Store", b"x"), ("a.ics", ICS)), "a.zip"
        )
    ] == ["a.ics"]


def test_names_that_climb_out_are_only_names():
    found = loaded(("../../tmp/up.ics", ICS), ("/etc/abs.ics", ICS), ("..\\back.ics", ICS), ("C:\\drive.ics", ICS))
    assert [export.name for export in found.exports] == ["up", "abs", "back", "drive"]


@pytest.mark.parametrize(
    ("path", "name"), [("a/b.ics", "b.ics"), ("a\\b.ics", "b.ics"), ("b.ics", "b.ics"), ("C:\\b.ics", "b.ics")]
)
def test_last_part(path, name):
    assert last_part(path) == name


def what_is_wrong(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data, "a.zip", HOW)
    assert refused.value.file_name == "a.zip"
    return refused.value.what


def test_a_broken_calendar_inside_refuses_all():
    with pytest.raises(Refused) as refused:
        loaded(("a.ics", ICS), ("cut.ics", ICS[:-40]))
    assert str(refused.value).startswith("takeout.zip, line 6: in cut.ics, the file ends inside an event. ")


def test_damage():
    data = packed(("a.ics", ICS * 50))
    middle = data.index(b"a.ics") + 30
    assert what_is_wrong(data[:middle] + b"\0\0\0" + data[middle + 3 :]) == "a file in the zip is damaged"
    assert what_is_wrong(data[:-30]) == "the zip is damaged"
    assert what_is_wrong(packed()) == "no .ics files inside"
    assert what_is_wrong(packed(("a.pdf", b"%PDF-1.7"))) == "no calendar with events and no log is inside"


def test_a_locked_zip():
    data = bytearray(packed(("a.ics", ICS)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    assert what_is_wrong(bytes(data)) == "the zip is locked with a password"


def test_bytes_are_counted_while_reading(monkeypatch):
    bomb = packed(("a.ics", b"\0" * 50_000_000))
    monkeypatch.setattr(archive, "MOST_BYTES", 10 << 20)
    assert what_is_wrong(bomb) == "the zip unpacks to more than 10 MB"
    size = bomb.index(b"PK\x01\x02") + 24
    assert what_is_wrong(bomb[:size] + (1000).to_bytes(4, "little") + bomb[size + 4 :]) == "a file in the zip is damaged"


def test_too_many_files():
    assert what_is_wrong(packed(*((f"{number}.ics", ICS) for number in range(201)))) == "the zip holds more than 200 files"
    assert (
        what_is_wrong(packed(("a.ics", b"PK\x01\x02" * 5_001), how=zipfile.ZIP_STORED)) == "the zip holds more than 5,000 files"
    )
