"""One colour a role, in every picture: on the pages and on what is taken along."""

ROLE_COLOURS = {
    "leadership": "#D55E00",
    "management": "#0072B2",
    "clinical": "#009E73",
    "unclassified": "#6E6672",
    "personal": "#8C90A3",
}
"""By name, never by position: blue, vermillion and green stand out of white and of dark paper by 3 to 1."""
