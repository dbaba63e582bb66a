"""What a window changes, and now and then takes back; the model follows what the app says became of it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable

from playwright.sync_api import Locator, Page

from tests.browser.command_line import beside
from tests.browser.streamlit_page import choose, settle, table, upload
from tests.browser.tables import write_row
from tests.soak.practice import APRIL, CALL, SERIES, TITLES, TOPICS, WAITING, call, extra, series
from tests.soak.windows import Soak, Steps, said

ROLES = ("leadership", "management")
SEEN = 10  # rows of the log's table that stand there without a scroll
HANDED = [f"thing {nth}" for nth in range(1, 9)]


def undo(page: Page) -> Locator:
    """The one way back on a page."""
    return page.locator("[class*=st-key-undo_] button").first


def taken_back(soak: Soak, page: Page, kind: str, what: str, about: Iterable[str] = ()) -> Generator[None, None, bool]:
    """Whether what was just done was taken back; it is tried every second time."""
    return soak.takes_back() and (yield from soak.pressed(page, kind, undo(page), f"Taken back: {what}", about))


def log(soak: Soak, page: Page) -> Steps:
    """A line typed."""
    nth = soak.nth("call")
    topic = TOPICS[nth]
    soak.open(page, "log")
    page.get_by_role("textbox", name="Minutes, location").click()
    page.keyboard.type(f"6 north {topic} {call(nth, soak.today)}")
    page.keyboard.press("Enter")
    page.get_by_text("Not kept yet").wait_for()
    keep = page.get_by_role("button", name="Keep it", exact=True)
    if (yield from soak.pressed(page, "a line logged", keep, f"Kept: 6 min, North, {topic}")):
        soak.model.correct_log(topic, 0, 6)
        if (yield from taken_back(soak, page, "a line taken back", f"6 min, North, {topic}")):
            soak.model.correct_log(topic, 6, 0)


def correct_log(soak: Soak, page: Page) -> Steps:
    """The minutes of an entry typed over in the log's table, as this window has it."""
    soak.open(page, "log")
    if not page.locator(".st-key-save_log").count():
        return
    nth = page.get_by_test_id("stDataFrame").count() - 1
    shown = table(page, nth)
    at = soak.chance.randrange(min(len(shown) - 1, SEEN))
    row = dict(zip(shown[0], shown[1 + at], strict=True))
    topic, old = row["Topic"], int(float(row["Minutes"]))
    new = soak.chance.choice([minutes for minutes in range(1, CALL) if minutes != old])
    page.bring_to_front()  # a table in a window behind another opens no cell
    write_row(page, at, [None, str(new)], nth)
    save = page.locator(".st-key-save_log button")
    if (yield from soak.pressed(page, "an entry corrected", save, "Saved: 1 row changed")):
        soak.model.correct_log(topic, old, new)
        if (yield from taken_back(soak, page, "an entry's correction taken back", "1 row changed")):
            soak.model.correct_log(topic, new, old)


def file(soak: Soak, page: Page) -> Steps:
    """The title on the card of Roles answered; then the last answer of any window taken back."""
    soak.open(page, "roles")
    card = page.get_by_role("combobox", name="What is this?")
    if not card.count():
        return
    title, role = card.input_value(), soak.chance.choice(ROLES)
    button = page.locator(f"[class*=st-key-as_{role}] button")
    done = f"“{title}”: {'1 h' if title in TITLES[:WAITING] else '30 min'} are {role}"
    if (yield from soak.pressed(page, "a title filed", button, f"{done}. Everything is counted anew.", [title])):
        soak.model.answers.append((done, soak.model.say([title], role)))
    if last := re.search(r"Last: (“(\w+)”: [^“”]+? are \w+)\.", said(page)):
        words, title = last.groups()
        if (yield from taken_back(soak, page, "an answer taken back", words, [title])):
            soak.model.unsay(*(before for each, before in soak.model.answers if each == words))


def correct(soak: Soak, page: Page) -> Steps:
    """One event corrected on Hours, or its whole series."""
    hour, whole = soak.chance.choice(SERIES), soak.chance.random() < 0.5
    every = series(hour)
    role, one = soak.chance.choice([*ROLES, "personal"]), soak.chance.choice(every)
    soak.open(page, f"hours?{APRIL}&event=e{soak.events[one]}")
    choose(page, "It is", role.capitalize())
    if whole:
        page.get_by_text("this whole series, 4 events").click()
        settle(page)
    save = page.get_by_role("button", name="Save the correction")
    done = f"Corrected: {role} for {'this whole series, 4 events' if whole else 'this one'}. Everything is counted anew."
    if (yield from soak.pressed(page, "a correction", save, done, every)):
        before = soak.model.say(every if whole else [one], role)
        if (yield from taken_back(soak, page, "a correction taken back", done, every)):
            soak.model.unsay(before)


def hand_over(soak: Soak, page: Page) -> Steps:
    """Something handed over that another window may have handed over already."""
    soak.open(page, "handing_over?handing_over_part=What+next")
    who = f"team {soak.nth('team')}"
    choose(page.get_by_test_id("stMain"), "What?", "Another topic")
    page.get_by_role("textbox", name="Another topic, as your log names it").fill(soak.chance.choice(HANDED))
    page.get_by_role("combobox", name="Who takes it? A role, not a name").fill(who)
    page.keyboard.press("Enter")
    settle(page)
    hand = page.get_by_role("button", name="Hand it over", exact=True)
    if (yield from soak.pressed(page, "a thing handed over", hand, "It is handed over.")):
        soak.model.handed[who] += 1
        if (yield from taken_back(soak, page, "a hand-over taken back", "It is handed over.")):
            soak.model.handed[who] -= 1


def end(soak: Soak, page: Page) -> Steps:
    """A hand-over ended."""
    soak.open(page, "handing_over?handing_over_part=Handed+over")
    button, who = _entry(soak, page, "end_")
    done = "It is yours again from today; what is drawn up to then stays."
    if button and (yield from soak.pressed(page, "a hand-over ended", button, done, may_go=True)):
        soak.model.ended[who] += 1
        if (yield from taken_back(soak, page, "an end taken back", done)):
            soak.model.ended[who] -= 1


def take_out(soak: Soak, page: Page) -> Steps:
    """A hand-over taken out of the ledger."""
    soak.open(page, "handing_over?handing_over_part=Handed+over")
    button, who = _entry(soak, page, "out_")
    if not button:
        return
    button.click()
    sure = page.get_by_test_id("stPopoverBody").get_by_role("button", name="Take it out")
    done = "The hand-over is taken out."
    if (yield from soak.pressed(page, "a hand-over taken out", sure, done, may_go=True)):
        soak.model.handed[who] -= 1
        if (yield from taken_back(soak, page, "a hand-over put back", done)):
            soak.model.handed[who] += 1


def _entry(soak: Soak, page: Page, key: str) -> tuple[Locator | None, str]:
    """A button of one hand-over, by the beginning of its key, and who takes it; None where there is none."""
    buttons = page.locator(f"[class*=st-key-{key}]")
    if not buttons.count():
        return None, ""
    own = soak.chance.choice(buttons.all()).get_attribute("class") or ""
    found = re.search(rf"st-key-({key}\w+)", own)
    assert found, own
    button = page.locator(f".st-key-{found[1]} button")
    words = button.evaluate("b => { while (!/Taken by team/.test(b.innerText)) b = b.parentElement; return b.innerText }")
    who = re.search(r"team \d+", words)
    assert who, words
    return button, who[0]


def upload_one(soak: Soak, page: Page) -> Steps:
    """A new calendar by the page."""
    soak.open(page, "data")
    name, title, export = extra(soak.nth("extra"))
    upload(page, (f"{name.lower().replace(' ', '_')}.ics", export))
    button = page.get_by_role("button", name="Load 1 file", exact=True)
    if (yield from soak.pressed(page, "an upload", button, f"Calendar {name}: 1 event, 30 min counted")):
        _loaded(soak, name, title)
        back = page.get_by_role("button", name="Undo this load")
        if back.count() and soak.takes_back():
            done = "The last load is undone."
            if (yield from soak.pressed(page, "an upload taken back", back, done, may_go=True)):
                del soak.model.loaded[name], soak.model.hours[title]


def load_beside(soak: Soak, _: Page) -> Steps:
    """A new calendar by the command line, while the windows are at work."""
    name, title, export = extra(soak.nth("extra"))
    path = soak.server.db.parent / f"{name.lower().replace(' ', '_')}.ics"
    path.write_bytes(export)
    beside(soak.server, "load", str(path))
    soak.done["a load beside"] += 1
    _loaded(soak, name, title)
    yield from ()


def _loaded(soak: Soak, name: str, title: str) -> None:
    soak.model.loaded[name] = title
    soak.model.hours[title] = 0.5


EDITS = [
    ("a line logged", log, 3),
    ("an entry corrected", correct_log, 3),
    ("a title filed", file, 3),
    ("a correction", correct, 3),
    ("a thing handed over", hand_over, 2),
    ("a hand-over ended", end, 2),
    ("a hand-over taken out", take_out, 1),
    ("an upload", upload_one, 2),
    ("a load beside", load_beside, 1),
]
