"""What the word list finds, beside test_roles: the quick look that comes before a pattern misses nothing it would find."""

import re
import sys

from etl.transform.words import _folded, built_in


def test_whatever_a_pattern_finds_in_any_case_passes_the_look_before_it() -> None:
    characters = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    used = {letter for group in built_in().groups for word in group.words for letter in word.lower()} | set("äöüßéèñçåæøœµσ")
    alike = {letter: re.findall(re.escape(letter), characters, re.IGNORECASE) for letter in sorted(used)}
    assert sum(map(len, alike.values())) > 1.5 * len(used)  # capitals and more
    missed = {
        letter: [each for each in found if _folded(f"x{letter}x") not in _folded(f"x{each}x")] for letter, found in alike.items()
    }
    assert not any(missed.values()), missed
