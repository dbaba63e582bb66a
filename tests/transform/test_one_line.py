"""A line is read whatever the order of its pieces; what is not clear is answered, never with the line's own words."""

from datetime import datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.logged_line import named
from etl.model import PRACTICE_WIDE
from etl.transform.line_words import Unclear
from etl.transform.one_line import Title, Vocabulary, read, read_title

ZONE = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 20, 14, 30, 12, tzinfo=ZONE)
KNOWN = Vocabulary(
    {"Riverside": ("river side", "12 Mill Road"), "North": ()}, askers=("night porter",), topics=("supplier order", "vet rota")
)


@pytest.mark.parametrize(
    ("text", "minutes", "about", "asked_by", "topic", "new"),
    [
        ("6 riverside front desk supplier order", 6, "Riverside", "front desk", "supplier order", False),
        ("RIVER SIDE, 7.5 min, supplier order", 7.5, "Riverside", "", "supplier order", False),
        ("6,5 North", 6.5, "North", "", "", False),
        ("riverside,6,front desk", 6, "Riverside", "front desk", "", False),
        ("12 mill road 6", 6, "Riverside", "", "", False),
        ("supplier order Night Porter 1h north", 60, "North", "night porter", "supplier order", False),
        ("6 north vet rota", 6, "North", "", "vet rota", False),  # the longer phrase
        ("6 north vet", 6, "North", "vet", "", False),
        ("6 riverside broken door room 4", 6, "Riverside", "", "broken door room 4", True),
        ("6 practice-wide lease", 6, PRACTICE_WIDE, "", "lease", True),
        ("480 north", 480, "North", "", "", False),
    ],
)
def test_what_a_line_says(text: str, minutes: float, about: str, asked_by: str, topic: str, new: bool) -> None:
    line = read(text, KNOWN, NOW)
    entry = line.entry
    assert (entry.minutes, entry.about, entry.asked_by, entry.topic, line.new_topic) == (minutes, about, asked_by, topic, new)
    assert entry.started_at == NOW - timedelta(minutes=minutes)
    assert (entry.via, entry.team_could, entry.note) == ("line", None, "")


@pytest.mark.parametrize(
    ("when", "began"),
    [("-20m", "2026-11-20 14:10"), ("-2h", "2026-11-20 12:30"), ("10:20", "2026-11-20 10:20"), ("14:30", "2026-11-20 14:30"),
     ("yesterday 17:05", "2026-11-19 17:05"), ("2026-11-02 9:00", "2026-11-02 09:00")],
)  # fmt: skip
def test_when_it_was(when: str, began: str) -> None:
    found = read(f"6 north {when} supplier order", KNOWN, NOW).entry
    assert f"{found.started_at:%Y-%m-%d %H:%M}" == began
    assert found.topic == "supplier order"


def test_a_time_that_came_twice_is_the_later_one_that_has_been() -> None:
    late = datetime(2026, 11, 1, 3, 0, tzinfo=ZONE)
    assert read("6 north 1:30", KNOWN, late).entry.started_at.utcoffset() == timedelta(hours=-5)
    between = datetime(2026, 11, 1, 1, 45, tzinfo=ZONE, fold=0)
    assert read("6 north 1:30", KNOWN, between).entry.started_at.utcoffset() == timedelta(hours=-4)


@pytest.mark.parametrize(
    ("text", "could"),
    [("6 north lease !", True), ("6 north lease team could", True), ("needs me 6 north", False), ("6 north", None)],
)
def test_whether_the_team_could(text: str, could: bool | None) -> None:
    assert read(text, KNOWN, NOW).entry.team_could is could


def test_more_words_beside_a_known_topic_are_its_note() -> None:
    entry = read("6 north supplier order gloves again", KNOWN, NOW).entry
    assert (entry.topic, entry.note) == ("supplier order", "gloves again")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("riverside", "The line does not say how many minutes it took"),
        ("999 riverside", "takes more than 0 and at most 480 minutes"),
        ("0 riverside", "takes more than 0 and at most 480 minutes"),
        ("6 nowhere", "The line names no location of yours. Yours are Riverside, North; or write Practice-wide."),
        ("6 riverside <script>alert(1)</script>", "The line holds < or >"),
        ("6 " * 5000, "The line is longer than 300 signs"),
        ("6 riverside 15:00", "That is still to come"),
        ("6 riverside 2027-01-01 10:00", "That is still to come"),
        ("6 riverside 2026-02-30 10:00", "There is no such day"),
        ("6 riverside 1989-12-31 10:00", "That day is too long ago"),
        ("6 riverside yesterday", "The line names a day and no time of day"),
        ("6 riverside \x07", "holds a sign that cannot be shown"),
        ("  ", "The line is empty"),
    ],
)
def test_what_is_not_clear_is_answered(text: str, said: str) -> None:
    with pytest.raises(Unclear) as answer:
        read(text, KNOWN, NOW)
    assert said in str(answer.value)


def test_a_practice_of_one_place_or_none_need_not_name_it() -> None:
    assert read("6 lease", Vocabulary({"North": ()}), NOW).entry.about == "North"
    assert read("6 lease", Vocabulary({}), NOW).entry.about == ""


@pytest.mark.parametrize("glue", [", ", " , ", ","])
def test_the_pieces_stand_in_any_order(glue: str) -> None:
    pieces = ("6 min", "riverside", "front desk", "supplier order", "10:20")
    first = read(glue.join(pieces), KNOWN, NOW)
    for order in permutations(pieces):
        assert read(glue.join(order), KNOWN, NOW) == first
        assert read(" ".join(order), KNOWN, NOW) == first


def test_a_title_says_it_in_the_same_words_and_is_never_unclear() -> None:
    assert read_title("Riverside, supplier order, front desk", KNOWN) == Title("Riverside", "front desk", "supplier order")
    assert read_title("6 North, new lease", KNOWN) == Title("North", "", "new lease", minutes=6, new_topic=True)
    assert read_title("", KNOWN) == Title()
    assert read_title("x" * 400, KNOWN).topic == "x" * 300


@pytest.mark.parametrize(
    ("known", "text", "about", "topic", "asked_by"),
    [
        (Vocabulary({"Riverside": (), "North": ()}, topics=("6",)), "6 riverside lease", "Riverside", "lease", ""),
        (Vocabulary({"Riverside": (), "North": ()}, askers=("Riverside",)), "6 riverside rota", "Riverside", "rota", ""),
        (Vocabulary({"Riverside": (), "North": ()}, topics=("Riverside rota",)), "6 riverside rota", "Riverside", "rota", ""),
        (Vocabulary({"Riverside": (), "North": ("nurse",)}), "6 nurse rota", "North", "rota", ""),
        (Vocabulary({"Riverside": (), "North": ("nurse",)}), "6 head nurse rota", "North", "head rota", ""),
        (Vocabulary({"Riverside": (), "North": ()}, topics=("6 rota",)), "riverside, 6 rota", "Riverside", "rota", ""),
        (Vocabulary({"Riverside": (), "North": ()}, topics=("north wc",)), "6 riverside north wc", "Riverside", "north wc", ""),
    ],
)  # fmt: skip
def test_what_was_logged_before_takes_neither_location_nor_minutes_away(
    known: Vocabulary, text: str, about: str, topic: str, asked_by: str
) -> None:
    entry = read(text, known, NOW).entry
    assert (entry.minutes, entry.about, entry.topic, entry.asked_by) == (6, about, topic, asked_by)


def test_two_locations_are_asked_about_in_a_line_and_the_practice_in_a_title() -> None:
    for text in ("6 riverside north lease", "6 practice-wide north lease"):
        with pytest.raises(Unclear, match="names two locations"):
            read(text, KNOWN, NOW)
    assert read("6 riverside river side lease", KNOWN, NOW).entry.topic == "lease"
    said = read_title("North and Riverside lease", KNOWN)
    assert (said.about, said.topic) == (PRACTICE_WIDE, "North and Riverside lease")


@pytest.mark.parametrize(
    ("text", "topic", "could"),
    [
        ("6 north - supplier order", "supplier order", None), ("6 / north / lease", "lease", None),
        ("6 north lease –", "lease", None),
        ("6 north lease!", "lease", True), ("6 north lease !!", "lease", True),
        ("6 north supplier - order", "supplier order", None),
        ("6\u00a0north\u202flease", "lease", None), ("6 north 👩\u200d⚕️ lunch & learn", "👩\u200d⚕️ lunch & learn", None),
    ],
)  # fmt: skip
def test_signs_between_the_words_are_no_topic(text: str, topic: str, could: bool | None) -> None:
    entry = read(text, KNOWN, NOW).entry
    assert (entry.about, entry.topic, entry.team_could) == ("North", topic, could)
    assert read_title("North - lease! ", KNOWN) == Title("North", "", "lease", new_topic=True)  # no mark, but a tone of voice


def test_a_sign_of_markup_stands_in_a_known_name_alone() -> None:
    known = Vocabulary({"North <2>": ("n>s",), "Riverside": ()}, topics=("a<b",))
    entry = read("6 NORTH  <2> a<b", known, NOW).entry
    assert (entry.about, entry.topic) == ("North <2>", "a<b")
    assert named(entry, "n>s", known).entry.about == "North <2>"
    for text in ("6 north <2> <b>", "6 riverside <2>", "6 riverside <script>alert(1)</script>"):
        with pytest.raises(Unclear, match="holds < or >, and nothing that you wrote down before has it there"):
            read(text, known, NOW)


def test_the_example_names_a_location_of_the_practice() -> None:
    with pytest.raises(Unclear, match="as in: 6 North front desk supplier order"):
        read("lease", Vocabulary({"North": ()}), NOW)
    with pytest.raises(Unclear, match="as in: 6 front desk supplier order"):
        read("", Vocabulary({}), NOW)


WORDS = st.sampled_from(
    [
        "6",
        "riverside",
        "north",
        "front",
        "desk",
        "supplier",
        "order",
        ",",
        "-20m",
        "10:20",
        "1h",
        "!",
        "min",
        "zq",
        "-",
        "ago",
        "2pm",
        "monday",
        "nov",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)))
def test_nothing_typed_is_more_than_unclear_and_no_answer_repeats_it(text: str) -> None:
    try:
        entry = read(text, KNOWN, NOW).entry
    except Unclear as answer:
        said = str(answer).casefold()
    else:
        said = ""
        assert 0 < entry.minutes <= 480
        assert entry.started_at <= NOW
        assert entry.about in ("Riverside", "North", PRACTICE_WIDE)
    assert "zq" not in said
