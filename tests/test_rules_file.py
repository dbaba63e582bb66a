"""The built-in word list: its form, and what it says of real titles, by a matcher of the tests' own."""

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
RULES: dict[str, Any] = tomllib.loads((ROOT / "data/rules.toml").read_text("utf-8"))
GROUPS: list[dict[str, Any]] = RULES["group"]
WORDS = [word for group in GROUPS for word in group["words"]]
with (ROOT / "tests/transform/titles.csv").open(encoding="utf-8", newline="") as lines:
    TITLES = [(row["title"], row["role"]) for row in csv.DictReader(lines)]


def pattern(words: str) -> re.Pattern[str]:
    """What one entry of the list finds: whole words, any case, `*` for any ending, spaces for spaces and hyphens."""
    parts = [re.escape(part).replace(r"\*", r"\w*") for part in words.split()]
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(parts) + r"(?!\w)", re.IGNORECASE)


PATTERNS = [(-len(words.split()), n, pattern(words)) for n, group in enumerate(GROUPS) for words in group["words"]]


def role_of(title: str) -> str:
    """The role of the match of most words, of equal ones that of the earlier group; "" for none."""
    found = [(length, number) for length, number, words in PATTERNS if words.search(title)]
    role: str = GROUPS[min(found)[1]]["role"] if found else "unclassified"
    return "" if role == "unclassified" else role


def test_says_its_version_and_language() -> None:
    assert (RULES["version"], RULES["language"]) == (1, "en")
    assert set(RULES) == {"version", "language", "group"}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["activity"] or group["role"])
def test_a_group_is_complete(group: dict[str, Any]) -> None:
    assert set(group) == {"role", "activity", "why", "words"}
    assert group["role"] in {"leadership", "management", "clinical", "personal", "unclassified"}
    assert bool(group["activity"]) == (group["role"] != "unclassified")
    assert re.fullmatch(r"[A-Z].{15,}\.", group["why"])
    assert group["words"]


def test_no_word_stands_twice() -> None:
    assert sorted({word for word in WORDS if WORDS.count(word) > 1}) == []


def test_words_are_lower_case_single_spaced_and_starred_only_at_the_end() -> None:
    form = re.compile(r"[a-z0-9][a-z0-9:&]*( [a-z0-9:&]+)*\*?")
    assert [word for word in WORDS if not form.fullmatch(word)] == []


def test_starred_words_are_long_enough_to_mean_something() -> None:
    assert [word for word in WORDS if word.endswith("*") and len(word) < 4] == []


def test_the_owner_is_asked_only_after_leadership_and_management_and_before_the_rest() -> None:
    order = [group["role"] for group in GROUPS]
    steps = [role for role, before in zip(order, ["", *order], strict=False) if role != before]
    assert steps == ["leadership", "management", "unclassified", "clinical", "personal"]


def test_there_are_enough_titles_of_every_kind() -> None:
    assert len(TITLES) >= 120
    assert {role for _, role in TITLES} == {"leadership", "management", "clinical", "personal", ""}
    assert len({title for title, _ in TITLES}) == len(TITLES)


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_a_title_has_its_role(title: str, role: str) -> None:
    assert role_of(title) == role
