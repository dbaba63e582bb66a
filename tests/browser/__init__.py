"""The tests that drive the real dashboard in a real Chromium."""
