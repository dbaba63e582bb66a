"""The tests of Owner Time; they mirror the modules they test."""
