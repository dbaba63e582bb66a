"""Measures, asserts nothing: `python -m tests.bench [load | pages] [rounds]`; both where neither is named."""
