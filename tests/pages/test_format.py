"""Numbers and days as owners read them; strangers' words that cannot become markup."""

from datetime import date

import pytest

from pages.parts import format as f

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "said"), [(6.5, "6.5 h"), (3.0, "3 h"), (27.25, "27.3 h"), (0.04, "0 h"), (-1.5, "−1.5 h"), (None, "–"), (NAN, "–")]
)
def test_hours(value: float | None, said: str) -> None:
    assert f.hours(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(6.5, "6 h 30 min"), (2.0, "2 h"), (0.75, "45 min"), (0.0, "0 min"), (1.9999, "2 h"), (-0.5, "−30 min"), (None, "–")],
)
def test_exact_hours_are_told_as_a_clock_does(value: float | None, said: str) -> None:
    assert f.exact(value) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1.4, 26.8, "1.4 to 26.8 h"),
        (0.4, 0.6, "24 to 36 min"),
        (0.4, 2.5, "24 min to 2.5 h"),
        (0.2, 0.2, "12 min"),
        (0.0, 0.1, "0 to 6 min"),
    ],
)
def test_a_range(low: float, high: float, said: str) -> None:
    assert f.between(low, high) == said


@pytest.mark.parametrize(("value", "said"), [(0.41, "41 %"), (0.004, "<1 %"), (0.0, "0 %"), (1.0, "100 %"), (None, "–")])
def test_percent(value: float | None, said: str) -> None:
    assert f.percent(value) == said


@pytest.mark.parametrize(("value", "said"), [(2.0, "+2 h"), (-0.54, "−0.5 h"), (0.01, "no change"), (None, "–")])
def test_change(value: float | None, said: str) -> None:
    assert f.change(value) == said


def test_a_headline_number_is_short() -> None:
    assert [f.short(value) for value in (3.54, 9.94, 9.96, 52.3)] == ["3.5", "9.9", "10", "52"]


def test_days_and_spans() -> None:
    assert f.span(date(2026, 10, 26), date(2026, 11, 22)) == "26 Oct – 22 Nov 2026"
    assert f.span(date(2025, 12, 29), date(2026, 1, 4)) == "29 Dec 2025 – 4 Jan 2026"
    assert f.span(date(2026, 1, 4), date(2026, 1, 4)) == "4 Jan 2026"


def test_counts_and_lists() -> None:
    assert f.count(1, "title") == "1 title"
    assert f.count(2, "title waits", "titles wait") == "2 titles wait"
    assert f.in_words(["A", "B", "C"]) == "A, B and C"


@pytest.mark.parametrize(
    "title",
    [
        "![x](http://127.0.0.1:9/a)",
        "[call](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "$\\LaTeX$ :red[hot] :material/home: :smile:",
        "see www.example.com or a@example.com",
        "# head",
        "1. first",
        "- item",
        "`code` | pipe ~~x~~ **b** _i_",
    ],
)
def test_a_label_leaves_nothing_of_markdown(title: str) -> None:
    """Every sign that markdown reads stands behind a backslash, and an address is broken by a sign without width."""
    escaped = f.label(title)
    plain = escaped.replace("\\", "").replace(f.JOINER, "")
    assert plain == title.replace("\\", "")
    for place, mark in enumerate(escaped):
        if mark in "[]()<>`*_~$#|!@:":
            assert escaped[place - 1] == "\\"
    assert "://" not in escaped
    assert "www." not in escaped
    assert not escaped.startswith(("1. ", "- ", "# "))


@pytest.mark.parametrize("title", ["1. www.a.b", "-x \\ :smile: a@b.c #1 $5", "🐾 *Paws* [x](y)"])
def test_a_label_is_read_back_where_no_markdown_is_read(title: str) -> None:
    assert f.label_as_text(f.label(title)) == title


def test_a_sentence_stays_readable_behind_its_escapes() -> None:
    assert f.label("log.csv, line 3: minutes are 0").replace("\\", "") == "log.csv, line 3: minutes are 0"


def test_a_chart_shows_tags_and_dollars_as_text() -> None:
    assert f.chart_text('<a href="x">$y$</a>') == '&lt;a href="x"&gt;&#36;y&#36;&lt;/a&gt;'
    assert f.chart_text("a\nb\u202ec") == "a b c"
    assert f.chart_text("x" * 99, 10) == "x" * 9 + "…"


def test_units_stay_with_their_numbers_in_running_text() -> None:
    assert f.tight("27 h and 41 % of 3 hours") == "27\u00a0h and 41\u00a0% of 3 hours"
    assert f.tight("in 4 weeks 209 h 28 min") == "in 4 weeks 209\u00a0h\u00a028\u00a0min", (
        "never 209 h on one line and 28 min below"
    )


def test_a_sentence_ends_with_one_full_stop() -> None:
    assert [f.full_stop(said) for said in ("at 14:30", "at 2:30 p.m.")] == ["at 14:30.", "at 2:30 p.m."]
