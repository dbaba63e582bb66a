"""The built-in word list: its form, what it says of real titles by a matcher of the tests' own."""

import csv
import random
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from etl.transform import words

ROOT = Path(__file__).parents[1]
RULES: dict[str, Any] = tomllib.loads((ROOT / "data/rules.toml").read_text("utf-8"))
GROUPS: list[dict[str, Any]] = [
    group | {"words": [word.strip() for word in group["words"].split(",")]} for group in RULES["group"]
]
WORDS = [word for group in GROUPS for word in group["words"]]
ACTIVITIES = {
    "leadership": ["planned", "vision", "direction", "what good looks like", "growing leaders"],
    "management": [
        "scheduling", "staff", "suppliers", "money", "compliance", "equipment", "marketing", "questions",
    ],
    "unclassified": [""],
    "clinical": ["consults", "procedures", "rounds", "records"],
    "personal": ["breaks", "family", "health"],
}  # fmt: skip
with (ROOT / "tests/transform/titles.csv").open(encoding="utf-8", newline="") as lines:
    TITLES = [(row["title"], row["role"]) for row in csv.DictReader(lines)]


def pattern(phrase: str) -> re.Pattern[str]:
    """What one entry of the list finds: whole words, any case, `*` for any ending, spaces for spaces and hyphens."""
    parts = [re.escape(part).replace(r"\*", r"\w*") for part in phrase.split()]
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(parts) + r"(?!\w)", re.IGNORECASE)


RANKED = sorted(
    (
        (-len(phrase.split()), n, place, phrase, pattern(phrase))
        for n, group in enumerate(GROUPS)
        for place, phrase in enumerate(group["words"])
    ),
    key=lambda each: each[:3],
)
YIELDS = {("clinical", "leadership"), ("clinical", "management"), ("clinical", "unclassified"), ("management", "leadership")}


def said_of(title: str) -> tuple[str, str]:
    """Role and phrase by all phrases that stand side by side, none within a longer one; empty for none."""
    title = re.sub("['’]", "", title)
    said = ("", "")
    for _, n, _, phrase, finds in RANKED:
        while match := finds.search(title):
            title = title[: match.start()] + "|" + title[match.end() :]
            if not said[0] or (said[0], GROUPS[n]["role"]) in YIELDS:
                said = (GROUPS[n]["role"], phrase)
    return said


def test_says_its_version_and_language() -> None:
    assert (RULES["version"], RULES["language"]) == (words.VERSION, "en")
    assert set(RULES) == {"version", "language", "group", "help"}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["activity"] or group["role"])
def test_a_group_is_complete(group: dict[str, Any]) -> None:
    assert set(group) == {"role", "activity", "why", "words"}
    assert group["role"] in {"leadership", "management", "clinical", "personal", "unclassified"}
    assert bool(group["activity"]) == (group["role"] != "unclassified")
    assert re.fullmatch(r"[A-Z].{15,}\.", group["why"])
    assert group["words"]


def test_every_role_has_its_activities() -> None:
    found: dict[str, list[str]] = {}
    for group in GROUPS:
        found.setdefault(group["role"], []).append(group["activity"])
    assert found == ACTIVITIES


def test_a_group_of_leadership_or_management_says_why_it_is_not_the_other() -> None:
    for group in GROUPS:
        if group["role"] == "leadership":
            assert "management" in group["why"] or "for them" in group["why"] or "deciding each case" in group["why"]
    assert len({group["why"] for group in GROUPS}) == len(GROUPS)


def test_no_word_stands_twice() -> None:
    assert sorted({word for word in WORDS if WORDS.count(word) > 1}) == []


def test_words_are_lower_case_single_spaced_and_starred_only_at_the_end() -> None:
    form = re.compile(r"[a-z0-9][a-z0-9:&]*( [a-z0-9:&]+)*\*?")
    assert [word for word in WORDS if not form.fullmatch(word)] == []


def test_starred_words_are_long_enough_to_mean_something() -> None:
    assert [word for word in WORDS if word.endswith("*") and len(word) < 4] == []


def test_a_clock_time_is_no_one_to_one() -> None:
    assert [words.built_in().find(title) for title in ("Moved to 1:15", "Open 1 to 12", "1:10")] == [None] * 3


def test_the_owner_is_asked_only_after_leadership_and_management_and_before_the_rest() -> None:
    order = [group["role"] for group in GROUPS]
    steps = [role for role, before in zip(order, ["", *order], strict=False) if role != before]
    assert steps == ["leadership", "management", "unclassified", "clinical", "personal"]


def test_there_are_enough_titles_of_every_kind() -> None:
    assert len(TITLES) >= 290
    assert {role for _, role in TITLES} == {"leadership", "management", "clinical", "personal", ""}
    assert len({title for title, _ in TITLES}) == len(TITLES)


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_a_title_has_its_role(title: str, role: str) -> None:
    said = said_of(title)[0]
    assert ("" if said == "unclassified" else said) == role


def test_the_phrase_that_decided_is_told() -> None:
    chance = random.Random(5)
    plain = [word.removesuffix("*") for word in WORDS]
    drawn = [f"{chance.choice(plain)}{chance.choice([' ', ': ', ' x ', '-', 's, '])}{chance.choice(plain)}" for _ in range(1500)]
    for title in [title for title, _ in TITLES] + [chance.choice([str.upper, str.title, str])(title) for title in drawn]:
        found = words.built_in().found(title)
        assert (found[0].role, found[1]) == said_of(title) if found else said_of(title) == ("", ""), title
        assert words.built_in().find(title) is (found[0] if found else None)


@pytest.mark.parametrize(
    ("title", "role", "phrase"),
    [
        ("VISION tests", "clinical", "vision test*"),
        ("Vision test, vision screening", "clinical", "vision test*"),
        ("New patients: marketing", "management", "marketing"),
        ("Delegation: practice manager", "leadership", "delegation"),
        ("Dry needling course", "unclassified", "course*"),
        ("Nurses’ meeting", "management", "nurses meeting*"),
        ("Women's health clinic", "clinical", "womens health clinic*"),
    ],
)
def test_what_stands_beside_a_phrase_may_overrule_it(title: str, role: str, phrase: str) -> None:
    found = words.built_in().found(title)
    assert found is not None
    assert (found[0].role, found[1]) == (role, phrase)


def test_the_help_is_short_plain_and_complete() -> None:
    helps = words.built_in().helps
    assert 5 <= len(helps) <= 8
    assert len({entry.question for entry in helps}) == len(helps)
    for entry in helps:
        assert entry.question.endswith("?")
        assert 40 < len(entry.answer) < 330
        assert entry.answer.endswith((".", "choose yours."))
        assert "\n" not in entry.question + entry.answer
    text = " ".join(entry.question.lower() for entry in helps)
    for topic in ("one-to-ones", "interviews", "training", "accountant", "marketing", "complaints", "procedures", "email"):
        assert topic in text


def test_reading_the_list_stays_cheap() -> None:
    """In calls, which no busy machine makes more of: a few for each word, beside those of reading the file."""
    calls = Counter[str]()
    words.read.cache_clear()
    sys.setprofile(lambda _frame, event, _what: calls.update([event]))
    try:
        words.built_in()
    finally:
        sys.setprofile(None)
    assert calls["call"] + calls["c_call"] < 30 * len(WORDS), calls
