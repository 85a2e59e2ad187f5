"""Editions: a version as a file of its own, for those who send it round, mark it up and keep it."""
