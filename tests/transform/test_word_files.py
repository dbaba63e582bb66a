"""The files of the word list: their form, other languages beside the first, and what is refused of them."""

from pathlib import Path

import pytest

from etl.model import Refused
from etl.transform import words
from tests.making import Desk, calendar, event

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
