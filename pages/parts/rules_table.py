"""The owner's rules in their order: what each decides, one more, another order, one less; nothing before its effect is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st
from pandas import DataFrame

from etl import changes, filing
from etl.edit import Change
from etl.model import PRACTICE_WIDE, Refused
from etl.practice import Rule
from etl.practice_edit import with_order, with_rules
from etl.rules_state import RuleState, rules
from etl.store.connection import StoreError
from pages.parts import filed_now, shell, steps
from pages.parts.format import clip, count, exact, in_words, label
from pages.parts.ink import ROLE_NAMES
from pages.parts.view import View

Edit = Callable[[str], str]


def draw(view: View) -> None:
    """The rules, and what can be done with them."""
    found = rules(view.db)
    steps.row(view)
    st.markdown(
        "The first rule that fits decides. Answers on this page become rules, the newest first; you can write one of your own."
        + ("" if view.sample else f" They stand in {label(changes.practice_file(view.db).name)}.")
    )
    if found:
        st.dataframe(
            DataFrame([_row(state) for state in found]), hide_index=True, height=min(38 + 35 * len(found), 420), key="rules_table"
        )
        _change(view, found)
    else:
        st.caption("There is no rule yet.")
    _add(view)


def left(view: View) -> None:
    """The rules while nothing is loaded, where there are any: a calendar that was forgotten leaves them."""
    if view.db.exists() and rules(view.db):
        st.subheader("Your rules stay: which shall?", anchor=False)
        draw(view)


def _row(state: RuleState) -> dict[str, object]:
    rule = state.rule
    return {
        "Rule": rule.number,
        "Is about": about(rule),
        "Role": ROLE_NAMES[rule.role] if rule.role != "unclassified" else "waits",
        "Activity": rule.activity,
        "Location": rule.location or "",
        "Decides": exact(state.hours),
        "Note": note(state),
    }


def about(rule: Rule) -> str:
    """What a rule is about, in words."""
    parts = []
    if rule.titles:
        parts.append("titles like " + in_words([f"“{clip(title, 40)}”" if title else "(no title)" for title in rule.titles[:3]]))
        parts[-1] += f" and {len(rule.titles) - 3} more" if len(rule.titles) > 3 else ""
    if rule.title_keys or rule.title_key:
        parts.append(f"{count(len(rule.title_keys) or 1, 'title')} that {'is' if len(rule.title_keys) < 2 else 'are'} not kept")
    for what, pattern in (("title", rule.title), ("calendar", rule.calendar), ("place", rule.place), ("category", rule.category)):
        if pattern is not None:
            parts.append(f"{what} fits {clip(pattern, 60)}")
    return "; ".join(parts)


def note(state: RuleState) -> str:
    """Why a rule decides nothing; '' where it does."""
    if not state.matches:
        return "fits nothing that is loaded"
    return f"hidden: rule {state.hidden_by} comes first" if state.hidden_by else ""


def _change(view: View, found: Sequence[RuleState]) -> None:
    numbers = [state.rule.number for state in found]
    with st.expander("Move a rule, or take one out", key="change_rule"):
        left, right = st.columns(2)
        number = left.selectbox(
            "Rule", numbers, key="rule_number", format_func=lambda n: f"{n}: {clip(about(found[n - 1].rule), 60)}"
        )
        what = right.radio("What", ["Move up", "Move down", "Move to the top", "Take out"], horizontal=True, key="rule_what")
        at = numbers.index(number or 1)
        others = [n for n in numbers if n != number]
        to = {"Move up": max(at - 1, 0), "Move down": at + 1, "Move to the top": 0}.get(str(what))
        order = others if to is None else [*others[:to], number or 1, *others[to:]]
        if order == numbers:
            st.caption("It stands there already.")
            return
        ordered = [found[n - 1].rule for n in order]  # numbers alone would be other rules after an answer in another window
        _offer(view, f"Rule {number}: {str(what).lower()}", lambda text: with_order(text, order), ("change", *ordered))


def _add(view: View) -> None:
    with st.expander("Write a rule", key="add_rule"):
        left, middle, right = st.columns(3)
        role = left.selectbox("Role", filed_now.FILED_AS, format_func=ROLE_NAMES.__getitem__, key="new_role")
        activity = middle.text_input("Activity", key="new_activity")
        places = [*dict.fromkeys([*view.all_locations, PRACTICE_WIDE])]
        place = right.selectbox("Location", places, index=None, placeholder="as it is", key="new_location")
        left, right = st.columns(2)
        title = left.text_input(
            "Title holds", key="new_title", help="strategy|vision finds either; a regular expression, any case"
        )
        calendar = right.text_input("Calendar holds", key="new_calendar")
        left, right = st.columns(2)
        where = left.text_input("Place holds", key="new_place")
        category = right.text_input("Category holds", key="new_category")
        texts = {"title": title, "calendar": calendar, "place": where, "category": category}
        given = {name: text for name, text in texts.items() if text}
        if not given:
            st.caption("Say what it is about: at least one of the four.")
            return
        rule = replace(Rule(str(role), activity or "", location=place or None), **given)  # type: ignore[arg-type] # texts all
        _offer(view, "A rule is written", lambda text: with_rules(text, [rule]), ("add", rule))


def _offer(view: View, said: str, edited: Edit, change: tuple[object, ...]) -> None:
    """What a change of the rules would move, and then the button that makes it."""
    key = str(change[0])
    if st.button("What would it move?", icon=":material/compare_arrows:", key=f"ask_{key}"):
        st.session_state[f"_asked_{key}"] = change
    if st.session_state.get(f"_asked_{key}") != change:
        return
    try:
        with st.spinner("Counting what it would move …"):
            moved = filing.would_move(view.db, lambda con, before, secret: Change(edited(before.text)))
    except (Refused, StoreError) as error:
        shell.say(error)
        return
    st.markdown(f"This moves {filed_now.moved_in_words(moved)}.")
    if st.button("Save and count anew", type="primary", icon=":material/save:", key=f"save_{key}") and steps.take(
        view, said, lambda: filing.change_rules(view.db, edited), on_top=False
    ):
        st.rerun()
