"""Nobody is shut out: axe-core finds nothing on any page, at a desk and on a telephone nothing is cut or stands over anything
else, and the way from a picture to its hours needs no mouse."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.boxes import faults as layout_faults
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import expect_words, open_page, settle, turn_to, visiting

# WCAG 2.2, levels A and AA.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
STREAMLITS: dict[tuple[str, str], str] = {}
"""What is Streamlit's own fault and not ours to mend: (rule, selector as axe gives it) and why. None as of Streamlit 1.67."""
SAMPLE = (
    "overview", "locations", "pulled_away", "day", "handing_over", "log", "hours", "roles", "roles?roles_part=Places",
    "roles?roles_part=Your+rules", "against", "help", "data",
    "data?data_part=What+is+loaded", "data?data_part=What+was+left+out", "data?data_part=Practice",
    "data?data_part=Privacy",
)  # fmt: skip
EMPTY = ("", "handing_over", "log", "hours", "roles", "data", "data?data_part=Practice", "data?data_part=Privacy", "help")
# The page as tall as what is on it: of what is scrolled out of sight axe does not compute the contrast.
TALL = """() => {
    const [main, block] = ['stMain', 'stMainBlockContainer'].map(id => document.querySelector(`[data-testid="${id}"]`));
    return Math.ceil(main.getBoundingClientRect().top + block.getBoundingClientRect().height);
}"""
# The least contrast of the borders of what can be clicked or typed in, with what lies around them; and the smallest button.
EDGES = """() => {
    const parse = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
    const paper = parse(getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor);
    const found = [...document.querySelectorAll(`[data-testid="stButtonGroup"] button, [data-testid^="stBaseButton-secondary"],
        [data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"], [data-testid="stDateInputField"],
        [data-testid="stTimeInputTimeDisplay"], [data-testid="stFileUploaderDropzone"],
        [data-testid="stSelectbox"] [role="group"]`)];
    return found.filter(each => !each.disabled && each.getBoundingClientRect().height).map(each => {
        const edge = light(parse(getComputedStyle(each).borderTopColor)), ground = light(paper);
        return [each.dataset.testid || each.innerText, (Math.max(edge, ground) + 0.05) / (Math.min(edge, ground) + 0.05)];
    });
}"""
FOCUSED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
    return {name: at.getAttribute('aria-label') || (['MAIN', 'BODY'].includes(at.tagName) ? '' : at.innerText),
            seen: box.top >= -1 && box.bottom <= innerHeight + 1,
            ring: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2};
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole module: nothing here is written."""
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def page(browser: Browser, served: Server) -> Iterator[Page]:
    with visiting(browser, served.address) as visit:
        yield visit.page
    assert not visit.strangers, "the page asked for addresses that are not its own server's"


@pytest.fixture(scope="module")
def axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def shown(page: Page, address: str, width: int = 1280) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    turn_to(page, address)
    page.set_viewport_size({"width": width, "height": min(max(int(page.evaluate(TALL)), 900), 9000)})
    settle(page)


def faults(page: Page, axe: str, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe-core finds on the page and STREAMLITS does not excuse; and borders that are not seen: axe looks at text alone."""
    if not page.evaluate("'axe' in window"):  # once a load: what has run before is compiled
        page.evaluate(f"{axe};0")
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", rules)
    return [
        f"{each['id']}: {' '.join(map(str, node['target']))}: {node['html'][:200]}: {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
        if (each["id"], " ".join(map(str, node["target"]))) not in STREAMLITS
    ] + [f"the border of {of} has {ratio:.2f}" for of, ratio in page.evaluate(EDGES) if ratio < 3]


@pytest.mark.parametrize(("pages", "query"), [(SAMPLE, "sample=1"), (EMPTY, "")], ids=["the sample", "with nothing loaded"])
def test_nothing_is_wrong_on_any_page_in_the_light_in_the_dark_and_on_a_telephone(
    page: Page, served: Server, axe: str, pages: tuple[str, ...], query: str
) -> None:
    """One look at each page for all of it: to load a page costs more than to look at it."""
    wrong = []
    for name in pages:
        page.emulate_media(color_scheme="light")
        shown(page, f"{served.address}/{name}{'&' if '?' in name else '?'}{query}")
        wrong += [f"{name}: {fault}" for fault in [*faults(page, axe), *layout_faults(page)]]
        page.emulate_media(color_scheme="dark")
        settle(page)
        wrong += [f"{name}, dark: {fault}" for fault in faults(page, axe, COLOURS)]
        page.set_viewport_size({"width": 400, "height": 900})
        settle(page)
        wrong += [f"{name}, 400 px: {fault}" for fault in layout_faults(page)]
    assert not wrong, "\n".join(wrong)


def test_axe_finds_nothing_on_a_narrow_screen_and_would_find_what_is_pale(page: Page, served: Server, axe: str) -> None:
    shown(page, f"{served.address}/overview?sample=1", width=400)
    assert faults(page, axe) == []
    page.add_style_tag(content='[data-testid="stCaptionContainer"] { color: #A8A193 !important; }')
    assert any(fault.startswith("color-contrast") for fault in faults(page, axe))


def test_from_the_overview_to_the_hours_of_a_mark_and_back_by_the_keyboard_alone(page: Page, served: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    open_page(page, f"{served.address}/overview?sample=1")
    tab_to(page, "The numbers")
    page.keyboard.press("Enter")
    settle(page)
    tab_to(page, "Open the hours of", ring=False)  # a field has its own border for that
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    mark = page.locator('[role="option"][aria-selected="true"], [role="option"][data-focused="true"]').first.inner_text()
    page.keyboard.press("Enter")
    settle(page)
    expect_words(page, "Back to Overview")
    role, amount = mark.split(",")[0], mark.rsplit(": ", 1)[1]
    heading = page.locator("h1").inner_text()
    assert heading.startswith(f"{role}, "), (mark, heading)
    assert amount
    tab_to(page, "Back to Overview")
    page.keyboard.press("Enter")
    settle(page)
    expect_words(page, "What does your average week hold?")
    assert "/overview" in page.url


def tab_to(page: Page, name: str, most: int = 90, *, ring: bool = True) -> None:
    """Press Tab until what has this name has the focus, which must be seen on it. AssertionError where Tab never gets there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if name in at["name"]:
            page.wait_for_timeout(300)  # it may still be scrolled to
            at = page.evaluate(FOCUSED)
            assert at["seen"], at
            assert at["ring"] or not ring, at
            return
    raise AssertionError(f"{name} cannot be reached by Tab")
