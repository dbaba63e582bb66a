"""The command line: python -m etl load | undo | log | sample | report | export | leave | backup | restore | check."""

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from etl.model import Progress, Refused, WrongUsage
from etl.stopwatch import lap, tell
from etl.store import default_path, open_read, sample_path
from etl.store.connection import StoreError

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0 all done, 1 something was refused, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot show a sign must not end the program
            stream.reconfigure(errors="replace")
    lap("start")
    gc.disable()  # one command makes no garbage worth looking for, and a decade of texts to look through
    given = _parser().parse_args(_with_times(sys.argv[1:] if arguments is None else arguments))
    try:
        return int(given.run(given))
    except (Refused, StoreError) as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE if isinstance(error, WrongUsage) else REFUSED
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("Stopped. What was not finished was not stored.", file=sys.stderr)
        return REFUSED
    except Exception as error:
        if os.environ.get("OWNER_TIME_DEBUG"):
            raise
        import traceback

        at = traceback.extract_tb(error.__traceback__)[-1]
        print(
            f"Owner Time came upon a fault of its own ({type(error).__name__} in {Path(at.filename).name}, line {at.lineno})."
            " What it was at was not stored; of several files, those before it are in. Please report this line.",
            file=sys.stderr,
        )
        return REFUSED


def _with_times(arguments: Sequence[str]) -> list[str]:
    """The arguments with a blank before each -20m of a line: the parser takes a word with a blank for no option."""
    logs = [*arguments[:1]] == ["log"]
    return [f" {word}" if logs and re.match(r"-\d", word) else word for word in arguments]


def _load(given: argparse.Namespace) -> int:
    from etl.pipeline import load  # here and below: each command imports only what it needs
    from etl.report import load_text

    lap("import")
    if given.practice is not None and not given.practice.is_file():
        raise WrongUsage(given.practice.name, "there is no such file", "Check the name after --practice")
    reports = load(given.files, given.db, given.practice, date_order=given.date_order, replace=given.replace, say=_progress())
    for report in reports:
        print(load_text(report), file=sys.stderr if report.refused else sys.stdout)
    lap("report")
    tell()
    return REFUSED if any(r.refused for r in reports) else DONE


def _undo(given: argparse.Namespace) -> int:
    from etl.changes import undo_last_load

    undone = undo_last_load(given.db)
    print(f"Undone: {', '.join(undone.file_names)}. All calendars and logs are as they were before it.")
    return DONE


def _log(given: argparse.Namespace) -> int:
    from etl.logged_line import log_line

    print(log_line(given.db, " ".join(given.line)))
    return DONE


def _sample(given: argparse.Namespace) -> int:
    from etl.report import load_text
    from etl.sample import load_sample

    reports = load_sample(given.db, date.today(), _progress())  # noqa: DTZ011 - the day where the owner sits
    for report in reports:
        print(load_text(report), file=sys.stderr if report.refused else sys.stdout)
    if any(r.refused for r in reports):
        return REFUSED
    print(f"The sample practice is in {given.db}. To look at it: python start.py, then “Look around with the sample practice”.")
    return DONE


def _report(given: argparse.Namespace) -> int:
    import json

    from etl.report import report, report_text

    if given.html or given.xlsx or given.csv:
        return _take_along(given)
    with open_read(given.db) as con:
        result = report(con, given.from_day, given.to_day)
    print(json.dumps(result, indent=2, ensure_ascii=False) if given.json else report_text(result))
    return DONE


def _take_along(given: argparse.Namespace) -> int:
    from etl import along, bundle
    from etl.along.asked import asked_for

    if given.csv:
        bundle.verify_free(given.csv)
    with open_read(given.db) as con:
        of = along.account(con, asked_for(con, given.from_day, given.to_day, given.words))
    if given.html:
        bundle.write(given.html, along.page(of).encode())
        print(f"{given.html.name}: the page for the coach.")
    if given.xlsx:
        bundle.write(given.xlsx, along.workbook(of))
        print(f"{given.xlsx.name}: the workbook, one sheet a question.")
    if given.csv:
        files = along.csv_files(of)
        bundle.write(given.csv, files)
        print(f"{given.csv.name}: {len(files)} tables.")
    return DONE


def _export(given: argparse.Namespace) -> int:
    from etl.export import export

    with open_read(given.db) as con:
        count = export(con, given.table, given.out)
    print(f"{given.out.name}: {count} {'row' if count == 1 else 'rows'} of {given.table}.")
    return DONE


def _leave(given: argparse.Namespace) -> int:
    from etl.leave import take_along

    print(f"{given.out.name}: {take_along(given.db, given.out)} files. What each column means stands in schema.csv.")
    return DONE


def _backup(given: argparse.Namespace) -> int:
    from etl.backup import back_up

    back_up(given.db, given.out)
    print(f"{given.out.name}: {given.db.name} is backed up, with its key and practice.toml.")
    return DONE


def _restore(given: argparse.Namespace) -> int:
    from etl.backup import restore

    made_at = restore(given.file, given.db).made_at
    print(f"{given.db.name} is as it was backed up on {made_at.astimezone():%Y-%m-%d at %H:%M}, with its key and practice.toml.")
    return DONE


def _check(given: argparse.Namespace) -> int:
    from etl import marts

    with open_read(given.db) as con:
        answers = marts.ask(con, "check").fetchall()
    for _, invariant, broken in answers:
        print(f"{'ok    ' if not broken else 'BROKEN'}  {invariant}{f': {broken} times' if broken else ''}")
    return REFUSED if any(broken for _, _, broken in answers) else DONE


def _progress() -> Progress | None:
    """Tell of progress on one line, where somebody watches."""
    if not sys.stderr.isatty():
        return None

    def tell(what: str, done: float) -> None:
        print(f"\r\033[K{what}: {done:.0%}", end="" if done < 1 else "\r\033[K", file=sys.stderr, flush=True)

    return tell


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="Owner Time: calendars in, the owner's hours out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str, default: Path) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(run=run)
        sub.add_argument("--db", type=Path, default=default, help=f"the database (default: {default.name} in data)")
        return sub

    own = default_path()
    load = command(
        "load",
        _load,
        "Load calendars, tables of appointments and interruption logs (.ics, .zip, .csv, .xlsx, told apart by content).",
        own,
    )
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--practice", type=Path, help="the practice file (default: practice.toml beside the database)")
    load.add_argument("--date-order", choices=["dmy", "mdy"], help="for a CSV whose dates can be read two ways")
    load.add_argument("--replace", action="store_true", help="take a file although it removes more than a third of what is known")
    command("undo", _undo, "Take back the last load: its calendars and logs are as they were before it.", own)
    log = command("log", _log, "Write down an interruption: log 6 riverside front desk supplier order.", own)
    log.add_argument(
        "line", nargs="+", metavar="LINE", help="minutes, location, who, topic, in any order; -20m or 10:20 for when"
    )
    command("sample", _sample, "Make the invented practice and load it into a database of its own.", sample_path())
    report = command("report", _report, "Hours by role and location, and what was not counted.", own)
    report.add_argument("--from", dest="from_day", type=_day, metavar="DAY", help="first day, as 2026-09-14")
    report.add_argument("--to", dest="to_day", type=_day, metavar="DAY", help="last day")
    report.add_argument("--json", action="store_true", help="for other programs")
    report.add_argument("--html", type=Path, metavar="FILE", help="one page for the coach, to look at and to print")
    report.add_argument("--xlsx", type=Path, metavar="FILE", help="a workbook, one sheet a question")
    report.add_argument("--csv", type=Path, metavar="FOLDER|FILE.zip", help="the same tables as CSV")
    report.add_argument(
        "--words", action="store_true", help="with topics, hand-overs' words and the practice's name in these files"
    )
    export = command("export", _export, "Write a table to a file by its ending: csv, parquet, xlsx; time_slices also ics.", own)
    export.add_argument(
        "table",
        metavar="TABLE",
        help="sources, occurrences, interruptions, time_slices, hand_overs, hand_over_locations or planned_blocks",
    )
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    leave = command("leave", _leave, "Take everything along: a folder, or one zip, of CSV with what each column means.", own)
    leave.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER|FILE.zip", help="a new folder, or a file ending in .zip"
    )
    backup = command("backup", _backup, "Back up the database, its key and its practice.toml into one file.", own)
    backup.add_argument("--out", type=Path, required=True, metavar="FILE")
    restore = command("restore", _restore, "Put a backup in the place of the database, its key and its practice.toml.", own)
    restore.add_argument("file", type=Path, metavar="FILE")
    command("check", _check, "Check what is stored against the counting rules.", own)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("not a day; write it as 2026-09-14") from None


if __name__ == "__main__":
    sys.exit(main())
