"""Each key of a TOML text is found where it stands."""

from etl.toml_lines import line_of, spans

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


def test_spans_hold_path_line_and_value() -> None:
    found = [(span.path, span.line, TEXT[span.value : span.end]) for span in spans(TEXT)]
    assert found == [
        (("top", "key"), 2, "1.5"),
        (("quoted key", 0), 4, "'a, [b]'"),
        (("quoted key", 1, "in"), 5, '"x # y"'),
        (("quoted key", 1, "deep", 0), 5, "true"),
        (("quoted key", 1, "deep"), 5, "[true]"),
        (("quoted key", 1), 5, '{ in = "x # y", deep = [true] }'),
        (("quoted key",), 3, TEXT[TEXT.index("[ # one") : TEXT.index("]\n\n") + 1]),
        (("list", 0), 8, "[[list]]"),
        (("list", 0, "date"), 9, "1979-05-27 07:32:00"),
        (("list", 0, "sub"), 10, "[list.sub]"),
        (("list", 0, "sub", "x"), 11, "'''\n[[list]]'''"),
        (("list", 1), 13, "[[list]]"),
        (("list", 1, "sub"), 14, "[list.sub]"),
        (("list", 1, "sub", "y"), 15, "2"),
    ]


def test_a_path_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    assert line_of(TEXT, ("list", 1, "sub", "z")) == 14
    assert line_of(TEXT, ("list", 1, "z")) == 13
    assert line_of(TEXT, ("top",)) == 2
    assert line_of(TEXT, ("nowhere",)) is None
