"""The form of a hand-over: what, to whom, from when, and in one sentence what good looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from etl import hand_overs
from etl.hand_overs import HandOver
from pages.parts import data, doing, frames
from pages.parts.country import here
from pages.parts.doing import attempt
from pages.parts.format import clip
from pages.parts.view import View

PAGE = "pages/handing_over.py"
WHAT, KIND = "hand_over_what", "hand_over_kind"
"""Where another page, or a button, leaves what the form shall begin with: the thing with its name, and how."""
KINDS = {"hand-over": "Somebody takes it", "written answer": "The answer is written once"}
Thing = tuple[str, str]
_OTHER: Thing = ("topic", "")
_NOTHING = ("topic", "", "")


def begin(topic: str = "", series: tuple[int, str] | None = None, kind: str = "hand-over") -> None:
    """Open the form, when it is drawn next, with a topic of the log, or a series of events: its mark and its title."""
    st.session_state[WHAT] = ("series", str(series[0]), series[1]) if series else ("topic", topic.strip().casefold(), topic)
    st.session_state[KIND] = kind
    st.session_state["handing_nth"] = st.session_state.get("handing_nth", 0) + 1


def go(view: View, topic: str = "", series: tuple[int, str] | None = None, kind: str = "hand-over") -> None:
    """From another page to the form, begun with this."""
    begin(topic, series, kind)
    st.switch_page(PAGE, query_params={"sample": "1"} if view.sample else {})


def draw(view: View, rows: Sequence[Mapping[str, Any]], today: date) -> None:
    """The form; what was typed stays in it until it is kept, whatever is looked at meanwhile. It runs by itself: a field that is
    left draws nothing else anew."""
    choices = [(str(row["kind"]), str(row["what"])) for row in rows if not row["handed"]]
    known: dict[Thing, str] = st.session_state.setdefault("handing_names", {})
    known |= {(str(row["kind"]), str(row["what"])): str(row["label"]) for row in rows}
    _fields(view, choices, known, today)


@st.fragment
def _fields(view: View, choices: list[Thing], named: dict[Thing, str], today: date) -> None:
    nth = st.session_state.setdefault("handing_nth", 0)
    thing, mark, name = st.session_state.get(WHAT, _NOTHING)
    wanted, topic = (thing, mark), name if thing == "topic" else ""
    choices = list(choices)
    if thing == "series":
        choices.insert(0, wanted)
        named[wanted] = f"{name} (this series alone)"
    held = st.session_state.get(f"hand_what_{nth}")
    if held and held != _OTHER and held not in choices:  # other days are chosen now, or another window handed it over
        choices.insert(0, held)
    at = choices.index(wanted) if wanted in choices else (len(choices) if topic or not choices else None)
    kinds = list(KINDS)
    with st.container(border=True, key="hand_over"):
        kind = st.segmented_control(
            "How?", kinds, default=st.session_state.get(KIND, kinds[0]), format_func=KINDS.__getitem__, required=True,
            key=f"hand_kind_{nth}", persist_state="session",
        )  # fmt: skip
        left, right = st.columns(2)
        chosen = left.selectbox(
            "What?", [*choices, _OTHER], at, key=f"hand_what_{nth}", placeholder="Choose what", persist_state="session",
            format_func=lambda each: "Another topic, named here:" if each == _OTHER else clip(named.get(each, ""), 80),
        )  # fmt: skip
        own = right.text_input(
            "Another topic, as your log names it", topic if wanted not in choices else "", key=f"hand_topic_{nth}",
            placeholder="supplier order", persist_state="session",
        )  # fmt: skip
        left, right = st.columns(2)
        to_role = left.selectbox(
            "Who takes it? A role, not a name", _roles(view), index=None, accept_new_options=True, key=f"hand_role_{nth}",
            placeholder="head nurse", format_func=lambda role: clip(str(role), 80), persist_state="session",
        )  # fmt: skip
        from_day = right.date_input(
            "From which day?", today, format=here().field, key=f"hand_from_{nth}", persist_state="session"
        )
        locations = st.multiselect(
            "For which locations?", view.all_locations, format_func=lambda each: clip(each, 60), placeholder="all of them",
            key=f"hand_at_{nth}", persist_state="session",
        )  # fmt: skip
        good = st.text_area(
            "In one sentence: what does good look like? (Or the answer itself, written once.)", key=f"hand_good_{nth}", height=80,
            placeholder="Orders go out by Tuesday noon, and no shelf is empty on a Friday.", persist_state="session",
        )  # fmt: skip
        left, right = st.columns(2)
        decides = left.text_area(
            "Which decisions are theirs?", key=f"hand_decides_{nth}", height=80, placeholder="Anything up to 500 a week.",
            persist_state="session",
        )  # fmt: skip
        comes = right.text_area(
            "When should they come to you?", key=f"hand_comes_{nth}", height=80,
            placeholder="When a supplier cannot deliver for a week.", persist_state="session",
        )  # fmt: skip
        if not st.button("Hand it over", type="primary", icon=":material/handshake:", key=f"hand_it_{nth}"):
            return
        picked = chosen or _OTHER
        by_kind = {} if picked == _OTHER else {picked[0]: picked[1]}
        what = HandOver(
            from_day=from_day if isinstance(from_day, date) else today,
            to_role=str(to_role or ""),
            topic=(own or "").strip() or None if chosen == _OTHER else named.get(picked) if "topic" in by_kind else None,
            uid=int(by_kind["series"]) if "series" in by_kind else None,
            group_key=by_kind.get("group"),
            locations=tuple(locations),
            good=good or "",
            decides=decides or "",
            comes_when=comes or "",
            kind=str(kind),
        )
        kept: list[str] = []
        if attempt(lambda: kept.append(hand_overs.keep(view.db, what))):
            begin()
            doing.done(
                "It is handed over. Give the team its card; in four weeks the ledger can tell whether it holds.",
                lambda: hand_overs.take_back(view.db, kept[0]),
            )
            st.rerun()


def _roles(view: View) -> list[str]:
    """Who asked before, the most usual first: roles of the team, as the log names them."""
    said = frames.records(data.ask(view.db, ("log_words", {}))[0])
    return [str(row["words"]) for row in said if row["kind"] == "asker"][:40]
