"""Why one event or interruption counts as it does: what decided it, and to whom its minutes belong."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from etl import why
from etl.why import Share, Why
from etl.why_words import Said
from pages.parts.format import clock, count, day, exact, label, tight
from pages.parts.hours_words import NOT_KEPT
from pages.parts.ink import ROLE_NAMES


def found(db: Path, item: str) -> Why | None:
    """What an item of the address stands for, see hours_words.item; None where it is no longer there."""
    kind, number = item[:1], item[1:]
    if kind == "e" and number.isdecimal():
        return why.of_event(db, int(number)) if int(number) < 2**63 else None
    return why.of_interruption(db, number) if kind == "p" else None


def draw(of: Why) -> None:
    """All that is to be said about it. Titles stand as plain text, or escaped."""
    if of.what == "event":
        st.text(of.title or NOT_KEPT)
    else:
        st.text(f"Interruption: {of.title}" if of.title else "Interruption")
    st.caption(_when(of))
    activity = f", {label(of.activity)}" if of.activity else ""
    st.markdown(f"**{ROLE_NAMES[of.role]}{activity}.** {in_markdown(of.role_by)}")
    st.markdown(f"**{label(of.location)}.** {in_markdown(of.location_by)}")
    if of.not_counted:
        st.markdown(f"**0 min.** {in_markdown(of.not_counted)}")
    if len(of.minutes) == 1 and of.minutes[0].what == "own":
        st.markdown(tight(f"**{exact(of.seconds / 3600)}.** All of its time is its own."))
    elif of.minutes:
        st.markdown(tight(f"**Of its {exact(of.seconds / 3600)}:**\n\n{_listed(of.minutes)}"))
    if of.took:
        st.markdown(tight(f"**It goes before what is longer at the same time:**\n\n{_listed(of.took)}"))


def in_markdown(said: Said) -> str:
    """A sentence with its strangers' words escaped."""
    return said.text.format(*(label(word) for word in said.words))


def _listed(shares: tuple[Share, ...]) -> str:
    return "\n".join(f"- {exact(share.seconds / 3600)} {in_markdown(share.said)}" for share in shares)


def _when(of: Why) -> str:
    if of.all_day:
        when = f"{day(of.starts_at)}, all day"
    else:
        same_day = of.starts_at.date() == of.ends_at.date()
        until = f"{clock(of.ends_at)}" if same_day else f"{day(of.ends_at)}, {clock(of.ends_at)}"
        when = f"{of.starts_at:%A}, {day(of.starts_at)}, {clock(of.starts_at)} – {until}, {exact(of.seconds / 3600)}"
    where = f"in the log {label(of.calendar)}" if of.what == "interruption" else f"on the calendar {label(of.calendar)}"
    series = f", one of {count(of.instances, 'event')} of its series" if of.instances > 1 else ""
    place = f", at {label(of.place)}" if of.place and of.what == "event" else ""
    return f"{when}{place}, {where}{series}."
