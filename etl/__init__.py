"""Owner Time's way of the data: files → extract → transform → store → marts → pages. Nothing in here knows Streamlit."""

import zoneinfo

# Clock laws change (western Canada's did in 2026), and a machine's own time zones can be years old, while DuckDB brings
# its own. The pinned package `tzdata` agrees with DuckDB, so it is asked on every machine.
zoneinfo.reset_tzpath(())
