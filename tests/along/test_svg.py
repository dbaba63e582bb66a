"""Pictures as text: bars from zero in true proportion, every word escaped, a finding for those who cannot see them."""

import xml.etree.ElementTree as ElementTree

import pytest

from etl.along.svg import MANY, WIDE, Bar, Column, Part, bars, columns


def parts(svg: str, tag: str) -> list[ElementTree.Element]:
    """The elements of a picture, which must be whole XML."""
    return ElementTree.fromstring(svg).findall(f".//{tag}")  # noqa: S314 - our own


@pytest.mark.parametrize("rows", [3, MANY + 1])
def test_bars_begin_at_zero_and_are_as_long_as_their_values(rows: int) -> None:
    drawn = bars(
        [Bar(f"Row {n}", [Part(n, "#D55E00"), Part(2 * n, "#0072B2", faint=True)], f"{3 * n} h") for n in range(rows)], "x."
    )
    boxes = [{name: float(box.get(name, "0")) for name in ("x", "y", "width", "height")} for box in parts(drawn, "rect")]
    firsts, seconds = boxes[::2], boxes[1::2]
    assert len({box["x"] for box in firsts}) == 1
    unit = firsts[1]["width"]
    for n, (first, second) in enumerate(zip(firsts, seconds, strict=True)):
        assert first["width"] == pytest.approx(n * unit, abs=0.5)
        assert second["width"] == pytest.approx(2 * n * unit, abs=1)
        assert second["x"] == pytest.approx(first["x"] + first["width"], abs=0.11)
    assert max(box["x"] + box["width"] for box in boxes) < WIDE  # there is room for the number
    assert len({box["y"] for box in firsts}) == rows


def test_the_time_before_is_marked_on_the_same_scale() -> None:
    drawn = bars([Bar("A", [Part(5, "#D55E00")], "5 h", before=10), Bar("B", [Part(10, "#0072B2")], "10 h")], "x.")
    (mark,) = [path.get("d", "") for path in parts(drawn, "path") if path.get("class") == "before"]
    longest = max(float(box.get("width", "0")) for box in parts(drawn, "rect"))
    assert float(mark[1:].split()[0]) == pytest.approx(longest, abs=0.1)


def test_columns_stand_on_one_line_and_a_part_of_a_week_is_an_outline() -> None:
    drawn = columns([Column("a", 1), Column("b", 4), Column("c", 2, whole=False)], 8, "#D55E00", ["most 4 h", "last 4 h"], "x.")
    boxes = parts(drawn, "rect")
    tops = [float(box.get("y", "0")) + float(box.get("height", "0")) for box in boxes]
    assert tops == pytest.approx([tops[0]] * 3, abs=0.3)
    heights = [float(box.get("height", "0")) for box in boxes]
    assert heights[:2] == pytest.approx([heights[1] / 4, heights[1]], abs=0.2)
    assert [box.get("fill") for box in boxes] == ["#D55E00", "#D55E00", "none"]
    assert [text.text for text in parts(drawn, "text")] == ["a", "c", "most 4 h", "last 4 h"]


@pytest.mark.parametrize(
    "drawn", [bars([], "Nothing."), columns([], 0, "#D55E00", [], "Nothing."), bars([Bar("A", [], "0")], "A.")]
)
def test_nothing_is_a_picture_too(drawn: str) -> None:
    assert ElementTree.fromstring(drawn).get("role") == "img"  # noqa: S314 - our own


def test_every_word_is_text() -> None:
    nasty = '<script>alert("1")</script>&'
    drawn = bars([Bar(nasty, [Part(1, "currentColor")], nasty)], nasty)
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    assert not parts(drawn, "script")
    assert root.get("aria-label") == nasty
    assert [text.text for text in parts(drawn, "text")] == [nasty, nasty]
    assert [title.text for title in parts(drawn, "title")] == [nasty]
