"""Takes the README's pictures from the real dashboard: `python -m tests.browser.make_pictures`.

They show the sample practice as it is today. Run it when a page has changed, and look at what it made.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.server import ROOT, serving
from tests.browser.streamlit_page import open_page, settle, visiting
from tests.chromium import find

PICTURES = ROOT / "data" / "sample" / "pictures"
WIDTH, LOWEST, HIGHEST, GAP = 1280, 900, 6000, 12  # pixels
PAGES = {  # address, and the heading before which the picture ends ("": the whole page)
    "overview": ("/overview?sample=1&period=13+weeks", ""),
    "locations": ("/locations?sample=1&period=13+weeks", "Where were you"),
    "pulled_away": ("/pulled_away?sample=1&period=13+weeks", "How long do they wait"),
    "handed_over": ("/handing_over?sample=1&handing_over_part=Handed+over", ""),
}
CONTENT_HEIGHT = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const block = document.querySelector('[data-testid="stMainBlockContainer"]');
    return Math.ceil(main.getBoundingClientRect().top + block.getBoundingClientRect().height);
}"""


def main() -> int:
    """Write each picture of PAGES and say where; exit status 1 without a Chromium."""
    chromium = find()
    if not chromium:
        print("No Chromium was found. Install one, or run `python start.py test` once, which fetches it.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
        visiting(browser, server.address) as visit,
    ):
        for name, (address, before) in PAGES.items():
            picture = PICTURES / f"{name}.png"
            take(visit.page, server.address + address, before, picture)
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} KB")
    return 0


def take(page: Page, address: str, before: str, picture: Path) -> None:
    """The page of an address down to a heading, as one picture: the window is made as high as what it shows."""
    page.set_viewport_size({"width": WIDTH, "height": LOWEST})
    open_page(page, address)
    settle(page, 60)
    for _ in range(2):  # a higher window can draw what a lower one had left for later
        height = min(max(int(page.evaluate(CONTENT_HEIGHT)), LOWEST), HIGHEST)
        page.set_viewport_size({"width": WIDTH, "height": height})
        settle(page)
    charts, faults = page.get_by_test_id("stPlotlyChart"), page.get_by_test_id("stAlertContentError")
    if not charts.count() or faults.count():
        sys.exit(f"{picture.stem}: the page shows no charts or an error, and no picture was taken.")
    if before:
        heading = page.get_by_role("heading", name=before).first.bounding_box()
        height = int(heading["y"]) - GAP if heading else height
    page.screenshot(path=picture, animations="disabled", clip={"x": 0, "y": 0, "width": WIDTH, "height": height})


if __name__ == "__main__":
    sys.exit(main())
