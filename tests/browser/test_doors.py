"""Each page as the first address after a start, and who may talk to the dashboard: this machine's browser, by its name."""

from __future__ import annotations

import http.client
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import expect_words, open_page, upload, visiting
from tests.making import LOG_HEADER, PRACTICE, calendar, event

DAYS = "period=Between+two+days&from=2026-03-02&to=2026-03-15"
WORK = calendar(
    "Work",
    event("Strategy", "2026-03-02 09:00", "11:00", place="North"),
    event("Payroll", "2026-03-03 09:00", "10:00", place="Riverside"),
)
COLD = ("overview", "locations", "pulled_away", "day", "handing_over", "hours", "log", "roles", "data")
STRANGE = {"Origin": "http://127.0.0.1.example.org"}
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def test_each_page_may_be_the_first_address_after_a_start(browser: Browser, tmp_path: Path) -> None:
    export = tmp_path / "work.ics"
    export.write_bytes(WORK)
    (tmp_path / "practice.toml").write_text(PRACTICE, "utf-8")
    for nth, name in enumerate(COLD):
        with serving(tmp_path) as server, visiting(browser, server.address) as visit:
            if not nth:
                etl(server, "load", str(export))
            open_page(visit.page, f"{server.address}/{name}?{DAYS}&at=North")
            heading = visit.page.get_by_role("heading", level=1)
            assert heading.inner_text() != "See where your hours go.", name
            assert f"/{name}?" in visit.page.url
            if name not in ("log", "roles", "data"):  # what waits, is logged today or is to be loaded knows no days
                expect_words(visit.page, "2 Mar – 15 Mar 2026")
                assert "at=North" in visit.page.url, name
        assert not visit.strangers, name


def answer(server: Server, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> int:
    """The status of an answer. Its Host is the server's own unless the headers name another."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    line.request(method, path, body, headers)
    status = line.getresponse().status
    line.close()
    return status


def test_a_foreign_origin_or_host_gets_no_session(server: Server) -> None:
    own = {"Origin": server.address}
    assert answer(server, "GET", "/_stcore/stream", HANDSHAKE | own) == 101
    assert answer(server, "GET", "/_stcore/stream", HANDSHAKE | STRANGE) == 403
    assert answer(server, "GET", "/_stcore/stream", HANDSHAKE | own | {"Host": "owner.example.org"}) == 403


def test_a_foreign_page_can_upload_nothing(page: Page, server: Server) -> None:
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "PUT" else None)
    open_page(page, f"{server.address}/data")
    upload(page, ("log.csv", f"{LOG_HEADER}\n2026-03-02 09:30,15,,,,,,,,\n".encode()))
    path = sent[0].url.removeprefix(server.address)
    headers = sent[0].all_headers()
    own = {name: headers[name] for name in ("content-type", "cookie", "x-xsrftoken", "origin")}
    boundary = own["content-type"].partition("boundary=")[2]
    part = 'Content-Disposition: form-data; name="file"; filename="log.csv"'
    body = f"--{boundary}\r\n{part}\r\n\r\nstarted_at\r\n--{boundary}--\r\n".encode()
    assert answer(server, "PUT", path, own, body) == 204
    without = {name: value for name, value in own.items() if name not in ("cookie", "x-xsrftoken")}
    assert answer(server, "PUT", path, without | STRANGE, body) == 403  # a browser keeps our cookies from a foreign page
    assert answer(server, "PUT", path, {k: v for k, v in own.items() if k != "x-xsrftoken"} | STRANGE, body) == 403
