"""What is particular to a language, kept as data."""
