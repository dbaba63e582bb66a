"""Pictures: frame in, figure out. Colours go by role, labels keep apart, strangers' words stay words."""

from datetime import date, timedelta

import pytest

from pages.parts import charts_pairs, charts_rows, charts_steps, charts_week
from pages.parts.charts_base import nice_top, spread
from pages.parts.ink import DARK, LIGHT, ROLE_COLOURS, Ink, ink_of

NASTY = '<a href="http://127.0.0.1:9/">$x$</a>'
WEEKS = [(date(2026, 10, 26) + timedelta(days=7 * n), float(n), n < 3) for n in range(4)]


def texts(figure: object) -> str:
    """All that a figure says."""
    return str(figure.to_plotly_json())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("centres", "gap", "expected"),
    [
        ([0.1, 0.5, 0.9], 0.2, [0.1, 0.5, 0.9]),
        ([0.5, 0.5], 0.2, [0.4, 0.6]),
        ([0.0, 0.02], 0.2, [0.0, 0.2]),
        ([0.98, 1.0], 0.2, [0.8, 1.0]),
        ([0.1, 0.1, 0.1], 0.9, [0.0, 0.5, 1.0]),
    ],
)
def test_labels_are_spread_as_little_as_they_must(centres: list[float], gap: float, expected: list[float]) -> None:
    assert spread(centres, gap) == pytest.approx(expected)


@pytest.mark.parametrize(("largest", "top"), [(0, 1), (3.2, 4), (28, 30), (31, 40), (99, 100), (101, 150)])
def test_a_shared_axis_ends_on_a_round_number(largest: float, top: float) -> None:
    assert nice_top(largest) == pytest.approx(top)


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_the_average_week_has_its_hours_and_its_colours(ink: Ink) -> None:
    drawn = charts_week.average_week(
        {"leadership": 3.5, "management": 27.0}, {"leadership": 4.0}, (30.5, 4.0), "the 4 weeks before", ink
    )
    assert [bar.x[0] for bar in drawn.data] == [3.5, 27.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0]
    assert drawn.data[0].marker.color == "#D55E00"
    said = [note.text for note in drawn.layout.annotations]
    assert said == ["<b>Leadership</b><br>3.5 h", "<b>Management</b><br>27 h", "The 4 weeks before: 4 h a week"]


def test_an_empty_week_is_drawn_too() -> None:
    charts_week.average_week({}, None, (0.0, 0.0), "", LIGHT)
    charts_week.weeks_of_role([], "leadership", 1.0, LIGHT, 8.0)
    charts_week.weeks_stacked({}, 1.0, LIGHT)
    charts_rows.hours_rows([], LIGHT)
    charts_rows.ranges([], LIGHT)
    charts_pairs.heat([], [], {}, LIGHT)
    charts_pairs.dumbbells([], ("a", "b"), LIGHT)


def test_a_week_that_is_not_over_is_hatched() -> None:
    drawn = charts_week.weeks_of_role(WEEKS, "leadership", 10.0, LIGHT, 8.0)
    whole, part = drawn.data
    assert (list(whole.x), whole.marker.color, whole.marker.pattern.shape) == ([0, 1, 2], ROLE_COLOURS["leadership"], None)
    assert (list(part.x), part.marker.pattern.shape) == ([3], "/")
    assert [line.y0 for line in drawn.layout.shapes] == [8.0]
    assert "2 h" in [note.text for note in drawn.layout.annotations]


def test_a_week_with_days_off_bears_a_ring_says_so_and_has_less_of_a_target() -> None:
    off = {WEEKS[1][0]: (2, 4.8)}
    drawn = charts_week.weeks_of_role(WEEKS, "leadership", 10.0, LIGHT, 8.0, off=off)
    assert [(line.x0, line.x1, line.y0) for line in drawn.layout.shapes] == [(-0.5, 0.5, 8), (0.5, 1.5, 4.8), (1.5, 3.5, 8)]
    assert [point[0] for point in drawn.data[0].customdata] == [
        "week of 26 Oct 2026", "week of 2 Nov 2026, 2 days off", "week of 9 Nov 2026"
    ]  # fmt: skip
    ring = drawn.data[-1]
    assert (list(ring.x), list(ring.y), ring.marker.color) == ([1], [0.5], LIGHT.paper)
    stacked = charts_week.weeks_stacked({"clinical": WEEKS, "leadership": WEEKS}, 10.0, LIGHT, off=off)
    assert list(stacked.data[-1].x) == [1]


def test_bars_of_days_and_quarters_are_called_by_their_days_and_months() -> None:
    days = [(date(2026, 11, 16) + timedelta(days=n), 1.0, True) for n in range(7)]
    drawn = charts_week.weeks_of_role(days, "clinical", 10.0, LIGHT, grain="day")
    assert [note.text for note in drawn.layout.annotations] == ["16 Nov", "22 Nov 2026"]
    assert drawn.data[0].customdata[0][0] == "16 Nov 2026"
    quarters = [(date(2025, 10, 1), 1.0, True), (date(2026, 1, 1), 2.0, False)]
    drawn = charts_week.weeks_of_role(quarters, "clinical", 10.0, LIGHT, grain="quarter")
    assert [note.text for note in drawn.layout.annotations] == ["Oct – Dec 2025", "Jan – Mar 2026"]


def test_the_ends_of_a_trend_carry_their_year() -> None:
    ends = charts_week.weeks_of_role(WEEKS, "clinical", 10.0, LIGHT).layout.annotations
    assert [note.text for note in ends[:2]] == ["26 Oct", "16 Nov 2026"]
    months = [(date(2025, 12, 1), 1.0, True), (date(2026, 1, 1), 2.0, False)]
    ends = charts_week.weeks_of_role(months, "clinical", 10.0, LIGHT, grain="month").layout.annotations
    assert [note.text for note in ends[:2]] == ["Dec 2025", "Jan 2026"]


def test_stacked_weeks_keep_the_colour_of_a_role_when_another_is_missing() -> None:
    drawn = charts_week.weeks_stacked({"clinical": WEEKS}, 10.0, LIGHT)
    assert drawn.data[0].marker.color == ROLE_COLOURS["clinical"]


def test_shares_are_of_each_row() -> None:
    drawn = charts_rows.splits(
        [("North", {"leadership": 1.0, "clinical": 3.0}, {"leadership": 0.25, "clinical": 0.75}), ("Empty", {}, {})], LIGHT
    )
    assert [bar.x[0] for bar in drawn.data] == [0.25, 0.0, 0.75, 0.0]
    assert [bar.text[0] for bar in drawn.data] == ["25 %", "", "75 %", ""]


def test_steps_walk_from_all_to_counted() -> None:
    rows = [("In the calendars", 20.0), ("All-day", -8.0), (NASTY, 1.0), ("Counted", 13.0)]
    drawn = charts_steps.steps(rows, LIGHT, clickable=["All-day"], chosen="All-day")
    bars = drawn.data[0]
    assert list(bars.base) == [0.0, 12.0, 12.0, 0.0]
    assert list(bars.x) == [20.0, 8.0, 1.0, 13.0]
    assert list(bars.customdata) == [name for name, _ in rows]
    assert list(bars.marker.pattern.shape) == ["", "", "/", ""], "what is added looks other than what is taken off"
    assert [line.x0 for line in drawn.layout.shapes] == [20.0, 12.0, 13.0]
    said = [note.text for note in drawn.layout.annotations]
    assert said[:2] == ["In the calendars  <b>20 h</b>", "All-day  <b>−8 h</b>  ← listed below"]
    assert said[2].endswith("<b>+1 h</b>")
    assert "<a" not in "".join(said) + "".join(bars.hovertemplate)
    assert charts_steps.steps([], LIGHT).data[0].x == ()


def test_the_heat_map_has_a_cell_for_every_pair() -> None:
    drawn = charts_pairs.heat(
        ["North", "Riverside"], ["at North", "Practice-wide work"], {("Riverside", "at North"): (3, 1.5)}, LIGHT
    )
    assert [list(row) for row in drawn.data[0].z] == [[0.0, 1.5], [0.0, 0.0]]
    assert "about Riverside, you were at North: 3 interruptions, 1.5 h" in texts(drawn)


def test_the_dumbbell_puts_the_smaller_number_left() -> None:
    drawn = charts_pairs.dumbbells([("Hours", "h a week", 10.0, 5.0, 20.0)], ("A", "B"), LIGHT)
    assert [list(mark.x) for mark in drawn.data] == [[0.5], [0.25]]
    sides = {note.text: note.xanchor for note in drawn.layout.annotations}
    assert sides["<b>10</b>"] == "left"
    assert sides["5"] == "right"


def test_strangers_words_are_never_tags() -> None:
    for drawn in (
        charts_rows.ranges([(NASTY, 1.0, 2.0)], LIGHT),
        charts_rows.hours_rows([(NASTY, 1.0)], LIGHT),
        charts_rows.splits([(NASTY, {"clinical": 1.0}, {"clinical": 1.0})], LIGHT),
        charts_rows.dots([(NASTY, 1.0)], "a week", LIGHT),
        charts_pairs.heat([NASTY], [f"at {NASTY}"], {}, LIGHT),
        charts_pairs.dumbbells([("Hours", "h", 1.0, 2.0, 2.0)], (NASTY, NASTY), LIGHT),
    ):
        assert "<a" not in texts(drawn)
        assert "$x$" not in texts(drawn)


def test_the_dark_has_its_own_ink() -> None:
    assert ink_of("dark") is DARK
    assert ink_of("light") is ink_of(None) is LIGHT
