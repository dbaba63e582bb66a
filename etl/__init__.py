"""Owner Time's way of the data: files → extract → transform → store → marts → pages. Nothing in here knows Streamlit."""

import zoneinfo
from pathlib import Path

import tzdata  # type: ignore[import-untyped]  # data alone, without types

# Clock laws change (western Canada's did in 2026), and a machine's own time zones can be years old, while DuckDB brings
# its own. The pinned package `tzdata` agrees with DuckDB, so it is asked on every machine, and by its folder, which is
# quicker than as a package.
zoneinfo.reset_tzpath((str(Path(tzdata.__file__).with_name("zoneinfo")),))
