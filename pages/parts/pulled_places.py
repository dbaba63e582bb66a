"""Locations on Pulled away: how long they wait, how well each runs without the owner, and who asks most, fairly counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.parts import behind, charts_pulled_rows, charts_rows, pulled_words, tabs, trust
from pages.parts.behind import Behind
from pages.parts.charts_pulled_rows import Wait
from pages.parts.format import brief, percent, tight
from pages.parts.locations_words import in_one_line
from pages.parts.picture import numbers
from pages.parts.view import View

PAGE = "pulled_away"
Rows = Sequence[Mapping[str, Any]]


def waiting(view: View, rows: Rows) -> None:
    """From asked to answered, by location and by where the owner was; `rows` are those of the mart waiting_times."""
    st.subheader("How long do they wait for your answer?", anchor=False)
    said = pulled_words.waiting_in_words(rows)
    if not said:
        st.markdown(
            "Nothing in these days says when it was answered. Write it down beside an interruption where somebody had to wait, "
            "and this shows how long."
        )
        return
    st.markdown(tight(said))
    answered = [row for row in rows if row["answered"] and row["split"] != "all"]
    top = max(row["ninetieth_minutes"] for row in answered)
    heads = (("location", "Which location it was about"), ("found", "Where you were"))
    for column, (split, head) in zip(st.columns(2, gap="medium"), heads, strict=True):
        with column:
            st.markdown(f"**{head}**")
            _waits(view, [row for row in answered if row["split"] == split], split, top)
    few = f" Faint: fewer than {pulled_words.FEW}." if any(row["answered"] < pulled_words.FEW for row in answered) else ""
    st.caption(
        f"Full mark: half had their answer by then. Open mark: nine of ten had it. From asked to answered, nights included.{few}"
    )
    trust.line(view, whole=False)
    numbers(
        pulled_words.wait_rows(rows), "waits",
        below=lambda: behind.link("waits", view, PAGE, Behind(pulls=True, answered=True)),
    )  # fmt: skip


def _waits(view: View, rows: Rows, split: str, top: float) -> None:
    shown = [
        Wait(
            pulled_words.wait_name(row), row["median_minutes"], row["ninetieth_minutes"], row["answered"],
            row["answered"] < pulled_words.FEW,
        )
        for row in rows
    ]  # fmt: skip

    def means(of: Sequence[int]) -> Behind:
        name = (str(rows[of[0]]["name"]),)
        everything = Behind(pulls=True, answered=True)
        return replace(everything, locations=name) if split == "location" else replace(everything, kinds=name)

    said = ", ".join(f"{row.name} {brief(row.median / 60)}, n = {row.answered}" for row in shown)
    behind.opening(charts_pulled_rows.waits(shown, top, view.ink), f"waits_{split}", f"Median wait: {said}.", view, PAGE, means)


def runs(view: View, rows: Rows) -> None:
    """Open days and open hours without an interruption; `rows` are those of the mart runs_without_you."""
    st.subheader("Which location runs without you?", anchor=False)
    if not any(row["logged_days"] for row in rows):
        st.markdown("No location was open on a day that is over and has an entry in the log.")
        return
    names = [str(row["location"]) for row in rows]
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**Open days without an interruption**")
        free = [(str(row["location"]), row["free_share"], row["logged_days"]) for row in rows]
        behind.opening(
            charts_pulled_rows.shares(free, view.ink), "runs_days",
            "Open days without an interruption: " + ", ".join(f"{name} {percent(share)}" for name, share, _ in free) + ".",
            view, PAGE, lambda of: Behind(locations=(names[of[0]],), pulls=True),
        )  # fmt: skip
    with right:
        st.markdown("**Longest run of open hours without one**")
        longest = [(str(row["location"]), row["longest_hours"], row["best_hours"]) for row in rows]
        behind.opening(
            charts_pulled_rows.runs(longest, view.ink), "runs_hours",
            "Longest run of open hours: " + ", ".join(f"{name} {brief(hours)}" for name, hours, _ in longest) + ".",
            view, PAGE, lambda of: Behind(locations=(names[of[0]],), pulls=True),
        )  # fmt: skip
    st.caption(
        "Only days that are over and have an entry in the log count; a run ends at an interruption about the location, and "
        f"before an open day without any entry. Open mark: best so far. {pulled_words.runs_in_words(rows)}"
    )
    trust.line(view, whole=False)
    numbers(pulled_words.run_rows(rows), "runs", below=lambda: behind.link("runs", view, PAGE, Behind(pulls=True)))


def rates(view: View, rows: Rows) -> None:
    """The plain number, for each open hour and for each team member; `rows` are those of the mart pull_rate."""
    st.subheader("Who asks most, fairly counted?", anchor=False)
    names = [str(row["location"]) for row in rows]
    measures = [
        ("**Interruptions a week**", "pulls_a_week", "interruptions a week"),
        ("**In ten open hours**", "pulls_in_ten_open_hours", "in ten open hours"),
        ("**A week for each team member**", "pulls_a_member_a_week", "a week for each team member"),
    ]
    given = [each for each in measures if any(row[each[1]] is not None for row in rows)]
    for column, (head, name, unit) in zip(st.columns(3, gap="medium"), given, strict=False):
        shown = [(str(row["location"]), row[name]) for row in rows]
        with column:
            st.markdown(head)
            behind.opening(
                charts_rows.dots(shown, unit, view.ink, places=2), f"rate_{name}", in_one_line(unit.capitalize(), shown, ""),
                view, PAGE, lambda of: Behind(locations=(names[of[0]],), pulls=True),
            )  # fmt: skip
    st.caption(
        "A location that is open longer, or where more people work, has more to ask about. For each open hour: interruptions "
        "that began in its open hours, over those of its logged days."
    )
    if len(given) < len(measures) or any(row[name] is None for row in rows for _, name, _ in given):
        st.page_link(
            "pages/data.py", label="Say when each location is open",
            icon=":material/schedule:", query_params=tabs.at("data", "Practice"),
        )  # fmt: skip
    trust.line(view, whole=False)
    numbers(pulled_words.rate_rows(rows), "rates", below=lambda: behind.link("rates", view, PAGE, Behind(pulls=True)))
