"""What the browser's Back and Forward pass: the pages that were looked at, each as it was left.

Streamlit makes an address of its own of every filter that it writes into one, and writes what the next page asks for into the
address of the page that is left: after a click on a mark, Back led through six of them. No option of Streamlit's tells it
otherwise, so the history of the window is held to three rules. Another address of the same page takes the place of the last, and
where another page follows in the same run, the page that is left has its own address back. A page that comes without the owner's
doing, since the last one sent them on, takes its place. And after a step back or forward the address stays as it was left until
the owner touches something: what a run says of it then may be of the page before.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

KEY = "steps_back"
"""Of the container that holds it; the page's style keeps it from taking room."""
_SCRIPT = """<script>
if (!window.ownerTimeSteps) {
  window.ownerTimeSteps = true;
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  const ofThisPage = address => new URL(address, location.href).pathname === location.pathname;
  const running = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== 'notRunning';
  let left = null, wrote = 0;  // the address of this page before a run wrote another, and when it did
  let touched = false;  // by the owner, since this page came
  let stepped = false, again = false;  // back or forward, and nothing touched since; whether its page was asked for once more
  const touch = () => {
    touched = true;
    stepped = false;
    if (!running() && performance.now() - wrote > 1000) left = null;  // a second click is part of the first
  };
  for (const kind of ['pointerdown', 'keydown', 'click']) addEventListener(kind, touch, true);
  addEventListener('popstate', event => {
    touched = false;
    left = null;
    stepped = true;
    again = again && !event.isTrusted;
  }, true);
  const late = address => {
    if (!stepped || !ofThisPage(address)) return false;
    if (!again) setTimeout(() => dispatchEvent(new PopStateEvent('popstate', {state: history.state})));  // Streamlit believed it
    again = true;
    return true;
  };
  history.replaceState = (state, title, address) => { if (!late(address)) replace(state, title, address); };
  history.pushState = (state, title, address) => {
    if (late(address)) return;
    if (ofThisPage(address)) {
      left ??= location.href;
      wrote = performance.now();
      replace(state, title, address);
      return;
    }
    if (left && touched) replace(history.state, '', left);
    (touched ? push : replace)(state, title, address);
    left = null;
    touched = false;
  };
}
</script>"""


def mend() -> None:
    """Hold the browser's history to this, from the first page of a window on."""
    with st.container(key=KEY):
        st.html(_SCRIPT, unsafe_allow_javascript=True)


def stepped() -> bool:
    """Whether Back or Forward asked for this run: then the address says all, also by what it does not name."""
    run = get_script_run_ctx(suppress_warning=True)
    return bool(run and run.is_history_navigation)
