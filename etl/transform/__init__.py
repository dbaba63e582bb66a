"""The rules: which role, which place, whose minute. Knows no file format."""
