"""How to get a calendar out of each program, step by step."""

from __future__ import annotations

import streamlit as st

STEPS = {
    "Google Calendar": (
        "On a computer, open **calendar.google.com** (the phone app cannot export).",
        "Click the gear at the top right, then **Settings**.",
        ("On the left, choose **Import & export**, then **Export**. A zip with one file a calendar arrives in your downloads."),
        (
            "Load the zip here as it is. For one calendar only: click its name under *Settings for my "
            "calendars*, then **Export calendar**."
        ),
    ),
    "Outlook (new)": (
        ("The new Outlook for Windows cannot save a calendar as a file. Use Outlook on the web, with the same account: it can."),
        (
            "Open **outlook.office.com** (work) or **outlook.live.com** (private) in a browser and go on as "
            "under *Outlook on the web*."
        ),
        ("If you still have the switch **New Outlook** at the top right, turn it off and go on as under *Outlook (classic)*."),
    ),
    "Outlook (classic)": (
        "Open the **Calendar** and click the one you want, so that it is shown.",
        "**File**, then **Save Calendar**. The type is *iCalendar Format (.ics)*.",
        (
            "Click **More Options**: as *Date Range* choose **Whole calendar**, as *Detail* choose **Full "
            "details**, then **OK** and **Save**."
        ),
        (
            "A CSV works as well: **File**, **Open & Export**, **Import/Export**, **Export to a file**, "
            "*Comma Separated Values*, and as the range at least the last half year."
        ),
    ),
    "Outlook on the web": (
        "Click the gear at the top right, then **Calendar**, then **Shared calendars**.",
        "Under **Publish a calendar** choose your calendar and **Can view all details**, then **Publish**.",
        "Click the **ICS** link, then **Download**. The file arrives in your downloads.",
        "Go back and click **Unpublish**: while it is published, whoever has the link can read the calendar.",
    ),
    "Apple Calendar": (
        "On a Mac, open **Calendar** and click the calendar's name on the left.",
        "**File**, then **Export**, then **Export …**, and save the .ics file.",
        (
            "An iPhone or iPad cannot export. On the web, **icloud.com/calendar** can only share a calendar "
            "by link, so the Mac is the way."
        ),
    ),
    "Practice software": (
        "Look for a list of appointments among its reports, and for **Export**, **CSV** or **Excel** there.",
        "Of its columns you need the day and time it starts, and the time it ends or how many minutes it takes.",
        (
            "Load the file on the **Data** page: it shows the first rows and asks once which column is what. Columns "
            "that you do not choose, such as the patient's name, are never read."
        ),
    ),
    "Microsoft 365": (
        (
            "The calendar of a work account is the one you see in Outlook. With Outlook on the computer, go "
            "on as under *Outlook (classic)*."
        ),
        "Without it, or with the new Outlook, go on as under *Outlook on the web* at **outlook.office.com**.",
        (
            "If **Publish a calendar** is missing, your organisation has turned it off: ask whoever runs it, "
            "or use *Outlook (classic)*."
        ),
    ),
}


def draw() -> None:
    """One tab a program, the steps in order."""
    for tab, steps in zip(st.tabs(list(STEPS)), STEPS.values(), strict=True):
        tab.markdown("\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1)))
    st.caption("Half a year back is a good start: thirteen weeks show a pattern, and there are as many before to compare with.")
