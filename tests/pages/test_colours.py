"""Colours are told apart and text is read, also by those who see no red, no green or no blue: all of it computed."""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from pages.parts.ink import DARK, LIGHT, ROLE_COLOURS, WORDS_ON, Ink

TEXT, MARK = 4.5, 3.0
"""The least contrast of text, and of what else must be seen: WCAG 2.2, 1.4.3 and 1.4.11."""
APART = 15.0
"""The least difference of two colours side by side, CIE 1976 (just seen is 2.3); parts of a bar also have paper between them."""
# Machado, Oliveira and Fernandes 2009, A physiologically-based model for simulation of color vision deficiency, severity 1.0;
# for linear RGB.
SIGHTS = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
D65 = (0.95047, 1.0, 1.08883)
CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
INKS = pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
SEEN = pytest.mark.parametrize("sight", SIGHTS)


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722])) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: str) -> np.ndarray:
    seen = np.clip(np.array(SIGHTS[sight]) @ linear(colour), 0, 1)
    ratio = np.array(TO_XYZ) @ seen / np.array(D65)
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(lab(one, sight) - lab(other, sight)))


def over(colour: str, paper: str, strength: float) -> str:
    """What a faint colour looks like on its paper."""
    parts = ([int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in (colour, paper))
    return "#" + "".join(f"{round(top * strength + below * (1 - strength)):02X}" for top, below in zip(*parts, strict=True))


def test_the_ruler_measures_as_the_standards_do() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#FFFFFF", "#F08A3C") == pytest.approx(2.5, abs=0.01)  # what a primary button in the dark once was
    assert apart("#FFFFFF", "#000000", "all") == pytest.approx(100, abs=0.1)
    assert apart("#009E73", "#8C857A", "no green") < 3  # clinical and a plain grey: why the greys are not plain


@INKS
def test_text_is_read(ink: Ink) -> None:
    for colour in (ink.text, ink.quiet):
        for ground in (ink.paper, ink.heat[0]):
            assert contrast(colour, ground) >= TEXT, (colour, ground)
    for step in range(11):
        assert contrast(ink.text, over(ink.heat[1], ink.heat[0], step / 10)) >= TEXT, step
    assert contrast(ink.paper, ink.mark) >= TEXT
    for role, colour in WORDS_ON.items():
        assert contrast(colour, ROLE_COLOURS[role]) >= TEXT, role


@INKS
def test_marks_and_borders_are_seen(ink: Ink) -> None:
    for colour in (*ROLE_COLOURS.values(), ink.mark, ink.edge, ink.heat[1]):
        assert contrast(colour, ink.paper) >= MARK, colour
    assert contrast(ink.edge, ink.heat[0]) >= MARK  # the ground of a field to type in


@SEEN
def test_roles_are_told_apart(sight: str) -> None:
    for one, other in itertools.combinations(ROLE_COLOURS, 2):
        assert apart(ROLE_COLOURS[one], ROLE_COLOURS[other], sight) >= APART, (one, other)


@SEEN
@INKS
def test_faint_is_told_from_full_and_from_paper(ink: Ink, sight: str) -> None:
    for colour in (ROLE_COLOURS["management"], ink.mark):
        faint = over(colour, ink.paper, ink.faint)
        assert apart(faint, colour, sight) >= APART, colour
        assert apart(faint, ink.paper, sight) >= APART, colour


@pytest.mark.parametrize(("theme", "ink"), [("light", LIGHT), ("dark", DARK)])
def test_the_theme_of_streamlit_is_that_of_the_pictures(theme: str, ink: Ink) -> None:
    of = CONFIG[theme]
    assert (of["backgroundColor"], of["textColor"], of["secondaryBackgroundColor"]) == (ink.paper, ink.text, ink.heat[0])
    assert [CONFIG[f"{name}Color"] for name in ("orange", "blue", "green")] == list(ROLE_COLOURS.values())[:3]
    for name in ("primaryColor", "linkColor"):
        for ground in (ink.paper, ink.heat[0]):
            assert contrast(of[name], ground) >= TEXT, name
    assert contrast(ink.paper, of["primaryColor"]) >= TEXT  # the words of a primary button
