"""The sentences and choices of the places that wait."""

from etl.place_groups import PlaceGroup, WaitingPlace
from etl.place_suggestions import Suggestion
from etl.places_desk import PlaceAnswer, PlacesWaiting, Settled
from pages.parts import places_form

BARN = PlaceGroup((WaitingPlace("Barn", 3.5, 2, "Monday", "Work"),), Suggestion("Barn", True, "A place of its own", 0.5))
ZOOM = PlaceGroup((WaitingPlace("Zoom", 0.5, 1, "Friday", "Work"),), Suggestion("Practice-wide", False, "At no place", 0.95))


def test_how_many_answers_settle_how_much() -> None:
    assert places_form.heading(PlacesWaiting()) == "No place waits for its location."
    two = PlacesWaiting((BARN, ZOOM), 2, 4.0, (0.875, 1.0))
    assert places_form.heading(two) == "2 places wait: 4 h. 2 answers settle 100 % of these hours."
    one = PlacesWaiting((BARN,), 1, 3.5, (1.0,))
    assert places_form.heading(one) == "1 place waits: 3 h 30 min. 1 answer settles 100 % of these hours."


def test_what_became_of_the_answers() -> None:
    assert places_form.said(Settled(1, 0.5, 0, 0)) == "1 place has a location now or needs none: 30 min."
    assert places_form.said(Settled(2, 3.5, 1, 2)) == (
        "2 places have a location now or need none: 3 h 30 min. 1 row left: its words stand in other places too. "
        "Answer for those first. 2 titles, calendars or topics name it too and may be counted there now."
    )


def test_the_choices_begin_with_the_suggestion_and_have_each_location_once() -> None:
    assert places_form.options(BARN, ["North"]) == ["Barn", "North", places_form.NOWHERE]
    assert places_form.options(ZOOM, ["North"]) == [places_form.NOWHERE, "North"]
    assert places_form.answer_for(ZOOM, places_form.NOWHERE) == PlaceAnswer(("Zoom",), "Practice-wide")
    assert places_form.answer_for(BARN, " Old barn ") == PlaceAnswer(("Barn",), "Old barn")
