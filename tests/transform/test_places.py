"""Which location a text names."""

import pytest

from etl.practice import parse
from etl.transform.places import Places

PLACES = Places(
    parse(
        """
[[location]]
name = "North"
aliases = ["12 Mill  Road", "St. Mary's", "C++"]
[[location]]
name = "North Shore"
[[location]]
name = "Riverside"
aliases = ["river side"]
"""
    )
)


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("", None),
        ("at NORTH today", "North"),
        ("Northern lights", None),
        ("upNorth", None),
        ("North_2", None),
        ("North-2", "North"),
        ("north shore", "North Shore"),
        ("North\tShore", "North Shore"),
        ("North, Shore", "North"),
        ("12 mill road, 2nd floor", "North"),
        ("112 Mill Road", None),
        ("st. mary's", "North"),
        ("stx mary's", None),
        ("room C++", "North"),
        ("river\n side", "Riverside"),
        ("North and Riverside", "Practice-wide"),
        ("North, 12 Mill Road", "North"),
        ("North, North Shore", "Practice-wide"),
        ("practice-WIDE", "Practice-wide"),
        ("Rıverside", "Riverside"),  # a Turkish keyboard's i, in both forms
        ("RİVERSİDE", "Riverside"),
        ("ſt. mary's", "North"),
    ],
)
def test_names_and_aliases_are_found_as_whole_words(text: str, location: str | None) -> None:
    assert PLACES.named_in(text) == location


def test_a_practice_without_locations_has_only_the_wide_one() -> None:
    places = Places(parse(""))
    assert (places.named_in("North"), places.named_in("Practice-wide")) == (None, "Practice-wide")
