"""What is cut from a text before anything is stored."""

import pytest

from etl.transform import privacy


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Call jo@example.com now", "Call (mail address) now"),
        ("mailto:jo.o'neil+x@mail.example.co.uk", "(mail address)"),
        ("a@b.example, c@d.example", "(mail address), (mail address)"),
        ("<jo@example.com>", "<(mail address)>"),
        ("MAILTO:JO@EXAMPLE.COM", "(mail address)"),
        ("jürgen@müller.example", "(mail address)"),
        ("lunch @ noon", "lunch @ noon"),
        ("5@3", "5@3"),
    ],
)
def test_mail_addresses_go(text: str, kept: str) -> None:
    assert privacy.without_addresses(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [("jo@example.com", "jo"), ("Work (jo@example.com)", "Work (jo)"), ("Work", "Work"), (" Work ", "Work")],
)
def test_a_calendar_keeps_the_part_that_tells_it_apart(text: str, kept: str) -> None:
    assert privacy.calendar_name(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [("jo@example.com.ics", "jo.ics"), ("jo@example.com", "jo"), ("work.ics", "work.ics"), ("no ending", "no ending")],
)
def test_so_does_a_file(text: str, kept: str) -> None:
    assert privacy.file_name(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://meet.example/j/123?pwd=secret", "meet.example"),
        ("Room 2; http://meet.example:8080/#code", "Room 2; meet.example:8080"),
        ("www.meet.example/123", "meet.example"),
        ("zoom.example/j/123?pwd=secret, or Room 2", "zoom.example, or Room 2"),
        ("call us02web.zoom.example/j/123", "call us02web.zoom.example"),
        ("12 Mill Road", "12 Mill Road"),
        ("Zoom.us/j/123?pwd=s", "Zoom.us"),
        ("Room 3/zoom.us/j/123?pwd=s", "Room 3/zoom.us"),
        ("zoommtg://zoom.us/join?confno=1&pwd=s", "zoom.us"),
        ("//zoom.us/j/1?pwd=s", "zoom.us"),
        ("zoom.us?pwd=secret", "zoom.us"),
        ("meet.example:8080/j/1", "meet.example:8080"),
        ("bürger.example/j/123", "bürger.example"),
        ("zoom.xn--p1ai/j/1", "zoom.xn--p1ai"),
        ("(zoom.us/j/1); North", "(zoom.us); North"),
        ("zoom.us/j/1,North", "zoom.us,North"),
        ("dr.smith/room 3", "dr.smith/room 3"),
        ("1.og/zimmer 3", "1.og/zimmer 3"),
        ("north.clinic/Room 2 // East", "north.clinic/Room 2 // East"),
        ("Suite 3.2/B", "Suite 3.2/B"),
        ("Dr.Smith/Room 3, St. Ann/North", "Dr.Smith/Room 3, St. Ann/North"),
        ("jo@example.com, North", "(mail address), North"),
        ("https://user:pass@meet.example/x", "meet.example"),
    ],
)
def test_of_a_link_only_the_host_stays(text: str, kept: str) -> None:
    assert privacy.place(text) == kept
