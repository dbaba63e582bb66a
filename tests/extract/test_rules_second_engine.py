"""2,000 random recurrence rules through the product and through dateutil; `python -m tests.rules` does 10,000, libical too."""

import re

import pytest

from tests.rules.engines import by_dateutil, product
from tests.rules.judge import verdict
from tests.rules.making import NOT_WITH, UNTIL, rules

SEED, COUNT, EACH = "ci", 2_000, 500


@pytest.mark.parametrize("part", range(COUNT // EACH))
def test_random_rules_have_the_dates_that_dateutil_gives(part: int) -> None:
    drawn = list(rules(f"{SEED} {part}", EACH))
    print(f"seed {SEED} {part}, {len(drawn)} rules")
    differing = []
    for rule, read in zip(drawn, product(drawn, UNTIL), strict=True):
        if verdict(rule, read, by_dateutil(rule, UNTIL)) == "DIFFERS":
            differing.append(f"#{rule.number} {' '.join(rule.lines)}")
    assert differing == []


def test_the_rules_drawn_are_of_every_kind() -> None:
    texts = [rule.text for rule in rules(f"{SEED} 0", EACH)]
    names = {name for text in texts for name in re.findall(r"([A-Z]+)=", text)}
    assert names == {
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR",
        "BYMINUTE", "BYSECOND", "BYSETPOS",
    }  # fmt: skip
    assert {re.search("FREQ=([A-Z]+)", text)[1] for text in texts} == set(NOT_WITH)
