"""Owner Time, the dashboard: `streamlit run app.py`, or `python start.py`."""

import streamlit as st

from pages.parts import filters, shell

st.set_page_config(page_title="Owner Time", page_icon=shell.ICON, layout="wide")
page = shell.navigation()
with shell.plain_errors():
    shell.dress()
    view = shell.practice_shown(page)
    shell.show(view, filters.draw(view) if shell.filtered(page) else view)
    page.run()
