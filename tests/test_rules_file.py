"""The built-in word list: its form, what it says of real titles by a matcher of the tests' own, and what is refused of it."""

import csv
import random
import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.model import Refused
from etl.transform import words
from tests.making import Desk, calendar, event

ROOT = Path(__file__).parents[1]
RULES: dict[str, Any] = tomllib.loads((ROOT / "data/rules.toml").read_text("utf-8"))
GROUPS: list[dict[str, Any]] = [
    group | {"words": [word.strip() for word in group["words"].split(",")]} for group in RULES["group"]
]
WORDS = [word for group in GROUPS for word in group["words"]]
ACTIVITIES = {
    "leadership": ["vision", "direction", "what good looks like", "growing leaders"],
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
    """As a ratio: the list of 857 words of before took 1.75 of what tomllib alone took for it; a ms for each 500 more makes 4."""
    before = "words = [" + ", ".join(f'"{word}"' for word in WORDS[:857]) + "]"

    def best(what: Callable[[], object]) -> float:
        took = []
        for _ in range(15):
            began = time.perf_counter()
            what()
            took.append(time.perf_counter() - began)
        return min(took)

    def read() -> None:
        words.read.cache_clear()
        words.built_in()

    assert best(read) < 4 * best(lambda: tomllib.loads(before))


# ---------------------------------------------------------------- another language, and files that are not right

FIRST = """version = 1
language = "en"

[[group]]
role = "management"
activity = "staff"
why = "Somebody has to."
words = '''
rota, team talk*,
one to one'''

[[group]]
role = "clinical"
activity = "consults"
why = "Patients."
words = ["termin", "consult*"]

[[help]]
question = "Why?"
answer = "So."
"""
SECOND = """version = 1
language = "de"
[[group]]
role = "clinical"
activity = "consults"
why = "Mit Patienten."
words = "sprechstunde*, praxis op"
[[group]]
role = "leadership"
activity = "vision"
why = "Wohin es geht."
words = "leitbild*, consult, überblick"
"""
PLANTED = "zebediah"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules.toml").write_text(FIRST, "utf-8")
    return tmp_path / "rules.toml"


def refusal(file: Path) -> Refused:
    words.read.cache_clear()
    words._files.cache_clear()
    with pytest.raises(Refused) as refused:
        words.read(file)
    assert PLANTED not in str(refused.value)
    assert str(refused.value).count("\n") == 0
    return refused.value


def test_words_are_a_text_with_commas_or_a_list(rules: Path) -> None:
    read = words.read(rules)
    assert [group.words for group in read.groups] == [("rota", "team talk*", "one to one"), ("termin", "consult*")]
    assert read.helps == (words.Help("Why?", "So."),)


def test_another_language_is_read_from_a_file_beside(rules: Path) -> None:
    rules.with_name("rules.de.toml").write_text(SECOND, "utf-8")
    read = words.read(rules)
    assert [group.role for group in read.groups] == ["leadership", "management", "clinical", "clinical"]
    for title, why in (
        ("SPRECHSTUNDEN", "Mit Patienten."),
        ("Praxis-OP", "Mit Patienten."),
        ("ÜBERBLICK", "Wohin es geht."),
        ("Consult", "Wohin es geht."),  # leadership goes before clinical, in whatever language
        ("Rota", "Somebody has to."),
    ):
        found = read.find(title)
        assert found is not None
        assert found.why == why
    assert read.find("Beratung") is None


def test_the_mark_is_that_of_all_files(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "RULES_FILE", rules)
    alone = words.mark()
    rules.with_name("rules.de.toml").write_text(SECOND, "utf-8")
    assert words.mark() == alone  # a program that runs keeps both its list and its mark
    words._files.cache_clear()
    assert words.mark() != alone


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(rules: Path) -> None:
    rules.write_bytes(b"\xef\xbb\xbf" + FIRST.replace("\n", "\r\n").encode())
    assert words.read(rules).groups[0].words == ("rota", "team talk*", "one to one")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("version = 1", "version = 2", 1, "the key 'version' at the top of the file is newer than this program knows"),
        ("version = 1", 'version = 2\nzebediah = "zebediah"', 1, "newer than this program knows"),
        ("version = 1", 'version = "zebediah"', 1, "must be a whole number from 1"),
        ("version = 1", "version = true", 1, "must be a whole number from 1"),
        ("version = 1", "version = 0", 1, "must be a whole number from 1"),
        ("version = 1\n", "", None, "there is no 'version' at the top of the file"),
        ('language = "en"\n', "", None, "there is no 'language' at the top of the file"),
        ('language = "en"', "language = 7", 2, "the key 'language' at the top of the file must be a text"),
        ("version = 1", 'version = 1\n"zebediah x" = 3', 2, "this key is not known at the top of the file"),
        ("version = 1", "version = = zebediah", 1, ""),
        ("version = 1", "version = 1\n[[groups]]\nx = 1", 2, "the key 'groups' is not known at the top of the file"),
        ("one to one'''", "one to one", 8, "a text is not closed"),
        ('role = "management"', 'role = "zebediah"', 5, "the key 'role' under [[group]] must be leadership, management"),
        ('role = "clinical"', 'role = "clinic"', 13, "the key 'role' under [[group]] must be leadership, management"),
        ('activity = "staff"\n', "", 4, "there is no 'activity' under [[group]]"),
        ('why = "Patients."\n', "", 12, "there is no 'why' under [[group]]"),
        ('words = ["termin", "consult*"]\n', "", 12, "there is no 'words' under [[group]]"),
        ('why = "Patients."', 'why = "Patients."\n"zebediah 1" = 5', 16, "this key is not known under [[group]]"),
        ('why = "Patients."', 'why = " "', 15, "the key 'why' under [[group]] is empty"),
        ('"termin", "consult*"', '"zebediah", 7', 16, "has an entry (number 2) that must be a text"),
        ('"termin", "consult*"', '"zebediah", "*"', 16, "does not begin with a letter or a digit"),
        ("rota, team talk*", "zebediah, *, team talk*", 8, "does not begin with a letter or a digit"),
        ('["termin", "consult*"]', "7", 16, "must be a list"),
        ("[[help]]", "[help]", 18, "'help' is no list of sections"),
        ('answer = "So."', "", 18, "there is no 'answer' under [[help]]"),
    ],
)
def test_a_file_that_is_not_right_is_refused_in_one_sentence_with_its_line(
    rules: Path, old: str, new: str, line: int | None, what: str
) -> None:
    assert FIRST.count(old) == 1
    rules.write_text(FIRST.replace(old, new), "utf-8")
    refused = refusal(rules)
    assert (refused.file_name, refused.line) == ("rules.toml", line)
    assert what in refused.what


def test_a_file_of_another_language_is_refused_by_its_own_name(rules: Path) -> None:
    beside = rules.with_name("rules.de.toml")
    beside.write_text(SECOND.replace('"leadership"', '"zebediah"'), "utf-8")
    assert str(refusal(rules)).startswith("rules.de.toml, line 9: the key 'role' under [[group]] must be ")
    beside.write_text(FIRST, "utf-8")
    assert str(refusal(rules)).startswith("rules.de.toml, line 2: its language is not the one in its name. ")
    beside.write_bytes(SECOND.encode("latin-1"))
    assert str(refusal(rules)).startswith("rules.de.toml, line 12: this is not UTF-8 text. ")


def test_a_list_that_is_gone_is_refused(rules: Path) -> None:
    rules.unlink()
    assert refusal(rules).what == "it or a file beside it cannot be opened"


def test_of_a_newer_list_nothing_changes(rules: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take(("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00"))))
    before = desk.db.read_bytes()
    rules.write_text(FIRST.replace("version = 1", "version = 2"), "utf-8")
    monkeypatch.setattr(words, "RULES_FILE", rules)
    (report,) = desk.load(("more.ics", calendar("More", event("Consult", "2026-01-06 09:00", "10:00"))))
    assert report.refused == (
        "rules.toml, line 1: the key 'version' at the top of the file is newer than this program knows."
        " Update the program, or put back the file that came with it."
    )
    assert desk.sql("select title from occurrences") == [("Rota",)]
    assert desk.db.read_bytes() == before
