"""10,000 damaged files, the same in every run: each is taken or refused in one sentence, soon and without a word of it."""

import os
from collections import Counter

import pytest

from tests.fuzz.judge import Case, case, judge
from tests.fuzz.seeds import seeds

SEED, PARTS = "ci", 10
COUNT = int(os.environ.get("OWNER_TIME_FUZZ", "10000"))


@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_files(part: int) -> None:
    verdicts: Counter[str] = Counter()
    for number in range(1 + part * COUNT // PARTS, 1 + (part + 1) * COUNT // PARTS):
        verdict = judge(case(SEED, number))
        known = verdict in ("taken", "refused")
        verdicts[verdict if known else f"{SEED}:{number} {verdict} (python -m tests.fuzz --seed {SEED} --only {number})"] += 1
    print(f"seed {SEED}: {dict(verdicts)}")
    assert set(verdicts) == {"taken", "refused"}, "\n".join(verdicts)


@pytest.mark.parametrize("number", range(len(seeds())))
def test_what_is_damaged_is_sound_before(number: int) -> None:
    seed = seeds()[number]
    assert judge(Case(0, seed.name, seed.data)) in (
        "taken",
        "refused" if seed.name in ("appointments.csv", "table.xlsx") else "taken",
    )
