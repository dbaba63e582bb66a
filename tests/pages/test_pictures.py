"""Every picture of every page, over the sample: what it says to who does not see it, and what of it is seen."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import charts_average, charts_pairs, charts_rows, country, marks
from pages.parts.behind import HOURS
from pages.parts.ink import LIGHT
from tests.pages.test_colours import MARK, TEXT, contrast, over
from tests.pages.test_pages_run import opened, shown, words

PAGES = {
    "overview": {}, "locations": {}, "pulled_away": {}, "day": {}, "handing_over": {}, "log": {}, "hours": {}, "roles": {},
    "data": {"data_part": "What was left out"},
}  # fmt: skip
GRIDS = ("heat", "presence", "matrix_False", "matrix_True")
"""Pictures of cells with numbers in them: a faint cell is seen by its number."""
OPEN = "rgba(0,0,0,0)"
NUMBER = re.compile(r"\d")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with the sample's own file, made once."""
    with pytest.MonkeyPatch.context() as patch:
        db = tmp_path_factory.mktemp("sample") / "owner_time.duckdb"
        patch.setenv("OWNER_TIME_DB", str(db))
        country.write_as(country.writing_of("CA"))  # AppTest asks a list for its words in the thread of the test
        yield db.parent
        country.write_as(country.WORLD)


@pytest.fixture(scope="module")
def drawn(sample: Path) -> dict[str, AppTest]:
    """Every page with pictures, as it is drawn."""
    pages = {page: opened(shown(page, sample="1", **address)) for page, address in PAGES.items()}
    for page, app in pages.items():
        assert "could not be drawn" not in words(app), page
    return pages


def charts(app: AppTest) -> list[tuple[str, Any, dict[str, Any]]]:
    """Of each picture its key, its element and what Plotly is given."""
    found = [chart.proto for chart in app.get("plotly_chart")]
    return [(proto.id.rsplit("-", 1)[-1], proto, json.loads(proto.spec)) for proto in found]


@pytest.mark.parametrize("page", PAGES)
def test_a_picture_says_its_finding_with_a_number(drawn: dict[str, AppTest], page: str) -> None:
    assert charts(drawn[page]) or page in ("log", "hours"), page
    for key, proto, _ in charts(drawn[page]):
        assert NUMBER.search(proto.alt), f"{page}, {key}: {proto.alt!r}"


@pytest.mark.parametrize("page", PAGES)
def test_a_table_stands_under_each_picture(drawn: dict[str, AppTest], page: str) -> None:
    """In the order of the page: after a picture comes a table before the next heading of its place."""
    waiting = ""
    for element in _in_order(drawn[page].main):
        if element.type == "plotly_chart":
            waiting = element.proto.id
        elif element.type in ("table", "arrow_table", "dataframe", "arrow_data_frame"):
            waiting = ""
        elif element.type == "subheader":
            assert not waiting, f"{page}: nothing under {waiting} before {element.value}"
    assert not waiting, f"{page}: nothing under {waiting}"


def _in_order(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _in_order(child)
        else:
            yield child


@pytest.mark.parametrize("page", PAGES)
def test_each_mark_is_seen_against_the_paper_and_its_words_on_it(drawn: dict[str, AppTest], page: str) -> None:
    """By its colour, or by its outline where it is faint or open; the cells of a grid by the number in them."""
    for key, _, spec in charts(drawn[page]):
        for trace in spec["data"]:
            if trace.get("mode") == "text":  # in cells, or on the paper
                within = list(_cells_behind(trace, spec["data"]))
                assert within or key not in GRIDS
                for below, ink, text in within:
                    assert contrast(ink, below) >= TEXT, f"{page}, {key}: {text}"
                continue
            look, said = trace.get("marker", {}), _each(trace.get("text"))
            fills, lines = (_each(of.get("color")) for of in (look, look.get("line", {})))
            inks = _each(trace.get("insidetextfont", {}).get("color"))
            for place, text in enumerate(said if inks else ()):
                pair = (inks[place % len(inks)], fills[place % len(fills)])
                assert not text or contrast(*pair) >= TEXT, f"{page}, {key}: {pair}"
            if trace.get("constraintext") == "none" or trace.get("hoverinfo") == "skip" or key in GRIDS:
                continue
            if fills == [OPEN]:  # what the mouse finds of what is drawn as paths
                painted = [shape["fillcolor"] for shape in spec["layout"]["shapes"] if shape.get("fillcolor")]
                assert painted, f"{page}, {key}"
                fills = painted
            for place, fill in enumerate(fills):
                line = lines[place % len(lines)] if lines else ""
                assert any(_is_seen(colour, look) for colour in (fill, line)), f"{page}, {key}: {fill} within {line}"


def _cells_behind(words: dict[str, Any], data: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Of each word in a cell the colour of the cell, its own, and the word."""
    cells = {}
    for trace in data:
        if trace["type"] == "bar" and trace.get("orientation") != "h":
            for x, base, high, colour in zip(trace["x"], trace["base"], trace["y"], trace["marker"]["color"], strict=True):
                cells[x, round(base + high / 2, 6)] = colour
    for x, y, ink, text in zip(words["x"], words["y"], words["textfont"]["color"], words["text"], strict=True):
        if (x, round(y, 6)) in cells:
            yield cells[x, round(y, 6)], ink, text


def _each(colour: Any) -> list[str]:
    return [colour] if isinstance(colour, str) else list(colour or ())


def _is_seen(colour: str, look: dict[str, Any]) -> bool:
    strength = look.get("opacity", 1.0)
    return colour.startswith("#") and contrast(over(colour, LIGHT.paper, strength), LIGHT.paper) >= MARK


@pytest.mark.parametrize("page", ["overview", "locations", "pulled_away", "day"])
def test_each_mark_can_be_opened_by_the_keyboard(drawn: dict[str, AppTest], page: str) -> None:
    lists = [box for box in drawn[page].selectbox if box.label == "Open the hours of"]
    assert lists
    for box in lists:
        assert len(set(box.options)) == len(box.options), box.key


def test_a_mark_that_is_chosen_opens_what_a_click_on_it_opens(sample: Path) -> None:
    app = opened(shown("overview", sample="1"))
    box = app.selectbox(key="mark_weeks")
    name = next(option for option in box.options if option.startswith("Management, "))
    total = name.rsplit(": ", 1)[1]
    app = box.set_value(box.options.index(name)).run()
    heading = app.title[0].value
    assert app.pills(key="role").value == ["management"]
    assert heading.startswith("Management, ")
    assert total.removesuffix(" h").split(".")[0] in heading
    assert HOURS.endswith("hours.py")


def test_a_list_of_marks_says_what_the_mouse_is_told() -> None:
    country.write_as(country.WORLD)
    rows = [("Rota <b> & $5", 1.0, 1.0), ("Stock", 0.0, 2.0)]
    assert list(marks.of(charts_rows.ranges(rows, LIGHT))) == [
        ("Rota <b> & $5: 1 h the team could", [0, "yes"]),
        ("Stock: 2 h not known", [1, "not known"]),
    ]


def test_what_stands_for_nothing_is_in_no_list() -> None:
    week = charts_average.average_week({"clinical": 3.0}, None, (3.0, 0.0), "", LIGHT)
    assert [said for said, _ in marks.of(week)] == ["Clinical, now: 3 h a week"]
    cells = charts_pairs.heat(["A", "B"], ["at A"], {("B", "at A"): (2, 0.5)}, LIGHT)
    assert [said for said, _ in marks.of(cells)] == ["about B, you were at A: 2 interruptions, 30 min"]
    dots = charts_rows.dots([("A", 0.0), ("B", 2.0)], "a week", LIGHT)
    assert [of for _, of in marks.of(dots)] == [[1]], "a mark of nothing opens nothing"
