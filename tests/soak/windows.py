"""The windows of a soak, one step at a time: between two steps of one, others have theirs, so that all are at work at once."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.server import Server
from tests.browser.streamlit_page import be_patient, settle, text
from tests.soak.model import Model

WRONG = ("could not be drawn", "This could not be done", "Open this page anew", "has encountered an error")
PATIENCE = 600  # seconds: a window that is late is late, not wrong
ALREADY = "(said nothing: it was done already, in another window)"

Steps = Iterator[None]
Action = tuple[str, Callable[["Soak", Page], Steps], int]
"""What can be done, how, and how often."""


@dataclass(slots=True)
class Soak:
    """One server, its windows, what they were told is done, and how often what was."""

    server: Server
    windows: list[Page]
    chance: random.Random
    model: Model
    today: datetime
    events: dict[str, str]  # numbers of those that are corrected
    actions: Sequence[Action]
    to_do: list[Action] = field(default_factory=list)  # before any other
    under_way: dict[Page, tuple[str, Steps]] = field(default_factory=dict)
    ready: dict[Page, Locator] = field(default_factory=dict)  # what each is to press
    held: dict[str, Page] = field(default_factory=dict)  # what a window is about to press for, or has not heard about yet
    made: Counter[str] = field(default_factory=Counter)  # names that were given
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)  # by the sentence
    memory: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for page in self.windows:
            be_patient(page, PATIENCE)

    def act(self) -> None:
        """One step in one window."""
        page = self.chance.choice(self.windows)
        if page not in self.under_way:
            (action,) = (
                [self.to_do.pop()] if self.to_do else self.chance.choices(self.actions, [each[2] for each in self.actions])
            )
            self.under_way[page] = (action[0], action[1](self, page))
        self.go_on(page)

    def go_on(self, page: Page) -> None:
        """The next step of what this window is at."""
        name, steps = self.under_way[page]
        self.quiet(page)
        try:
            next(steps)
        except StopIteration:
            del self.under_way[page]
        except AssertionError as error:
            raise AssertionError(f"{name}, at {page.url}: {error}") from error

    def end(self) -> None:
        """Let every window end what it is at."""
        while self.under_way:
            self.go_on(next(iter(self.under_way)))
        for page in self.windows:
            self.quiet(page)

    def nth(self, what: str) -> int:
        """How many of these were named before."""
        self.made[what] += 1
        return self.made[what] - 1

    def takes_back(self) -> bool:
        """Whether what was just done is taken back: every second one is."""
        return self.nth("way back") % 2 == 1

    def quiet(self, page: Page) -> None:
        """Wait for a window. AssertionError where it says that something went wrong."""
        settle(page)
        said = text(page)
        assert not [words for words in WRONG if words in said], f"at {page.url}:\n{said[:800]}"

    def open(self, page: Page, address: str) -> None:
        """Open a page by its address, and wait for it."""
        page.goto(f"{self.server.address}/{address}")
        self.quiet(page)

    def pressed(
        self, page: Page, kind: str, button: Locator, words: str, about: Iterable[str] = (), *, may_go: bool = False
    ) -> Generator[None, None, bool]:
        """Press a button, and hear a turn later whether it is done. All windows that are ready to press do it at the same moment;
        but no two for the same thing, of those that it is `about`.

        Not done is what the page refuses in its own words; and where the button `may_go`, what was not to be done any more.
        """
        if not self.heard(page, kind, button):
            return False
        about = list(about)
        for thing in about:
            while other := self.held.get(thing):
                self.go_on(other)
        self.held |= dict.fromkeys(about, page)
        self.ready[page] = button
        yield
        for each in self.ready.values():
            each.click()
        self.ready.clear()
        yield
        done = self.heard(page, kind, words, button if may_go else None)
        for thing in about:
            del self.held[thing]
        self.done[kind] += done
        return done

    def heard(self, page: Page, kind: str, wanted: str | Locator, button: Locator | None = None) -> bool:
        """Whether these words stand there, or what is to be pressed does. A refusal is counted by its sentence, and so is that
        the button that was pressed is gone."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.quiet(page)
            gone = button is not None and not button.count()
            if wanted in said(page) if isinstance(wanted, str) else wanted.count():
                return True
            again = page.get_by_role("button", name="Try again")
            refusals = page.get_by_test_id("stAlertContentError")
            if again.count():  # the log keeps what another page or program had the file for
                again.click()
            elif gone or refusals.count():
                sentence = plain(refusals.first.inner_text()) if refusals.count() else ALREADY
                self.refused[kind, re.sub(r"\d[\d-]*", "…", sentence)] += 1
                return False
            page.wait_for_timeout(200)
        raise AssertionError(f"{kind}: neither {wanted!r} nor a refusal after {PATIENCE} s; it shows:\n{said(page)[:800]}")

    def weigh(self, minute: float) -> None:
        """The server's memory now, in MB; 0 where the system does not tell."""
        status = Path(f"/proc/{self.server.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text()) if status.exists() else None
        self.memory.append((minute, int(found[1]) / 1024 if found else 0.0))


def said(page: Page) -> str:
    """What stands on a page, in one line."""
    return plain(text(page))


def plain(words: str) -> str:
    """Words with plain spaces."""
    return " ".join(words.split())
