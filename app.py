"""Owner Time, the dashboard: `streamlit run app.py`, or `python start.py`."""

import streamlit as st

from pages.parts import filters, shell

shell.configure()
page = shell.navigation()
with shell.plain_errors():
    with st.container(key="above"):  # one element, so that the page below stays where it is whatever comes and goes in it
        shell.dress()
        view = shell.practice_shown(page)
        chosen = filters.draw(view, places=shell.placed(page)) if shell.filtered(page) else filters.unfiltered(view)
        shell.show(view, chosen, page.title)
    page.run()
