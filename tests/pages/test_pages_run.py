"""Whole pages over a real database, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import changes
from etl.model import Refused
from pages.parts import settings_form
from tests.making import PRACTICE, at_desk, calendar, event, log

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fifteen months of a rota a month at North, and a question from Riverside."""
    desk = at_desk(tmp_path / "desk", PRACTICE + "[targets]\nleadership = 8\n")
    days = [f"{2024 + month // 12}-{month % 12 + 1:02}-08" for month in range(15)]
    rotas = [event("Rota", f"{day} 09:00", "12:00", place="North") for day in days]
    desk.take(("work.ics", calendar("Work", *rotas)), ("log.csv", log("2025-03-08 10:00,30,Riverside,desk,stock,yes")))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    return desk.folder


def shown(page: str, **address: str) -> AppTest:
    """The page as it is drawn for an address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    return app.run()


def opened(app: AppTest) -> AppTest:
    """With every fold open: what is in one is drawn only then."""
    for fold in app.expander:
        if "-numbers_" in fold.proto.id:
            app.session_state[fold.proto.id.rsplit("-", 1)[-1]] = True
    return app.run()


def words(app: AppTest) -> str:
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.error]
    return "\n".join(str(part.value) for part in parts)


def test_a_long_time_is_told_by_the_month(folder: Path) -> None:
    for page in ("overview", "locations"):
        said = words(shown(page, period="All"))
        assert "month by month" in said
        assert "hours a month" in said.lower()
        assert "could not be drawn" not in said
    assert "week by week" in words(shown("overview"))


def test_short_times_are_told_by_the_day_and_every_page_takes_every_period(folder: Path) -> None:
    for page in ("overview", "locations"):
        assert "day by day" in words(shown(page, period="Last week"))
    for page in ("overview", "locations", "pulled_away", "day", "handing_over"):
        for period in ("Quarter", "Year", "This week"):
            app = shown(page, period=period, ago="1", against="A year before")
            assert "could not be drawn" not in words(app), (page, period)
            assert not app.exception, (page, period)


def test_a_list_of_days_off_is_a_setting(folder: Path) -> None:
    file = folder / "practice.toml"
    changes.use_practice(
        folder / "desk.duckdb", file.read_text("utf-8").replace("[practice]", '[practice]\ndays_off = ["2025-03-03"]')
    )
    said = words(shown("overview", period="4 weeks"))
    assert "an average of 3.8 weeks: 1 day off" in said
    assert "○: a week with days off, and so with less of a target." in said
    (field,) = (field for field in shown("data", data_part="Practice").text_input if field.label == "Days off")
    assert field.value == "2025-03-03"


def test_an_address_that_names_a_location_that_is_not_here_is_told_so(folder: Path) -> None:
    assert "a location that is not here" in words(shown("overview", at="Mars"))
    assert "that is not here" not in words(shown("overview", at="North"))


def test_days_outside_the_data_are_told_so(folder: Path) -> None:
    said = words(shown("overview", period="Between two days", **{"from": "1999-01-01", "to": "1999-02-01"}))
    assert "names a day that is not within" in said


def test_a_practice_file_in_another_encoding_is_a_sentence_and_the_form_stays(folder: Path) -> None:
    file = folder / "practice.toml"
    file.write_bytes(file.read_text("utf-8").encode("utf-16"))
    app = shown("data", data_part="Practice")
    assert "practice.toml says something else than what is counted" in words(app)
    with pytest.raises(Refused, match="this is not UTF-8 text"):
        settings_form.count_by(folder / "desk.duckdb", file)
    assert "Name of the practice" in [field.label for field in app.text_input]
