"""The page's own style, where Streamlit's theme has no word for it."""

from __future__ import annotations

from pages.parts.ink import DARK, LIGHT

# Content at most 1,200 px wide; the rest of the look is in .streamlit/config.toml.
_LAYOUT = """
.stMainBlockContainer { max-width: 1200px; padding-top: 4.25rem; padding-bottom: 4rem; }
[data-testid="stTable"] :is(td, th), [data-testid="stTable"] :is(td, th) * { white-space: nowrap !important; }
h1 { text-wrap: balance; }
.st-key-sample_banner { padding-block: 0.5rem; }
.st-key-ways button { padding-inline: 0.5rem; }
.st-key-help_links { margin-bottom: -0.75rem; }
.st-key-lead p { font-size: 1.1rem; line-height: 1.6; max-width: 62rem; }
.st-key-half_minute :is(h1, p) a { color: inherit !important; text-decoration: underline; text-decoration-color: #857E73;
  text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
.st-key-half_minute :is(h1, p) a:is(:hover, :focus-visible) { text-decoration-color: currentColor; }
.stMainBlockContainer [data-testid="stHeaderActionElements"] { display: none; }
.stMainBlockContainer :is(h2, h3)[id] { scroll-margin-top: 4.5rem; }
.stElementContainer:has(.stPlotlyChart), .js-plotly-plot { overflow: visible !important; }
.stApp .js-plotly-plot .plotly .modebar { top: -1.75rem; padding-bottom: 0.5rem; }
.st-key-period_in_words p { line-height: 2.4rem; }
.st-key-arrows p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.st-key-arrows :is(kbd, .stNumberInput), .st-key-ago { display: none; }
.st-key-arrows button { padding: 0 0.25rem; }
.st-key-steps_back { display: none; }
.st-key-pairs button { min-height: 3.25rem; }
.st-key-log_line [data-testid="InputInstructions"] { display: none; }
@media (max-width: 640px) {
  [data-testid="stTabs"] [role="tablist"] { flex-wrap: wrap; overflow: visible; row-gap: 0; }
  .stMainBlockContainer h1 { font-size: 1.9rem; }
  .st-key-help_links { column-gap: 0; }
  .st-key-period button { padding-inline: 0.55rem; }
}
"""

_PRIMARY = '[data-testid^="stBaseButton-primary"]:not(:disabled)'
_EDGED = ", ".join(
    [
        *(f'[data-testid="st{name}"]' for name in ("TextInputRootElement", "NumberInputContainer", "TextAreaRootElement")),
        *(f'[data-testid="st{name}"]' for name in ("DateInputField", "TimeInputTimeDisplay", "FileUploaderDropzone")),
        ':is([data-testid="stSelectbox"], [data-testid="stMultiSelect"]) [role="group"]',
        '[data-testid="stButtonGroup"] button:not([aria-checked="true"], [aria-pressed="true"])',
        '[data-testid^="stBaseButton-secondary"]',
        '[data-testid="stRadioOption"]:not(:has(input:checked)) > div > div:first-child:not(:has(p))',
    ]
)
_SWITCH = '[data-testid="stCheckbox"] label > div:not(:has(p, input)):first-of-type'


def css() -> str:
    """All of it. Colours follow the theme that is shown, also when it changes under an open page."""
    paper, text, quiet, edge = (
        f"light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})" for name in ("paper", "text", "quiet", "edge")
    )
    # WCAG 2.2 AA: text at 4.5 to 1, borders of what can be clicked or typed in at 3 to 1, the place of the keyboard seen.
    return f"""<style>{_LAYOUT}
:is({_PRIMARY}), :is({_PRIMARY}):is(:hover, :active, :focus) {{ color: {paper}; }}
:is({_EDGED}):not(:hover, :focus-within, :disabled) {{ border-color: {edge}; }}
{_SWITCH} {{ box-shadow: inset 0 0 0 1px {edge}; }}
[data-testid="stCaptionContainer"] {{ color: {quiet}; opacity: 1; }}
[role="spinbutton"] {{ display: inline-block; min-width: 24px; min-height: 24px; line-height: 24px; text-align: center; }}
[data-testid="stWidgetLabel"] p {{ color: {text}; }}
kbd {{ color: inherit !important; opacity: 1 !important; }}
::placeholder {{ color: {quiet} !important; opacity: 1 !important; }}
:is(button, a, summary, [role="tab"], [role="button"], [role="spinbutton"]):focus-visible {{
    outline: 2px solid {text} !important; outline-offset: 2px; }}
</style>"""
