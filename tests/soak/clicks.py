"""What a window does that changes nothing: look at another page, other days, another place, into a bar and back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Error, Page

from tests.soak.windows import Soak, Steps

PAGES = ("overview", "locations", "pulled_away", "day", "handing_over", "hours", "log", "roles", "data")


def turn(soak: Soak, page: Page) -> Steps:
    """To another page by its name on top, or now and then by its address, which is loaded anew."""
    name = soak.chance.choice(PAGES)
    link = page.get_by_test_id("stTopNavLink").filter(has_text=name.replace("_", " ").replace("day", "The day").capitalize())
    if soak.chance.random() < 0.2 or not link.count() or not link.first.is_visible():
        soak.open(page, f"{name}?period=All")
    else:
        link.first.click()
    soak.done["another page"] += 1
    yield from ()


def press(kind: str, what: str) -> Callable[[Soak, Page], Steps]:
    """One of what can be pressed here, if anything can; not waited for."""

    def pressed(soak: Soak, page: Page) -> Steps:
        found = [each for each in page.locator(what).all()[:40] if each.is_visible()]
        try:
            if found:
                soak.chance.choice(found).click(force=True, timeout=5000)
            soak.done[kind if found else f"{kind}: there is none"] += 1
        except Error:  # a mark that moved away under the pointer
            soak.done[f"{kind}: it moved away"] += 1
        yield from ()

    return pressed


CLICKS = [
    ("another page", turn, 6),
    ("a period", press("a period", ".st-key-period [role=radio]"), 5),
    ("a location", press("a location", ".st-key-at button"), 4),
    ("into a bar", press("into a bar", ".barlayer .point path"), 4),
    ("back", press("back", "button:has-text('Back to')"), 4),
]
