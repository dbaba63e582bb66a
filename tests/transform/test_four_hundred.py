"""What the built-in word list makes of titles that it was not written from: right, wrong and left to the owner."""

from collections import Counter
from pathlib import Path

from etl.model import ROLES
from tests.transform.four_hundred import LEFT, PRECISION, Judged, Measure, judged, measure, report


def test_of_what_gets_a_role_nearly_all_is_right_and_little_is_left() -> None:
    titles = judged()
    print("\n" + report(titles))
    whole = measure(titles)
    assert whole.precision >= PRECISION, report(titles)
    assert whole.left_share <= LEFT, report(titles)


def test_the_titles_are_of_every_role_and_practice_and_none_stands_twice() -> None:
    titles = judged()
    assert {title.truth for title in titles} == set(ROLES)
    assert len({title.practice for title in titles}) >= 5
    twice = Counter((title.title, title.practice) for title in titles)
    assert max(twice.values()) == 1


def test_wrong_counts_for_what_nobody_can_know_and_left_only_for_what_has_a_role(tmp_path: Path) -> None:
    file = tmp_path / "titles.csv"
    file.write_text(
        "title,role,practice\n"
        "Staff rota,management,dental\n"  # right
        "Spay,management,veterinary\n"  # wrong
        "Payroll,unclassified,dental\n"  # wrong: the readers left it open
        "Blurb,clinical,dental\n"  # left
        "Blurb two,unclassified,dental\n",  # neither
        "utf-8",
    )
    titles = judged(file)
    assert [title.said for title in titles] == ["management", "clinical", "management", "unclassified", "unclassified"]
    assert measure(titles) == Measure(classified=3, right=1, filed_by_readers=3, left=1)
    assert "precision  33.3% (  1 of   3)   left  33.3% (  1 of   3)" in report(titles)
    assert "1 of unclassified said to be management" in report(titles)
    assert measure([Judged("", "unclassified", "", "unclassified")]) == Measure(0, 0, 0, 0)
    assert (Measure(0, 0, 0, 0).precision, Measure(0, 0, 0, 0).left_share) == (1, 0)
