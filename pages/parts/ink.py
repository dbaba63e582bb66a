"""Colours and names: one colour a role on every page, paper and ink in the light and in the dark.

Told apart by who sees no red, green or blue as well, see tests/pages/test_colours.py: the two greys lean to violet and to blue
since without green a plain grey is the green of clinical.
"""

from __future__ import annotations

from dataclasses import dataclass

from etl.colours import ROLE_COLOURS as ROLE_COLOURS

WORDS_ON = {"management": "#FFFFFF", "unclassified": "#FFFFFF", "leadership": "#171613", "clinical": "#171613"}
"""The ink of words within a bar of a role."""
ROLE_NAMES = {
    "leadership": "Leadership",
    "management": "Management",
    "clinical": "Clinical",
    "unclassified": "Not filed",
    "personal": "Personal",
}
WORK = ("leadership", "management", "clinical", "unclassified")
FONT = '"Source Sans", sans-serif'


@dataclass(frozen=True, slots=True)
class Ink:
    """What is no role is drawn in these: text, quieter text, lines, the paper, and marks that carry no role.

    `heat` is from nothing to the most, `text` is read on all of it; `edge` is the border of what can be clicked or typed in.
    """

    text: str
    quiet: str
    line: str
    paper: str
    mark: str
    edge: str
    heat: tuple[str, str]
    faint: float
    """How strong a colour is drawn that is to be faint, 0 to 1, within an outline in full: faint alone is not seen by all."""


LIGHT = Ink("#23211D", "#625D54", "#DDD8CC", "#FCFBF8", "#6B665C", "#857E73", ("#F3F0E9", "#8E877C"), 0.4)
DARK = Ink("#ECE8DF", "#B3AC9E", "#3A372F", "#171613", "#A8A193", "#8C857A", ("#211F1B", "#6C665B"), 0.65)


def ink_of(theme_type: str | None) -> Ink:
    """The ink for a page that is shown `"dark"` or `"light"` (or has not said yet)."""
    return DARK if theme_type == "dark" else LIGHT


def faded(colour: str, strength: float) -> str:
    """`#RRGGBB` as rgba with `strength` 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:g})"
