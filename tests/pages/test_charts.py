"""Pictures: frame in, figure out. Colours go by role, labels keep apart, strangers' words stay words."""

import json
from datetime import date, timedelta

import pytest

from pages.parts import (
    charts_against,
    charts_average,
    charts_base,
    charts_curve,
    charts_grid,
    charts_log,
    charts_pairs,
    charts_places,
    charts_pulled,
    charts_rows,
    charts_steps,
    charts_week,
)
from pages.parts.charts_base import nice_top, spread
from pages.parts.charts_pairs import Fact
from pages.parts.charts_rows import Mix
from pages.parts.ink import DARK, LIGHT, ROLE_COLOURS, Ink, ink_of

NASTY = '<a href="http://127.0.0.1:9/">$x$</a>'
NOTHING = Mix("Empty", {}, {}, 0.0, 0)
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


@pytest.mark.parametrize(("largest", "top"), [(0, 1), (3.2, 4), (28, 30), (31, 40), (99, 100), (101, 120), (121, 150)])
def test_a_shared_axis_ends_on_a_round_number(largest: float, top: float) -> None:
    assert nice_top(largest) == pytest.approx(top)


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_the_average_week_has_its_hours_and_its_colours(ink: Ink) -> None:
    drawn = charts_average.average_week(
        {"leadership": 3.5, "management": 27.0}, {"leadership": 4.0}, (30.5, 4.0), "the 4 weeks before", ink
    )
    assert [bar.x[0] for bar in drawn.data] == [3.5, 27.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0]
    assert drawn.data[0].marker.color == "#D55E00"
    said = [note.text for note in drawn.layout.annotations]
    assert said == ["<b>Leadership</b><br>3.5 h", "<b>Management</b><br>27 h", "The 4 weeks before: 4 h a week"]


def test_an_empty_week_is_drawn_too() -> None:
    charts_average.average_week({}, None, (0.0, 0.0), "", LIGHT)
    charts_week.weeks_by_role({"leadership": []}, LIGHT, 8.0)
    charts_week.weeks_by_role({}, LIGHT)
    charts_rows.managing([], LIGHT)
    charts_week.weeks_stacked({}, 1.0, LIGHT)
    charts_rows.hours_rows([], LIGHT)
    charts_rows.ranges([], LIGHT)
    charts_pairs.heat([], [], {}, LIGHT)
    charts_pairs.dumbbells([], ("a", "b"), LIGHT)
    charts_against.weeks_of_two(([], []), ("a", "b"), 1.0, LIGHT)
    charts_places.presence([], [], {}, LIGHT)
    charts_places.ways([], LIGHT)


def test_a_week_that_is_not_over_is_hatched() -> None:
    drawn = charts_week.weeks_by_role({"leadership": WEEKS}, LIGHT, 8.0)
    whole, part = drawn.data
    assert (list(whole.x), whole.marker.color, whole.marker.pattern.shape) == ([0, 1, 2], ROLE_COLOURS["leadership"], None)
    assert (list(part.x), part.marker.pattern.shape) == ([3], "/")
    assert [line.y0 for line in drawn.layout.shapes] == [8.0]
    assert "2 h" in [note.text for note in drawn.layout.annotations]


def test_a_week_with_days_off_bears_a_ring_says_so_and_has_less_of_a_target() -> None:
    off = {WEEKS[1][0]: (2, 4.8)}
    drawn = charts_week.weeks_by_role({"leadership": WEEKS}, LIGHT, 8.0, off=off)
    assert [(line.x0, line.x1, line.y0) for line in drawn.layout.shapes] == [(-0.5, 0.5, 8), (0.5, 1.5, 4.8), (1.5, 3.5, 8)]
    assert [point[0] for point in drawn.data[0].customdata] == [
        "week of 26 Oct 2026", "week of 2 Nov 2026, 2 days off", "week of 9 Nov 2026"
    ]  # fmt: skip
    ring = drawn.data[-1]
    assert (list(ring.x), list(ring.y), ring.marker.color) == ([1], [0.4], LIGHT.paper)
    stacked = charts_week.weeks_stacked({"clinical": WEEKS, "leadership": WEEKS}, 10.0, LIGHT, off=off)
    assert list(stacked.data[-1].x) == [1]


def test_bars_of_days_and_quarters_are_called_by_their_days_and_months() -> None:
    days = [(date(2026, 11, 16) + timedelta(days=n), 1.0, True) for n in range(7)]
    drawn = charts_week.weeks_by_role({"clinical": days}, LIGHT, grain="day")
    assert [note.text for note in drawn.layout.annotations][-2:] == ["16 Nov", "22 Nov 2026"]
    assert drawn.data[0].customdata[0][0] == "16 Nov 2026"
    quarters = [(date(2025, 10, 1), 1.0, True), (date(2026, 1, 1), 2.0, False)]
    drawn = charts_week.weeks_by_role({"clinical": quarters}, LIGHT, grain="quarter")
    assert [note.text for note in drawn.layout.annotations][-2:] == ["Oct – Dec 2025", "Jan – Mar 2026"]


def test_an_hour_is_as_high_in_each_panel_and_panels_keep_apart() -> None:
    bars = {role: [(day, hours * of, whole) for day, hours, whole in WEEKS] for role, of in (("leadership", 1), ("clinical", 9))}
    layout = charts_week.weeks_by_role(bars, LIGHT, 6.0).layout
    (low, top), (under, over) = layout.yaxis.domain, layout.yaxis2.domain
    assert layout.yaxis.range[1] == 6.0, "the target fits in"
    assert (top - low) / 6.0 == pytest.approx((over - under) / 27.0)
    assert under == pytest.approx(0, abs=1e-9)
    assert over < low


def test_the_target_is_a_mark_in_the_average_week_where_it_fits() -> None:
    week = {"leadership": 3.5, "management": 27.0}
    drawn = charts_average.average_week(week, None, (30.5, 0.0), "", LIGHT, target=8.0)
    assert drawn.layout.annotations[-1].text == "↑ target 8 h"
    assert [shape.x0 for shape in drawn.layout.shapes][-1] == 8.0
    assert "target" not in texts(charts_average.average_week({"leadership": 2.0}, None, (2.0, 0.0), "", LIGHT, target=8.0))


def test_managing_says_hours_and_their_part() -> None:
    drawn = charts_rows.managing([(NASTY, 9.0, 0.6), ("Practice-wide", 6.0, 0.4)], LIGHT)
    assert drawn.data[-1].text[1] == "Practice-wide  <b>6 h</b>, 40 %"
    assert drawn.data[0].marker.color == ROLE_COLOURS["management"]
    assert "<a" not in texts(drawn)


def test_the_ends_of_a_trend_carry_their_year() -> None:
    ends = charts_week.weeks_by_role({"clinical": WEEKS}, LIGHT).layout.annotations
    assert [note.text for note in ends[-2:]] == ["26 Oct", "16 Nov 2026"]
    months = [(date(2025, 12, 1), 1.0, True), (date(2026, 1, 1), 2.0, False)]
    ends = charts_week.weeks_by_role({"clinical": months}, LIGHT, grain="month").layout.annotations
    assert [note.text for note in ends[-2:]] == ["Dec 2025", "Jan 2026"]


def test_stacked_weeks_keep_the_colour_of_a_role_when_another_is_missing() -> None:
    drawn = charts_week.weeks_stacked({"clinical": WEEKS}, 10.0, LIGHT)
    assert drawn.data[0].marker.color == ROLE_COLOURS["clinical"]


def test_shares_are_of_each_row() -> None:
    drawn = charts_rows.splits(
        [Mix("North", {"leadership": 1.0, "clinical": 3.0}, {"leadership": 0.25, "clinical": 0.75}, 4.0, 9), NOTHING], LIGHT
    )
    *bars, words = drawn.data
    assert [bar.x[0] for bar in bars] == [0.25, 0.0, 0.75, 0.0]
    assert [bar.text[0] for bar in bars] == ["25 %", "", "75 %", ""]
    assert "<b>4 h</b>" in words.text[0], "hours beside shares"
    assert "n 9" in words.text[0]
    assert words.cliponaxis, "else Plotly hides the words of a bar that ends a hair after 100 %"
    assert drawn.data[0].hovertemplate[0] == "North, Leadership: 1 h a week (25 % of 4 h)<extra></extra>"
    short = charts_rows.splits([NOTHING], LIGHT, each="")
    assert "a week" not in texts(short), "less than a week is not told by the week"


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
    ground, filled, words = drawn.data
    assert (len(ground.x), ground.hoverinfo, ground.customdata) == (3, "skip", None), "what is empty opens nothing"
    assert ([list(place) for place in filled.customdata], words.text[0], words.x[0]) == ([[1, 0]], "1.5 h", 1)
    assert "about Riverside, you were at North: 3 interruptions, 1.5 h" in texts(drawn)


def test_the_dumbbell_puts_the_smaller_number_left() -> None:
    drawn = charts_pairs.dumbbells([Fact("Hours", "h a week", 10.0, 5.0, 20.0, (12, 9))], ("A", "B"), LIGHT)
    assert [list(mark.x) for mark in drawn.data] == [[0.5], [0.25]]
    sides = {note.text: note.xanchor for note in drawn.layout.annotations}
    assert sides["<b>10</b>"] == "left"
    assert sides["5"] == "right"
    assert "h a week, n 12 and 9" in drawn.layout.annotations[0].text
    assert "A, Hours: 10 h a week<" in drawn.data[0].hovertemplate[0]
    nothing = charts_pairs.dumbbells([Fact("Clinical", "h a week", 0.0, 5.0, 5.0, (0, 9))], ("A", "B"), LIGHT)
    assert [mark.customdata[0] for mark in nothing.data] == [None, [0, 1]], "nothing opens nothing"
    assert charts_rows.dots([("A", 0.0), ("B", 2.0)], "a week", LIGHT).data[0].customdata == (None, [1])


def test_a_narrow_cell_has_no_room_for_a_unit() -> None:
    many = [f"P{number}" for number in range(7)]
    cells = {("P0", "at P0"): (1, 0.02), ("P1", "at P0"): (1, 0.3), ("P2", "at P0"): (9, 12.4)}
    drawn = charts_pairs.heat(many, ["at P0"], cells, LIGHT)
    assert drawn.data[2].text == ("<0.1", "0.3", "12", "at P0")
    assert "about P0, you were at P0: 1 interruption, 1 min" in drawn.data[1].hovertext[0]


def test_what_began_in_a_cell_and_took_no_time_of_it_opens_nothing() -> None:
    drawn = charts_pairs.heat(["A"], ["at B"], {("A", "at B"): (2, 0.0)}, LIGHT, counts=True)
    assert (drawn.data[2].text[0], drawn.data[1].customdata) == ("2", ())


def test_time_of_what_began_elsewhere_leaves_no_hole_among_the_counts() -> None:
    drawn = charts_pairs.heat(["A"], ["at B", "at C"], {("A", "at B"): (0, 0.2), ("A", "at C"): (1, 0.2)}, LIGHT, counts=True)
    assert (len(drawn.data[0].x), drawn.data[2].text[0], drawn.data[2].y[0]) == (1, "1", 1 + charts_base.BELOW)


def test_marks_that_stand_apart_do_not_bear_one_number() -> None:
    drawn = charts_pairs.dumbbells(
        [Fact("Management", "h", 0.05, 0.14, 0.2, (1, 2)), Fact("All", "h", 2, 2, 4, (1, 1))], ("A", "B"), LIGHT
    )
    said = [note.text for note in drawn.layout.annotations]
    assert {"<b>0.05</b>", "0.14", "<b>2</b>", "2"} <= set(said)


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_what_stands_in_a_cell_can_be_read_however_dark_it_is(ink: Ink) -> None:
    for part in range(101):
        ground = charts_grid.blend(*ink.heat, part / 100)
        assert contrast(ink.text, ground) >= 4.5, (part, ground)


def contrast(one: str, other: str) -> float:
    """As WCAG has it."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(lights) / min(lights)


def test_presence_has_a_cell_for_each_weekday_and_opens_those_with_hours() -> None:
    cells = {("North", 0): (4.5, 2, 4), ("North", 4): (0.5, 1, 4), (NASTY, 4): (0.0, 0, 4)}
    drawn = charts_places.presence([("North", "20 h"), (NASTY, "0 h")], [0, 4], cells, LIGHT)
    ground, filled, words = drawn.data
    assert ([list(place) for place in filled.customdata], words.text[:2]) == ([[0, 0], [1, 0]], ("4.5 h", "30 min"))
    assert filled.hovertext[0] == "North: 4.5 h on an average Monday, there on 2 of 4"
    assert len(ground.x) == 2
    assert filled.marker.color[0] == LIGHT.heat[1], "the largest is darkest, on one scale"
    assert words.text[2] == "North  <b>20 h</b>"
    assert list(drawn.layout.xaxis.ticktext) == ["Mon", "Fri"]


def test_the_way_between_two_places_has_no_role() -> None:
    drawn = charts_places.ways([("North – Riverside", 1.5, 3), ("North – Mill", 0.5, 1)], LIGHT)
    bars, words = drawn.data
    assert (list(bars.x), bars.marker.color) == ([1.5, 0.5], LIGHT.mark)
    assert bars.hovertemplate[1] == "North – Mill: 30 min a week, 1 trip in these days<extra></extra>"
    assert drawn.layout.xaxis.range[0] == 0
    assert "3 trips" in words.text[0]


def test_the_weeks_of_two_places_share_an_axis_from_nothing() -> None:
    other = [(begins, amount + 1, whole) for begins, amount, whole in WEEKS]
    drawn = charts_against.weeks_of_two((WEEKS, other), ("North", "Riverside"), 10.0, LIGHT)
    assert [list(part.y) for part in drawn.data] == [[0.0, 1.0, 2.0], [3.0], [1.0, 2.0, 3.0], [4.0]]
    assert [part.mode for part in drawn.data] == ["lines+markers", "markers"] * 2, "what is not whole is not joined"
    assert [part.marker.color for part in drawn.data] == [LIGHT.mark, LIGHT.mark, LIGHT.paper, LIGHT.paper]
    assert drawn.data[3].hovertemplate[0] == "Riverside, week of 16 Nov 2026, not a whole week: 4 h<extra></extra>"
    assert drawn.data[2].customdata[1] == [1, "2026-11-02"]
    assert drawn.data[0].customdata[0] is None, "nothing opens nothing"
    assert tuple(drawn.layout.yaxis.range) == (0, 10.0)


def test_a_grid_has_a_point_for_each_cell_that_opens_and_ground_for_the_others() -> None:
    cells = {(1, 0): charts_grid.Cell(2.0, "2", "two", True), (0, 1): charts_grid.Cell(0.0, "0", "none", False)}
    ground, points, _ = charts_grid.grid(["A", "B"], ["One", "Two"], cells, LIGHT).data
    assert [list(of) for of in points.customdata] == [[1, 0]]
    assert (points.hovertemplate, list(points.hovertext)) == (charts_base.OWN_WORDS, ["two"])
    assert len(ground.x) == 3
    assert ground.hoverinfo == "skip"


def test_the_curve_climbs_by_an_answer_and_names_the_one_that_is_enough() -> None:
    drawn = charts_curve.settled([0.5, 0.75, 1.0], 2, LIGHT)
    line, points = drawn.data
    assert (list(line.x), list(line.y)) == ([0, 1, 2, 3], [0, 0.5, 0.75, 1.0])
    assert list(points.marker.size) == [6, 11, 6]
    assert [note.text for note in drawn.layout.annotations] == ["<b>2 answers: 75 %</b>", "1", "3 answers"]
    assert [(line.x0, line.y1) for line in drawn.layout.shapes] == [(2, 0.75)], "a line leads from the mark to its words"
    most = charts_curve.settled([nth / 100 for nth in range(1, 101)], 1, LIGHT)
    assert len(most.data[1].x) == charts_curve.MOST
    assert most.layout.annotations[-1].text == "40 answers"


def test_a_day_of_the_log_is_a_bar_or_a_gap_and_a_day_off_neither() -> None:
    rows = [
        {"day": date(2026, 1, 2) + timedelta(days=nth), "working": nth not in (1, 2), "pulls": pulls}
        for nth, pulls in enumerate((3, 0, 9, 0, 1))
    ]
    drawn = charts_log.days(rows, LIGHT)
    kept, missed = drawn.data
    assert list(zip(kept.x, kept.y, strict=True)) == [(date(2026, 1, 2), 3), (date(2026, 1, 6), 1)]
    assert list(missed.x) == [date(2026, 1, 5)]
    assert "no entry" in missed.hovertemplate[0]
    assert [note.x for note in drawn.layout.annotations] == [date(2026, 1, 2), date(2026, 1, 6)]
    assert drawn.layout.yaxis.range[1] > 3
    assert not charts_log.days([], LIGHT).layout.annotations


def test_strangers_words_are_never_tags() -> None:
    for drawn in (
        charts_rows.ranges([(NASTY, 1.0, 2.0)], LIGHT),
        charts_rows.hours_rows([(NASTY, 1.0)], LIGHT),
        charts_rows.splits([Mix(NASTY, {"clinical": 1.0}, {"clinical": 1.0}, 1.0, 1)], LIGHT),
        charts_rows.dots([(NASTY, 1.0)], "a week", LIGHT),
        charts_pairs.heat([NASTY], [f"at {NASTY}"], {}, LIGHT),
        charts_pairs.dumbbells([Fact("Hours", "h", 1.0, 2.0, 2.0, (1, 1))], (NASTY, NASTY), LIGHT),
        charts_against.weeks_of_two((WEEKS, WEEKS), (NASTY, NASTY), 9.0, LIGHT),
        charts_places.presence([(NASTY, "1 h")], [0], {(NASTY, 0): (1.0, 1, 1)}, LIGHT),
        charts_places.ways([(NASTY, 1.0, 1)], LIGHT),
    ):
        assert "<a" not in texts(drawn)
        assert "$x$" not in texts(drawn)


def test_the_dark_has_its_own_ink() -> None:
    assert ink_of("dark") is DARK
    assert ink_of("light") is ink_of(None) is LIGHT


def test_pictures_say_the_same_checked_and_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn() -> str:
        return str(charts_pulled.week({(0, 9): (1.5, 3), (1, 10): (0.5, 1)}, list(range(5)), LIGHT).to_json())

    checked = drawn()
    monkeypatch.setattr(charts_base, "CHECKED", False)
    assert json.loads(drawn()) == json.loads(checked) | {"layout": json.loads(checked)["layout"] | {"shapes": []}}


def test_a_property_that_plotly_does_not_know_is_found_by_the_tests() -> None:
    with pytest.raises(ValueError, match="colour"):
        charts_base.figure(LIGHT, 100, [{"type": "bar", "marker": {"colour": "red"}}])
