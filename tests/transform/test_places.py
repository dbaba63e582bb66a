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


def test_an_alias_with_a_sign_that_folds_to_two_letters_is_found() -> None:
    places = Places(parse("[[location]]\nname = 'A'\naliases = ['Mühlenstraße 3', 'STRASSE 4']"))
    assert [places.named_in(text) for text in ("mühlenstraße 3", "Strasse 4", "Straße 4")] == ["A", "A", None]


WIDE = Places(parse("[places]\npractice_wide = ['home', 'home  office', 'zoom.us', '???']\n[[location]]\nname = 'Riverside'"))


@pytest.mark.parametrize(
    ("place", "words", "location"),
    [
        ("Home", "Home", "Practice-wide"),
        ("my HOME\toffice", "HOME\toffice", "Practice-wide"),
        ("us02web.zoom.us", "zoom.us", "Practice-wide"),
        ("???", "???", "Practice-wide"),
        ("Homestead", None, None),
        ("zoom", None, None),
        ("", None, None),
        ("Riverside, zoom.us", None, "Riverside"),
        ("home, Riverside and Practice-wide", None, "Practice-wide"),
    ],
)
def test_a_place_that_belongs_to_no_location_unless_it_names_one(place: str, words: str | None, location: str | None) -> None:
    assert WIDE.none_in(place) == words
    assert WIDE.settles(place) == location
    assert WIDE.named_in("home") is None, "a title or a calendar is not a place"
