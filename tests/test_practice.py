"""practice.toml is read as written, and a mistake in it is refused with its line, its key and a way out."""

from datetime import date

import pytest

from etl.model import ROLES, CsvShape, Refused
from etl.practice import CalendarDefault, Location, Practice, Rule, default_text, parse, read

FULL = """\
[practice]
name = "Maple Veterinary Group"
time_zone = "America/Toronto"      # IANA name
week_starts = "sunday"
owner_emails = ["Owner@example.com"]
working_hours = "Mon-Thu 08:00-18:00; Sat 9:00-13:00"
country = "ca"
days_off = ["2026-12-25", 2027-04-02, "2026-12-28 .. 2027-01-02"]

[targets]
leadership = 8

[places]
practice_wide = ["home", " zoom.us "]

[privacy]
clinical_titles = "keep"

[[location]]
name = "Riverside"
aliases = ["river side", "12 Mill Road"]

[[location]]
name = "North"

[[calendar]]
name = "Clinic schedule North"
role = "clinical"
location = "north"

[[rule]]
role = "leadership"
activity = "vision"
title = 'strategy|\\bvision\\b'
location = "Practice-wide"

[[rule]]
role = "clinical"
title_key = "00ff00ff00ff00ff"

[[csv]]
name = "Clinic schedule North"
date = "Date"
start = "Time"
minutes = "Mins"
provider = "Vet"
owner = ["Dr A", "Dr. Able"]
"""


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        parse(text, "practice.toml")
    return str(caught.value)


def test_every_setting_is_read() -> None:
    practice = parse(FULL)
    assert practice == Practice(
        name="Maple Veterinary Group",
        time_zone="America/Toronto",
        week_starts="sunday",
        owner_emails=("Owner@example.com",),
        working_hours="Mon-Thu 08:00-18:00; Sat 9:00-13:00",
        country="CA",
        days_off=(
            (date(2026, 12, 25), date(2026, 12, 25)),
            (date(2027, 4, 2), date(2027, 4, 2)),
            (date(2026, 12, 28), date(2027, 1, 2)),
        ),
        leadership_target=8.0,
        locations=(Location("Riverside", ("river side", "12 Mill Road")), Location("North")),
        calendars=(CalendarDefault("Clinic schedule North", "clinical", "North"),),
        rules=(
            Rule("leadership", "vision", title=r"strategy|\bvision\b", location="Practice-wide", number=1),
            Rule("clinical", title_key="00ff00ff00ff00ff", number=2),
        ),
        csv=(CsvShape("Clinic schedule North", "Time", date="Date", minutes="Mins", provider="Vet", owner=("Dr A", "Dr. Able")),),
        practice_wide=("home", "zoom.us"),
        keep_clinical_titles=True,
        text=FULL,
    )
    assert practice.zone.key == "America/Toronto"
    assert practice.owners == {"owner@example.com"}
    assert practice.location_names == ("Riverside", "North")
    assert practice.working_spans == (*((day, 480, 1080) for day in range(4)), (5, 540, 780))


def test_an_empty_file_says_nothing() -> None:
    assert parse("") == Practice()
    assert Practice().zone.key == "UTC"


def test_the_first_file_is_valid_and_so_is_all_that_its_remarks_propose() -> None:
    text = default_text("Europe/Berlin")
    assert parse(text) == Practice(time_zone="Europe/Berlin", text=text)
    proposed = "".join(
        line.removeprefix("# ") if " = " in line or "[[" in line.split("#")[1][:4] else line
        for line in text.splitlines(keepends=True)
        if line.startswith("# ")
    )
    tables = proposed[proposed.index("[[location]]\n") :]
    assert {rule.role for rule in parse("".join(tables)).rules} == {"leadership"}
    assert parse(default_text("Atlantis")).time_zone == "UTC"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_bytes_with_and_without_mark_and_with_any_line_end(mark: bytes, line_end: str) -> None:
    text = '[practice]\nname = "Café 🐈"\n'.replace("\n", line_end)
    assert read(mark + text.encode()) == Practice(name="Café 🐈", text=text)


def test_bytes_of_another_encoding_are_refused_with_their_line() -> None:
    with pytest.raises(Refused, match=r"^my\.toml, line 2: this is not UTF-8 text\. Save the file again as UTF-8\.$"):
        read('[practice]\nname = "Café"\n'.encode("latin-1"), "my.toml")


MISTAKES = [
    # text, line, what and mend hold these
    ("[targets]\nleadershp = 8", 2, "'leadershp' is not known under [targets]. Did you mean 'leadership'?"),
    ("[targets]\nxyz = 8", 2, "'xyz' is not known under [targets]. Take it out; known are leadership"),
    ("\n[[locations]]\nname = 'A'", 2, "'locations' is not a known section. Did you mean 'location'?"),
    ("name = 'A'", 1, "'name' stands under no heading. Move it below [practice]"),
    ("[location]\nname = 'A'", 1, "[[location]]"),
    ("[[practice]]\nname = 'A'", 1, "Write [practice] on a line of its own"),
    ("practice = 'A'", 1, "Write [practice] on a line of its own"),
    ("[[location]]\nname = 'A'\n[location.more]\nx = 1", 3, "'more' is not known under [[location]]"),
    ("[practice]\ntime_zone = 'Toronto'", 2, "'time_zone' under [practice] is not a time zone"),
    ("[practice]\ntime_zone = 'Toronto'", 2, "Did you mean 'America/Toronto'?"),
    ("[practice]\ntime_zone = 'america/toronto'", 2, "Did you mean 'America/Toronto'?"),
    ("[practice]\ntime_zone = '../etc'", 2, 'as in "America/Toronto"'),
    ("[practice]\ntime_zone = ''", 2, 'as in "America/Toronto"'),
    ("[practice]\nname = 7", 2, "'name' under [practice] must be a text"),
    ("[practice]\nweek_starts = 'tuesday'", 2, "must be monday or sunday. Did you mean 'sunday'?"),
    ("[practice]\nowner_emails = 'a@example.com'", 2, "must be a list"),
    ("[practice]\nowner_emails = [\n 'a@example.com', # me\n 'Ann Owner',\n]", 4, "number 2) that is not a mail address"),
    ("[practice]\nworking_hours = 'always'", 2, "'working_hours' under [practice] cannot be read"),
    ("[practice]\nworking_hours = 'Mon-Fri 18:00-08:00'", 2, "cannot be read as days and hours"),
    ("[practice]\ncountry = 'Canada'", 2, "'country' under [practice] is not a country code of two letters. Did you mean 'CA'?"),
    ("[practice]\ncountry = 'XX'", 2, 'Write its two letters, as in "CA" or "GB"'),
    ("[practice]\ncountry = 1", 2, "must be a text"),
    ("[practice]\ndays_off = '2026-12-25'", 2, "'days_off' under [practice] must be a list"),
    (
        "[practice]\ndays_off = [\n '2026-12-25',\n '2026-02-30',\n]",
        4,
        "has an entry (number 2) that is no day. Write a day as in",
    ),
    ("[practice]\ndays_off = ['2027-01-02..2026-12-28']", 2, "that ends before it begins"),
    ("[practice]\ndays_off = ['2026-01-01..2027-12-28']", 2, "that is longer than a year"),
    ("[practice]\ndays_off = ['2026-01-01..2026-01-03..2026-01-05']", 2, "that is no day"),
    ("[practice]\ndays_off = ['0026-01-01']", 2, "that is no day from 1990 to 2100"),
    ("[practice]\ndays_off = [2026-01-01T10:00:00]", 2, "must be a text"),
    ("[targets]\nleadership = -1", 2, "between 0 and 168"),
    ("[targets]\nleadership = nan", 2, "between 0 and 168"),
    ("[targets]\nleadership = 1" + "0" * 400, 2, "between 0 and 168"),
    ("[targets]\nleadership = true", 2, "must be a number of hours"),
    ("[targets]\nleadership = '8'", 2, "must be a number of hours"),
    ("[privacy]\nclinical_titles = 'hide'", 2, "must be drop or keep"),
    ("[[location]]\naliases = ['a']", 1, "this [[location]] has no 'name'"),
    ("[[location]]\nname = ' '", 2, "is empty"),
    ("[[location]]\nname = 'A'\naliases = ['']", 3, "is empty"),
    ("[[location]]\nname = 'A'\n[[location]]\nname = 'a'", 4, "'name' of this [[location]] is already that of"),
    ("[[location]]\nname = 'A'\n[[location]]\nname = 'B'\naliases = [\n'x',\n'A']", 7, "already that of [[location]] number 1"),
    ("[[location]]\nname = 'practice-wide'", 2, "already that of 'Practice-wide'"),
    ("[places]\npractice_wide = 'home'", 2, "'practice_wide' under [places] must be a list"),
    ("[places]\npractice_wide = ['home', ' ']", 2, "'practice_wide' under [places] has an entry (number 2) that is empty"),
    ("[places]\npractice_wid = []", 2, "'practice_wid' is not known under [places]. Did you mean 'practice_wide'?"),
    ("[[places]]\npractice_wide = []", 1, "Write [places] on a line of its own"),
    (
        "[places]\npractice_wide = [\n'home',\n'b  SIDE']\n[[location]]\nname='A'\n[[location]]\nname='B'\naliases=['B Side']",
        4,
        "has an entry (number 2) that is a name or an alias of [[location]] number 2. A place belongs to a location or to none",
    ),
    ("[[calendar]]\nname = 'A'\nlocation = 'B'", 3, "names a location that is not in this file"),
    ("[[rule]]\nrole = 'clinical'\ntitle = 'x'\n\n[[rule]]\nrole = 'leadrship'\ntitle = 'y'", 6, "Did you mean 'leadership'?"),
    ("[[rule]]\ntitle = 'x'", 1, "this [[rule]] has no 'role'"),
    ("[[rule]]\nrole = 'clinical'\nactivity = 'surgery'", 1, "has no condition"),
    ("[[rule]]\nrole = 'clinical'\ntitle = ''", 3, "is empty"),
    ("[[rule]]\nrole = 'clinical'\nplace = '(x'", 3, "'place' under [[rule]] is not a regular expression"),
    ('[[rule]]\nrole = "clinical"\ntitle = "\\bx"', 3, "Put the text in single quotes"),
    ("[[rule]]\nrole = 'clinical'\ntitle_key = 'Bello'", 3, "must be digits and the letters a to f"),
    ("[[rule]]\nrole = 'clinical'\ntitle = 'x'\nlocation = 'North'", 4, "names a location that is not in this file"),
    ("[[csv]]\nstart = 'A'\nend = 'B'", 1, "this [[csv]] has no 'name'"),
    ("[[csv]]\nname = 'A'\nend = 'B'", 1, "this [[csv]] has no 'start'"),
    ("[[csv]]\nname = 'A'\nstart = 'B'", 1, "this [[csv]] has no 'end' and no 'minutes'. Name one column"),
    ("[[csv]]\nname = 'A'\nstart = 'B'\nend = 'C'\nminutes = 'D'", 1, "has both 'end' and 'minutes'"),
    (
        "[[csv]]\nname = 'A'\nstart = 'B'\nend = 'C'\nprovider = 'D'",
        1,
        "has 'provider' and no 'owner'. Add a line owner below it",
    ),
    ("[[csv]]\nname = 'A'\nstart = 'B'\nend = 'C'\ncancelled = ['D']", 1, "has 'cancelled' and no 'status'"),
    ("[[csv]]\nname = 'A'\nstart = 'B'\n\nend = ' b'", 5, "the keys 'start' and 'end' of this [[csv]] name the same column"),
    ("[[csv]]\nname = 'A'\nstrat = 'B'", 3, "'strat' is not known under [[csv]]. Did you mean 'start'?"),
    ("rule = [\n{role='clinical', title='x'},\n{role='clinical', titel='y'}]", 3, "Did you mean 'title'?"),
    ("practice.name = 'x'\npractice.zone = 'y'", 2, "'zone' is not known under [practice]"),
    ("[practice]\nname = 'A", 2, "a text is not closed"),
    ("[practice]\nname = Anna", 2, "with text in quotes"),
    ("[practice]\nname = 'A'\nname = 'B'", 3, "is there twice"),
    ("[practice]\n[practice]", 2, "is there twice"),
    ("[practice]\nAnna", 2, "there is no = behind the key"),
    ('[[rule]]\ntitle = "\\d"', 2, "Put the text in single quotes"),
    ('[practice]\nname = \'A\nweek_starts = "monday"\n', 2, "a text is not closed"),
    ("[practice]\nname = 'A\nweek_starts = 'monday'\n", 2, "a text is not closed"),
    ("x = [1,\n2\n\n", 1, "a list or a brace is not closed"),
    ("\naliases = ['a',\n 'b'\n[[calendar]]\nname = 'x'", 2, "a list or a brace is not closed"),
    ("aliases = [\n'a',\n 'b' 'c']", 1, "lacks a comma"),
    ("rule = [{role = 'x'\n", 1, "a list or a brace is not closed"),
    ("\n[practice\nname = 'x'", 2, "Write it as a heading like [practice]"),
    ("\n[]", 2, "Write it as a heading like [practice]"),
    ("[practice]\nname = ", 2, "with text in quotes"),
    ("x = " + "1" * 5000, 1, "cannot be read"),
]


@pytest.mark.parametrize(("text", "line", "says"), MISTAKES)
def test_a_mistake_is_refused_with_its_line_and_a_way_out(text: str, line: int, says: str) -> None:
    message = refusal(text)
    assert message.startswith(f"practice.toml, line {line}: ")
    assert says in message
    assert message.endswith(".")


def test_lists_too_deep_are_refused() -> None:
    assert "too deep" in refusal("x = " + "[" * 100_000)


CONTENT = "Zebedee"


@pytest.mark.parametrize(
    "text",
    [
        f"[practice]\nowner_emails = ['{CONTENT}']",
        f"[practice]\ntime_zone = '{CONTENT}'",
        f"[practice]\nname = {CONTENT}",
        f"[practice]\nname = '{CONTENT}",
        f"{CONTENT}",
        f"'{CONTENT} at lunch' = 1",
        f"[[calendar]]\nname = 'x'\nlocation = '{CONTENT}'",
        f"[[rule]]\nrole = '{CONTENT}'\ntitle = 'x'",
        f"[[rule]]\nrole = 'clinical'\ntitle = '(?P<{CONTENT}>x)(?P<{CONTENT}>y)'",
        f"[[rule]]\nrole = 'clinical'\ntitle = '(?{CONTENT})'",
        f"[places]\npractice_wide = ['{CONTENT}']\n[[location]]\nname = '{CONTENT}'",
        f"[[location]]\nname = '{CONTENT}'\n[[location]]\nname = '{CONTENT}'",
        f'[practice]\nname = "\\{CONTENT}"',
    ],
)
def test_no_message_holds_what_the_file_says(text: str) -> None:
    assert CONTENT not in refusal(text)


def test_lines_are_right_behind_remarks_quoted_keys_and_texts_of_several_lines() -> None:
    text = '''\
# [[rule]]
[practice]
"name" = """
[[rule]]
titel = "not me"  # nor me
"""

  [[ "rule" ]]  # one
role = 'clinical'
title = \'\'\'
[[rule]]\'\'\'
[[rule]]
"role" = 'clinical'
'titel' = "x"
'''
    assert refusal(text).startswith("practice.toml, line 14: the key 'titel' is not known under [[rule]]")


def test_roles_week_starts_and_locations_are_taken_in_any_case() -> None:
    text = "[practice]\nweek_starts='Sunday'\n[[location]]\nname='North'\n[[rule]]\nrole='Clinical'\ntitle='x'\nlocation='NORTH'"
    practice = parse(text)
    assert practice.week_starts == "sunday"
    assert practice.rules == (Rule("clinical", title="x", location="North", number=1),)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_be_given(role: str) -> None:
    assert parse(f"[[rule]]\nrole = '{role}'\ntitle = 'x'").rules[0].role == role


def test_an_alias_may_repeat_its_own_location() -> None:
    text = "[[location]]\nname = 'North'\naliases = ['north', 'NORTH']"
    assert parse(text).locations == (Location("North", ("north", "NORTH")),)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Mon 08:00-12:00", [(0, 480, 720)]),
        ("Mon, Wed 8:00-12:00", [(0, 480, 720), (2, 480, 720)]),
        ("Sat-Mon 00:00-24:00", [(5, 0, 1440), (6, 0, 1440), (0, 0, 1440)]),
        ("monday-Tuesday 08:00–12:30", [(0, 480, 750), (1, 480, 750)]),
    ],
)
def test_working_hours(text: str, spans: list[tuple[int, int, int]]) -> None:
    assert parse(f"[practice]\nworking_hours = '{text}'").working_spans == tuple(spans)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mon",
        "Mon 8-12",
        "Mon 08:00-25:00",
        "Mon 08:60-12:00",
        "Mon-Tue-Wed 08:00-12:00",
        "Foo 08:00-12:00",
        "Mon 08:00-12:00;",
    ],
)
def test_what_is_no_working_hours(text: str) -> None:
    assert "'working_hours'" in refusal(f"[practice]\nworking_hours = '{text}'")


MORE = """\
[interruptions]
marker = " ? "
usual_minutes = 7.5

[[location]]
name = "North"
phones = ["+1 416 555-0100", "204"]
open = "Mon-Thu 08:00-18:00; Sat 09:00-13:00"
team = 12

[[calendar]]
name = "Pulls"
kind = "Interruptions"
"""


def test_what_is_said_of_interruptions_and_of_a_location() -> None:
    practice = parse(MORE)
    assert (practice.marker, practice.usual_minutes) == ("?", 7.5)
    (north,) = practice.locations
    assert (north.phones, north.team) == (("+1 416 555-0100", "204"), 12)
    assert north.open_spans[-1] == (5, 540, 780)
    assert practice.calendars[0].kind == "interruptions"
    assert (parse("").marker, parse("").usual_minutes, Location("North").open_spans) == ("", 5.0, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("usual_minutes = 7.5", "usual_minutes = 0", "must be a number of minutes, at least 0.1 and at most 480"),
        ("usual_minutes = 7.5", 'usual_minutes = "7"', "must be a number of minutes"),
        ("team = 12", "team = 0", "must be how many people work there"),
        ("team = 12", "team = true", "must be how many people work there"),
        ('"204"', '"desk"', "has an entry (number 2) that is not a telephone number"),
        ("09:00-13:00", "13:00-09:00", "cannot be read as days and hours"),
        ('kind = "Interruptions"', 'kind = "log"', "must be calendar or interruptions"),
        ('" ? "', f'"{"?" * 21}"', "must be at most 20 signs long"),
    ],
)
def test_what_of_it_is_wrong_is_said(old: str, new: str, said: str) -> None:
    text = MORE.replace(old, new)
    assert text != MORE
    with pytest.raises(Refused) as refused:
        parse(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('kind = "calls"\nminutes = "M"', "this [[csv]] of calls has no 'number'"),
        ('kind = "calls"\nnumber = "N"', "has no 'minutes' and no 'seconds'"),
        ('kind = "calls"\nnumber = "N"\nminutes = "M"\nseconds = "S"', "has both 'minutes' and 'seconds'"),
        ('number = "N"\nminutes = "M"', "has 'number', which only a list of calls has"),
        ('kind = "calls"\nnumber = "N"\nseconds = "S"\ncancelled = ["x"]', "has 'cancelled' and no 'status'"),
    ],
)
def test_a_list_of_calls_names_what_it_needs(lines: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(f'[[csv]]\nname = "Telephone"\nstart = "Start"\n{lines}\n')
    assert said in str(refused.value)
