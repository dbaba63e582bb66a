"""stub"""

import streamlit as st


def draw(view, known):
    st.caption("soon")
