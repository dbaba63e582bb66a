"""The role of an event: the owner's rules in their order, then the calendar's default, then the built-in words."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from etl.exact_title import exact
from etl.keyed import Key
from etl.model import Refused
from etl.practice import parse
from etl.transform.roles import NOWHERE, Filer, Filing
from etl.transform.rules import Event, title_alone
from etl.transform.titles import form
from etl.transform.words import WordGroup, WordList, built_in

KEY = Key(b"a key for tests")
with Path(__file__).with_name("titles.csv").open(encoding="utf-8", newline="") as lines:
    TITLES = [(row["title"], row["role"] or "unclassified") for row in csv.DictReader(lines)]

PLACES = '[[location]]\nname = "North"\naliases = ["Mill Road"]\n[[location]]\nname = "Riverside"\n'


def filer(text: str = "") -> Filer:
    return Filer(parse(PLACES + text), built_in(), KEY)


def an_event(title: str | None, place: str = "", calendar: str = "Work", categories: str = "", key: str = "") -> Event:
    return Event(title, KEY.title(key or title or ""), KEY.group(form(key or title or "")), place, calendar, categories)


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_the_built_in_words(title: str, role: str) -> None:
    found = built_in().find(title)
    assert (found.role if found else "unclassified") == role
    assert filer().file(an_event(title)).role == role


@pytest.mark.parametrize(
    ("title", "activity"),
    [("one two three", "b"), ("ONE-TWO  THREES", "a"), ("one two", "a"), ("two", "b"), ("twos", None), ("a none b", None)],
)
def test_the_longest_phrase_wins_then_the_earlier_group(title: str, activity: str | None) -> None:
    first = WordGroup("leadership", "a", "", ("one", "one two", "threes"))
    second = WordGroup("management", "b", "", ("one two three", "two", "one"))
    words = WordList((first, second))
    if title == "ONE-TWO  THREES":
        assert words.find(title) is first
        return
    found = words.find(title)
    assert (found.activity if found else None) == activity


def test_the_first_matching_rule_wins_over_default_and_words() -> None:
    rules = """
[[calendar]]
name = "work"
role = "clinical"
[[rule]]
role = "leadership"
activity = "vision"
title = "rota"
location = "Practice-wide"
[[rule]]
role = "personal"
title = "rota|gym"
"""
    by = filer(rules)
    assert by.file(an_event("Rota at North")) == Filing("leadership", "vision", "Practice-wide", "rule 1", "rule 1")
    assert by.file(an_event("GYM, Riverside")) == Filing("personal", "", "Riverside", "rule 2", "title")
    assert by.file(an_event("Payroll")) == Filing("clinical", "", None, "calendar")
    assert by.file(an_event("Payroll", calendar="Other")).decided_by == "word list"
    assert by.file(an_event("Zq", calendar="Other")) == Filing("unclassified", "", None, "nobody yet")


def test_all_conditions_of_a_rule_must_hold() -> None:
    rule = '[[rule]]\nrole = "personal"\ntitle = "zq"\ncalendar = "^home$"\nplace = "club"\ncategory = "fun"\n'
    right = {"title": "Zq", "place": "The Club", "calendar": "Home", "categories": "Sun, Fun"}
    assert filer(rule).file(an_event(**right)).role == "personal"
    for key in right:
        assert filer(rule).file(an_event(**right | {key: "else"})).role == "unclassified"


def test_categories_decide_where_the_title_does_not() -> None:
    assert filer().file(an_event("Zq", categories="Payroll")).role == "management"
    assert filer().file(an_event("Strategy", categories="Payroll")).role == "leadership"


@pytest.mark.parametrize("title", ["Zq (new?)", "a.b*c", "^$", "[x]|y", "back\\slash", "  two  spaces", "ümläut"])
def test_an_exact_title_finds_itself_in_any_case_and_no_other(title: str) -> None:
    by = filer(f"[[rule]]\nrole = 'leadership'\ntitle = '{exact(title)}'\n")
    assert by.file(an_event(title)).role == by.file(an_event(title.upper())).role == "leadership"
    assert by.file(an_event(title + "x")).role == by.file(an_event("x" + title)).role == "unclassified"


def test_a_key_finds_its_title_whether_it_is_kept_or_dropped() -> None:
    by = filer(f"[[rule]]\nrole = 'clinical'\nactivity = 'surgery'\ntitle_key = '{KEY.title('Zq Smith')}'\n")
    assert by.file(an_event("ZQ  smith")).role == "clinical"
    assert by.file(an_event("Zq")).role == "unclassified"
    assert by.refile_dropped(an_event(None, key="Zq Smith")) == Filing("clinical", "surgery", None, "rule 1")
    assert by.refile_dropped(an_event(None, key="Zq")) is None


def test_titles_find_all_that_mean_the_same_whatever_the_locations_are() -> None:
    rule = "[[rule]]\nrole = 'leadership'\ntitles = ['Zq S. 12', 'Wx North']\n"
    for by in (filer(rule), Filer(parse(rule), built_in(), KEY)):
        for title in ("zq", "Re: ZQ 14/3", "Zq K.", "Wx North", "wx  north 3"):
            assert by.file(an_event(title)).decided_by == "rule 1", title
        assert by.file(an_event("Zq meal")).role == "unclassified"
    for title in ("Wx", "Wx Riverside", "Mill Road wx 2"):
        assert filer(rule).file(filer().event(title, "", "Work", "")).decided_by == "rule 1", title


def test_keys_of_groups_find_titles_that_are_kept_and_dropped() -> None:
    by = filer(f"[[rule]]\nrole = 'clinical'\ntitle_keys = ['{KEY.group('zq smith')}', '{KEY.group('wx')}']\n")
    for title in ("Zq Smith", "zq smith 3", "Wx away", "Wx Riverside"):
        event = by.event(title, "", "Work", "")
        assert (by.file(event).role == "clinical") is (title != "Wx away")
        assert (by.refile_dropped(replace(event, title=None)) is not None) is (title != "Wx away")


def test_what_nothing_else_files_on_a_calendar() -> None:
    rest = '[[calendar]]\nname = "work"\notherwise = "clinical"\nlocation = "North"\n'
    by = filer(rest + "[[rule]]\nrole = 'personal'\ntitles = ['Wx']\n[[rule]]\nrole = 'unclassified'\ntitles = ['Vw']\n")
    assert by.file(an_event("Zq")) == Filing("clinical", "", "North", "rest of the calendar", "calendar")
    assert by.file(an_event("Payroll")).role == "management"
    assert by.file(an_event("Wx")).role == "personal"
    assert by.file(an_event("Vw")) == Filing("unclassified", "", "North", "nobody yet", "calendar")
    assert by.refile_dropped(an_event(None, key="Zq")) is None
    waiting = by.refile_dropped(an_event(None, key="Zq"), "unclassified")
    assert waiting is not None
    assert waiting.role == "clinical"


@pytest.mark.parametrize("at", ["title", "calendar", "place", "category"])
def test_a_pattern_without_an_end_is_given_up_with_its_line(at: str) -> None:
    by = filer(f"[[rule]]\nrole = 'personal'\n{at} = '(a|aa)+$'\n")
    long = "a" * 60 + "!"
    with pytest.raises(Refused, match=rf"practice\.toml, line 8: the pattern of the key '{at}' under .* does not come to an end"):
        by.file(an_event(long, long, long, long))


def test_a_dropped_title_is_found_by_a_correction_and_by_no_pattern() -> None:
    correction = "[[rule]]\nrole = 'leadership'\ntitle = '^Zq$'\nlocation = 'North'\n"
    pattern = "[[rule]]\nrole = 'personal'\ntitle = 'zq'\n"
    place = "[[rule]]\nrole = 'personal'\nplace = 'north'\n"
    dropped = an_event(None, place="North", key="Zq")
    assert filer(pattern + place + correction).refile_dropped(dropped) == Filing("leadership", "", "North", "rule 3", "rule 3")
    assert filer(pattern + place).refile_dropped(dropped) is None


@pytest.mark.parametrize(
    ("rule", "alone"),
    [
        ("title = '^Zq$'", True),
        ("title_key = '0123456789abcdef'", True),
        ("titles = ['Zq']", True),
        ("title_keys = ['0123456789abcdef']", True),
        ("titles = ['Zq']\nplace = 'North'", False),
        ("title = 'zq'", False),
        ("title = '^zq|x$'", False),
        ("title = '^Zq$'\nplace = 'North'", False),
        ("calendar = '^Work$'", False),
    ],
)
def test_what_a_correction_of_one_title_is(rule: str, alone: bool) -> None:
    assert title_alone(parse(f"[[rule]]\nrole = 'personal'\n{rule}\n").rules[0]) is alone


@pytest.mark.parametrize(
    ("place", "title", "calendar", "location", "by"),
    [
        ("Mill Road 12", "At Riverside", "Riverside", "North", "place"),
        ("", "Riverside rota", "North", "Riverside", "title"),
        ("Room 2", "Rota", "Clinic NORTH", "North", "calendar name"),
        ("Room 2", "Rota", "Work", None, ""),
        ("", "Rota", "Set", "Riverside", "calendar"),
        ("", "Rota North", "Set", "North", "title"),
    ],
)
def test_place_then_title_then_calendar_name_the_location(
    place: str, title: str, calendar: str, location: str | None, by: str
) -> None:
    filing = filer('[[calendar]]\nname = "set"\nlocation = "Riverside"\n').file(an_event(title, place, calendar))
    assert (filing.location, filing.location_by) == (location, by)


def test_an_all_day_event_marks_by_its_own_words_only() -> None:
    by = filer('[[calendar]]\nname = "work"\nlocation = "Riverside"\n')
    assert by.marker(an_event("At North")) == ("North", "title")
    assert by.marker(an_event("Holiday")) == NOWHERE


@pytest.mark.parametrize(
    ("topic", "role", "activity"),
    [
        ("Rota", "management", "scheduling"),
        ("Rota", "clinical", "questions"),
        ("zq", "management", "questions"),
        ("", "clinical", "questions"),
    ],
)
def test_the_activity_of_an_interruption(topic: str, role: str, activity: str) -> None:
    assert filer().activity_of_topic(topic, role) == activity
