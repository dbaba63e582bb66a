"""Each key of a TOML text is found where it stands."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.toml_lines import KeyPath, line_of

TEXT = """\
# [not.me]
top.key = 1.5
"quoted key" = [ # one
  'a, [b]',
  { in = "x # y", deep = [true] },
]

[[list]]
date = 1979-05-27 07:32:00
[list.sub]
x = '''
[[list]]'''
[[list]]
[list.sub]
y = 2
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top", "key"), 2),
        (("quoted key",), 3),
        (("quoted key", 0), 4),
        (("quoted key", 1, "deep"), 5),
        (("list", 0), 8),
        (("list", 0, "date"), 9),
        (("list", 0, "sub"), 10),
        (("list", 0, "sub", "x"), 11),
        (("list", 1), 13),
        (("list", 1, "sub", "y"), 15),
    ],
)
def test_the_line_of_a_path(path: KeyPath, line: int) -> None:
    assert line_of(TEXT, path) == line


def test_a_path_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    assert line_of(TEXT, ("list", 1, "sub", "z")) == 14
    assert line_of(TEXT, ("list", 1, "z")) == 13
    assert line_of(TEXT, ("top",)) == 2
    assert line_of(TEXT, ("nowhere",)) is None


values = st.sampled_from(
    ["1", "'x'", "[]", "[\n1,\n2 ]", "[ # ]\n'a', # '\n]", '"""\n[[t]]\nkey = 1\n"""', "'''#\n'''", '["""\n""",\n1]']
)


@given(st.lists(st.tuples(st.sampled_from(["", "\n", "# [[t]]\n", "  "]), st.none() | values), max_size=30))
def test_every_key_is_found_between_remarks_and_values_of_several_lines(parts: list[tuple[str, str | None]]) -> None:
    text, wanted, tables, keys = "", {}, 0, 0
    for before, value in [("", None), *parts]:
        text += before
        line = text.count("\n") + 1
        if value is None:
            tables, keys = tables + 1, 0
            text += "[[t]] # key\n"
            wanted["t", tables - 1] = line
        else:
            text += f"key{keys} = {value}\n"
            wanted["t", tables - 1, f"key{keys}"] = line
            keys += 1
    assert tomllib.loads(text)
    assert {path: line_of(text, path) for path in wanted} == wanted
