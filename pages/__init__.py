"""One thin file a page: ask, draw, explain."""
