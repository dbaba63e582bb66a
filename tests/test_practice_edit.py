"""Edits of practice.toml say what was asked, and leave the rest of the file as its owner wrote it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.exact_title import exact, literal_of
from etl.model import PRACTICE_WIDE, ROLES, CsvShape, Refused
from etl.practice import CalendarDefault, Location, Practice, Rule, default_text, parse
from etl.practice_checks import folded
from etl.practice_edit import days_in_words, with_csv, with_interruptions, with_places, with_rules, with_settings

WRITTEN = """\
# Ours, since 1998
[practice]
name = 'Maple'   # said "mapple"
time_zone = "America/Toronto"
week_starts = "monday"
owner_emails = [
   "a@example.com",   # home
   # the old one
   "b@example.com", ]
working_hours = "Mon-Fri 08:00-18:00"

[targets]
leadership = 8 # in my dreams

# places

# the first
[[location]]
name = "Riverside" # by the river
aliases = ["river side", "12 Mill Road"]

# the second
[[location]]
name = "North"

# what is what

# from the spring
[[rule]]   # first
role = "leadership"
title = "strategy|vision"
activity = 'vision' # yes

# of cats
[[rule]]
role = "clinical"
title = '^surgery\\s'
location = "North"

# the end
"""

APART = """\
# of A
[[location]]
name = "A"

# of one
[[rule]]
role = "clinical"
place = "one"

# of B
[[location]]
name = "B" # beside

# of calendars
[[calendar]]
name = "c"

# of two
[[rule]]
role = "clinical"
place = "two"
"""

INLINE = """\
rule = [ {role = "clinical", title = 'a\\b'}, {role = "personal", place = "gym"} ]
location = [{name = "Riverside"}]
practice.name = "Maple" # ours
targets = {leadership = 2.5}
"""


def settings(text: str, **changes: Any) -> str:
    """The text with the settings it has, but for these."""
    practice = parse(text)
    names = ["name", "time_zone", "week_starts", "owner_emails", "working_hours", "country", "leadership_target", "locations"]
    now = {name: getattr(practice, name) for name in names} | {"days_off": days_in_words(practice.days_off)}
    return with_settings(text, **(now | changes))


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that are only in one of two texts."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def remarks(text: str) -> list[str]:
    """The remarks of a text without # in its values, sorted."""
    return sorted(re.findall(r"#.*", text))


def test_nothing_changed_leaves_every_byte() -> None:
    assert settings(WRITTEN) == WRITTEN
    assert with_rules(WRITTEN, []) == WRITTEN


@pytest.mark.parametrize(
    ("changes", "gone", "new"),
    [
        ({"week_starts": "sunday"}, ['week_starts = "monday"'], ['week_starts = "sunday"']),
        ({"name": "Oak"}, ["name = 'Maple'   # said \"mapple\""], ['name = "Oak"   # said "mapple"']),
        ({"leadership_target": 9.5}, ["leadership = 8 # in my dreams"], ["leadership = 9.5 # in my dreams"]),
        ({"leadership_target": None}, ["leadership = 8 # in my dreams"], ["# in my dreams"]),
        ({"country": "CA"}, [], ['country = "CA"']),
        ({"days_off": ["2026-12-25"]}, [], ['days_off = ["2026-12-25"]']),
        ({"owner_emails": ["b@example.com"]}, None, ['owner_emails = ["b@example.com"]']),
        (
            {"locations": [Location("Riverside"), Location("North")]},
            ['aliases = ["river side", "12 Mill Road"]'],
            ["aliases = []"],
        ),
    ],
)
def test_a_setting_changes_its_own_line(changes: dict[str, Any], gone: list[str] | None, new: list[str]) -> None:
    was, now = difference(WRITTEN, settings(WRITTEN, **changes))
    assert gone is None or was == gone
    assert [line for line in now if line in new] == new


def test_no_remark_is_lost() -> None:
    places = parse(WRITTEN).locations[::-1]
    turned = settings(WRITTEN, owner_emails=["b@example.com", "new@example.com"], leadership_target=None, locations=places)
    assert remarks(turned) == remarks(WRITTEN)
    changed = with_rules(turned, [Rule("personal", title="new"), Rule("personal", title="strategy|vision")])
    assert remarks(changed) == remarks(WRITTEN)
    assert remarks(settings(WRITTEN, locations=[Location("North")])) == sorted(set(remarks(WRITTEN)) - {"# by the river"})
    assert remarks(settings(APART.replace("# beside", ""), locations=[])) == remarks(APART.replace("# beside", ""))


def test_a_new_location_stands_behind_the_others() -> None:
    places = [*parse(WRITTEN).locations, Location("South", ("s",))]
    new = '"North"\n\n[[location]]\nname = "South"\naliases = ["s"]\n\n# what'
    assert settings(WRITTEN, locations=places) == WRITTEN.replace('"North"\n\n# what', new)


def test_locations_change_places_with_their_remarks() -> None:
    text = settings(WRITTEN, locations=parse(WRITTEN).locations[::-1])
    assert parse(text).location_names == ("North", "Riverside")
    assert '# places\n\n# the second\n[[location]]\nname = "North"\n' in text
    assert '# the first\n[[location]]\nname = "Riverside" # by the river\n' in text
    assert difference(WRITTEN, text) == ([], [])


def test_tables_that_stand_apart_are_gathered_in_their_order() -> None:
    was = parse(APART)
    now = parse(settings(APART, locations=[*was.locations, Location("C")]))
    assert (now.location_names, now.calendars, now.rules) == (("A", "B", "C"), was.calendars, was.rules)
    text = with_rules(APART, [Rule("personal", place="new"), Rule("personal", place="two")])
    assert [rule.place for rule in parse(text).rules] == ["new", "two", "one"]
    assert (parse(text).locations, parse(text).calendars, remarks(text)) == (was.locations, was.calendars, remarks(APART))


def test_the_name_of_a_location_may_change_its_case() -> None:
    text = settings(WRITTEN, locations=[Location("RIVERSIDE"), Location("north")])
    assert parse(text).rules[1].location == "north"


def test_a_location_still_in_use_may_not_go() -> None:
    with pytest.raises(Refused) as caught:
        settings(WRITTEN, locations=[Location("Riverside"), Location("North Street")])
    assert str(caught.value).startswith("practice.toml, line 38: the location 'North' is still used by [[rule]] number 2")
    text = '[[location]]\nname = "A"\n[[calendar]]\nname = "x"\nlocation = "a"\n'
    with pytest.raises(Refused, match=r"line 5: the location 'A' is still used by \[\[calendar\]\] number 1"):
        settings(text, locations=[])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"time_zone": "Toronto"}, "practice.toml: the key 'time_zone' under [practice] is not a time zone"),
        ({"owner_emails": ["nobody"]}, "mail address"),
        ({"leadership_target": -1.0}, "between 0 and 168"),
        ({"leadership_target": float("nan")}, "between 0 and 168"),
        ({"leadership_target": float("inf")}, "between 0 and 168"),
        ({"working_hours": ""}, "working_hours"),
        ({"days_off": ["25.12.2026"]}, "has an entry (number 1) that is no day"),
        ({"locations": [Location("Riverside"), Location("North"), Location("north ")]}, "already"),
        ({"locations": [Location("Riverside"), Location("North"), Location("")]}, "is empty"),
        ({"name": "\ud800"}, "no file can hold"),
    ],
)
def test_a_setting_the_reader_would_refuse_is_not_written(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused) as caught:
        settings(WRITTEN, **changes)
    assert caught.value.line is None
    assert says in str(caught.value)


def test_a_text_with_a_mistake_is_refused_with_its_line() -> None:
    for edit in (lambda: settings("[practise]"), lambda: with_rules("[practise]", [])):
        with pytest.raises(Refused, match="line 1: the key 'practise'"):
            edit()


def test_a_new_rule_goes_before_the_others() -> None:
    text = with_rules(WRITTEN, [Rule("personal", title=exact("Lunch (long)"))])
    new = "# what is what\n\n[[rule]]\nrole = \"personal\"\ntitle = '^Lunch \\(long\\)$'\n"
    assert text == WRITTEN.replace("# what is what\n", new)


def test_a_rule_with_the_same_conditions_is_changed_and_goes_first() -> None:
    text = with_rules(WRITTEN, [Rule("management", "rota", title=r"^surgery\s")])
    moved = '# of cats\n[[rule]]\nrole = "management"\ntitle = \'^surgery\\s\'\nactivity = "rota"\n'
    assert f"# what is what\n\n{moved}\n# from the spring\n[[rule]]   # first" in text
    assert [rule.role for rule in parse(text).rules] == ["management", "leadership"]
    assert difference(WRITTEN, text)[0] == ['role = "clinical"', 'location = "North"']


def test_of_new_rules_with_the_same_conditions_the_last_counts() -> None:
    text = with_rules("", [Rule("clinical", title="x"), Rule("personal", title="x")])
    assert parse(text).rules == (Rule("personal", title="x", number=1),)


def test_a_rule_the_reader_would_refuse_is_not_written() -> None:
    for rule in (
        Rule("boss", title="x"),
        Rule("clinical"),
        Rule("clinical", title="("),
        Rule("clinical", title="x", location="?"),
    ):
        with pytest.raises(Refused):
            with_rules(WRITTEN, [rule])


def test_sections_in_braces_are_written_with_headings() -> None:
    was = parse(INLINE)
    text = with_rules(settings(INLINE, name="Oak"), [Rule("personal", title="new")])
    now = parse(text)
    assert (now.name, now.leadership_target, now.locations) == ("Oak", 2.5, was.locations)
    assert [rule.title for rule in now.rules] == ["new", "a\\b", None]
    assert "# ours" in text


def test_line_ends_of_windows_stay() -> None:
    text = WRITTEN.replace("\n", "\r\n")
    assert settings(text) == text
    assert with_rules(text, [Rule("personal", title="x")]).count("\n") == text.count("\r\n") + 4
    assert "\n" not in settings(text, locations=[Location("North"), Location("South")]).replace("\r\n", "")


words = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
stems = st.sampled_from(
    ["", default_text("Europe/Berlin"), "[practice]", "\ufeff# only a remark", "[[rule]]\nrole='personal'\nplace='gym'"]
)
places = st.lists(words, max_size=6, unique_by=folded).filter(lambda names: folded(PRACTICE_WIDE) not in map(folded, names))


@given(stems, words, places, st.none() | st.floats(0, 168), st.data())
def test_settings_are_read_back_as_they_were_set(
    text: str, name: str, names: list[str], target: float | None, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, max(len(names) - 1, 1)))) | {0, len(names)}) if names else [0]
    groups = [names[start:end] for start, end in pairwise(cuts) if names[start:end]]
    wanted = {
        "name": name,
        "time_zone": "Asia/Kathmandu",
        "week_starts": "sunday",
        "owner_emails": ("o'k\"@example.com",),
        "working_hours": "Sat 09:00-13:00",
        "country": "NP",
        "days_off": ["2026-12-25", "2026-12-28..2027-01-02"],
        "leadership_target": target,
        "locations": tuple(Location(group[0], tuple(group[1:])) for group in groups),
    }
    once = with_settings(text, **wanted)
    rules = parse(text).rules
    read = wanted | {"days_off": ((date(2026, 12, 25),) * 2, (date(2026, 12, 28), date(2027, 1, 2)))}
    assert parse(once) == Practice(**read, rules=rules, text=once)
    assert with_settings(once, **wanted) == once
    shuffled = data.draw(st.permutations(wanted["locations"]))
    again = with_settings(once, **(wanted | {"locations": shuffled[1:]}))
    assert parse(again) == Practice(**(read | {"locations": tuple(shuffled[1:])}), rules=rules, text=again)


titles = st.text(st.characters(codec="utf-8"), min_size=1, max_size=15).filter(str.strip)
made: Callable[..., st.SearchStrategy[Rule]] = st.builds
rules = made(
    Rule,
    role=st.sampled_from(ROLES),
    activity=st.text(max_size=5).map(str.strip),
    title=titles.map(exact),
    place=st.none() | titles.map(exact),
    location=st.sampled_from([None, "Practice-wide"]),
)


@given(stems, st.lists(rules, max_size=4), st.lists(rules, max_size=4))
def test_rules_are_read_back_newest_first(text: str, first: list[Rule], second: list[Rule]) -> None:
    def conditions(rule: Rule) -> tuple[str | None, ...]:
        return rule.title, rule.place

    newest = {conditions(rule): rule for rule in first}
    expected = [*newest.values(), *parse(text).rules]
    once = with_rules(text, first)
    assert [replace(rule, number=0) for rule in parse(once).rules] == [replace(rule, number=0) for rule in expected]
    newer = {conditions(rule): rule for rule in second}
    expected = [*newer.values(), *(rule for rule in expected if conditions(rule) not in newer)]
    twice = with_rules(once, second)
    assert [replace(rule, number=0) for rule in parse(twice).rules] == [replace(rule, number=0) for rule in expected]


@given(st.text(), st.text())
def test_an_exact_pattern_finds_its_title_and_no_other(title: str, other: str) -> None:
    pattern = exact(title)
    assert re.search(pattern, title, re.I)
    assert literal_of(pattern) == title
    assert re.search(pattern, title + "x", re.I) is None
    assert re.search(pattern, "x" + title, re.I) is None
    if other.casefold() != title.casefold() and other.upper() != title.upper() and other.rstrip("\n") != title.rstrip("\n"):
        assert re.search(pattern, other, re.I) is None


@pytest.mark.parametrize(
    ("pattern", "title"),
    [
        ("^Staff meeting$", "Staff meeting"),
        (r"^Staff\ meeting\ \(all\)$", "Staff meeting (all)"),
        ("^$", ""),
        ("Staff meeting", None),
        ("^a|b$", None),
        ("^a.b$", None),
        (r"^a\d$", None),
        ("^a\\$", None),
        (r"^a\\$", "a\\"),
        ("^a$\n", None),
    ],
)
def test_which_patterns_are_one_title(pattern: str, title: str | None) -> None:
    assert literal_of(pattern) == title


SHAPE = CsvShape("Clinic", "Time", date="Date", minutes="Mins", provider="Vet", owner=("Dr A",), status="S", cancelled=("No",))


@pytest.mark.parametrize("text", [WRITTEN, APART, "", WRITTEN.replace("\n", "\r\n"), default_text("UTC")])
def test_a_list_of_appointments_is_added_with_its_calendar_and_the_remarks_stay(text: str) -> None:
    edited = with_csv(text, SHAPE, CalendarDefault("Clinic", "clinical"))
    before, after = parse(text), parse(edited)
    assert replace(after, csv=(), calendars=before.calendars, text=before.text) == before
    assert after.csv == (SHAPE,)
    assert after.calendars == (*before.calendars, CalendarDefault("Clinic", "clinical"))
    assert {line.strip() for line in re.findall("#.*", text)} <= {line.strip() for line in re.findall("#.*", edited)}
    assert with_csv(edited, SHAPE, CalendarDefault("CLINIC", "management")) == edited


def test_a_list_of_the_same_columns_is_changed_in_its_place() -> None:
    edited = with_csv(WRITTEN, SHAPE)
    keys = ["name", "date", "start", "minutes", "provider", "owner", "status", "cancelled"]
    assert re.findall(r"^(\w+) = ", edited[edited.index("[[csv]]") :], re.MULTILINE) == keys
    again = with_csv(edited.replace('owner = ["Dr A"]', 'owner = ["Dr A"] # me'), replace(SHAPE, owner=("Dr A", "Dr B")))
    assert parse(again).csv == (replace(SHAPE, owner=("Dr A", "Dr B")),)
    assert "# me" in again
    other = replace(SHAPE, start="When", date="")
    assert parse(with_csv(edited, other)).csv == (SHAPE, other)


def test_a_list_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused, match="has no 'end' and no 'minutes'"):
        with_csv(WRITTEN, replace(SHAPE, minutes=""))


def test_words_for_places_are_added_and_nothing_else_is_changed() -> None:
    after = with_places(WRITTEN, {"riverside": ["12 MILL road", " Mill Rd ", "Mill Rd"], "North": []}, ["zoom.us", "Zoom.us"])
    assert difference(WRITTEN, after) == (
        ['aliases = ["river side", "12 Mill Road"]'],
        ['aliases = ["river side", "12 Mill Road", "Mill Rd"]', "[places]", 'practice_wide = ["zoom.us"]'],
    )
    assert after.endswith('# the end\n\n[places]\npractice_wide = ["zoom.us"]\n')


@pytest.mark.parametrize("text", [WRITTEN, APART, INLINE, "", default_text("UTC"), "places.practice_wide = ['home'] # x\n"])
def test_words_for_places_keep_the_remarks(text: str) -> None:
    before = parse(text)
    after = parse(with_places(text, {"Oak": ["Oak Lane"], "Elm": []}, ["wfh"]))
    assert after.locations == (*before.locations, Location("Oak", ("Oak Lane",)), Location("Elm"))
    assert after.practice_wide == (*before.practice_wide, "wfh")
    assert replace(after, locations=before.locations, practice_wide=before.practice_wide, text=text) == before
    assert remarks(after.text) == remarks(text)
    assert with_places(after.text, {"oak": ["OAK lane"]}, ["WFH"]) == after.text


def test_remarks_within_the_list_of_no_places_stay() -> None:
    text = '[places] # ours\npractice_wide = ["home", # at home\n]\n'
    after = with_places(text, {}, ["zoom.us"])
    assert parse(after).practice_wide == ("home", "zoom.us")
    assert remarks(after) == remarks(text)


def test_words_that_mean_a_location_are_not_added_as_no_place() -> None:
    with pytest.raises(Refused, match=r"^practice\.toml: the key 'practice_wide' under \[places\] has an entry"):
        with_places(WRITTEN, {}, ["NORTH"])


PULLS = """\
[practice]
name = "Maple"

# the first one
[[location]]
name = "North"          # on the hill
aliases = ["12 Mill Road"]

[[location]]
name = "Riverside"

[[calendar]]
name = "Clinic"
role = "clinical"       # all of it
"""


def test_what_interrupts_is_written_beside_what_stands_there() -> None:
    before = parse(PULLS)
    north, riverside = before.locations
    told = replace(north, phones=("204",), open="Mon 08:00-12:00", team=4)
    text = with_interruptions(PULLS, marker=" ? ", usual_minutes=6, logs=["Pulls"], locations=[told, riverside])
    after = parse(text)
    assert (after.marker, after.usual_minutes, after.locations) == ("?", 6, (told, riverside))
    assert [(each.name, each.kind) for each in after.calendars] == [("Clinic", ""), ("Pulls", "interruptions")]
    assert "# the first one\n" in text
    assert "# on the hill" in text
    again = with_interruptions(text, marker="?", usual_minutes=6, logs=["pulls"], locations=[told, riverside])
    assert again == text
    undone = with_interruptions(text, marker="", usual_minutes=5, logs=[], locations=before.locations)
    assert replace(parse(undone), text="", calendars=()) == replace(before, text="", calendars=())
    assert {each.kind for each in parse(undone).calendars} == {""}


def test_nothing_new_leaves_the_text_as_it_is() -> None:
    assert with_interruptions(PULLS, marker="", usual_minutes=5.0, logs=[], locations=parse(PULLS).locations) == PULLS


def test_open_hours_that_cannot_be_read_are_refused() -> None:
    (north, _) = parse(PULLS).locations
    with pytest.raises(Refused, match="cannot be read as days and hours"):
        with_interruptions(PULLS, marker="", usual_minutes=5, logs=[], locations=[replace(north, open="always")])
