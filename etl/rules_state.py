"""The owner's rules as they stand: what each decides, and which of them decide nothing."""

from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from etl import marts, recount
from etl.practice import Rule
from etl.store import open_read
from etl.store.key import open_key
from etl.transform.filed import Filed
from etl.transform.rules import Event, Matcher


@dataclass(frozen=True, slots=True)
class RuleState:
    """One rule. `hours` are counted ones it decides, up to today; `matches` is the number of different texts it is about;
    `hidden_by` is the number of the earlier rule that decides all or most of these before it, 0 where it decides some."""

    rule: Rule
    hours: float
    matches: int
    hidden_by: int


def rules(db: Path) -> tuple[RuleState, ...]:
    """The rules in the owner's order. Raises StoreError, and Refused where a pattern runs for ever."""
    with open_read(db) as con:
        stored = recount.stored_practice(con)
        if stored is None:
            return ()
        practice, key = stored[0], open_key(con, db)
        hours = dict(marts.ask(con, "hours_by_filing").fetchall())
        names = ", ".join(each.name for each in fields(Filed))
        texts = [(row[-1], Filed(*row[:-1])) for row in con.execute(f"select {names}, filing_id from filings").fetchall()]
    core, no_title = recount.filer(practice, key).core, key.title("")
    matchers = [Matcher(rule, practice, key, core) for rule in practice.rules]
    matches: Counter[int] = Counter()
    decided: dict[int, float] = {}
    first: dict[int, Counter[int]] = {}
    for filing_id, filed in texts:
        dropped = filed.title is None and filed.title_key != no_title
        event = Event(
            None if dropped else filed.title or "", filed.title_key, filed.group_key, filed.place_text or "", filed.calendar,
            filed.categories or "", filed.title_location,
        )  # fmt: skip
        own = int(filed.decided_by.removeprefix("rule ")) if filed.decided_by.startswith("rule ") else 0
        found = [m.rule.number for m in matchers if (m.by_title_alone or not dropped) and m.matches(event)]
        found = sorted({*found, own} - {0})
        matches.update(found)
        if found:
            decided[found[0]] = decided.get(found[0], 0.0) + (hours.get(filing_id, 0.0) if filed.correction_id is None else 0.0)
            for later in found[1:]:
                first.setdefault(later, Counter())[found[0]] += 1
    return tuple(
        RuleState(
            rule,
            decided.get(rule.number, 0.0),
            matches[rule.number],
            0 if rule.number in decided or rule.number not in first else first[rule.number].most_common(1)[0][0],
        )
        for rule in practice.rules
    )
