"""What the browser's Back and Forward pass: the pages that were looked at, each as it was left.

Streamlit makes an address of its own of every filter that it writes into one, and writes what the next page asks for into the
address of the page that is left: after a click on a mark, Back led through six of them. No option of Streamlit's tells it
otherwise, so the page's own history does: another address of the same page takes the place of the last, and where another page
follows before the owner touched anything, the page that is left has its own address back.
"""

from __future__ import annotations

import streamlit as st

KEY = "steps_back"
"""Of the container that holds it; the page's style keeps it from taking room."""
_SCRIPT = """<script>
if (!window.ownerTimeSteps) {
  window.ownerTimeSteps = true;
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  let left = null;
  for (const touched of ['pointerdown', 'keydown', 'popstate']) addEventListener(touched, () => { left = null; }, true);
  history.pushState = (state, title, address) => {
    if (new URL(address, location.href).pathname === location.pathname) {
      left ??= location.href;
      replace(state, title, address);
    } else {
      if (left) replace(history.state, '', left);
      left = null;
      push(state, title, address);
    }
  };
}
</script>"""


def mend() -> None:
    """Hold the browser's history to this, from the first page of a window on."""
    with st.container(key=KEY):
        st.html(_SCRIPT, unsafe_allow_javascript=True)
