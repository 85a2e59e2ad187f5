"""Markdown as MyST reads it, parsed without MyST: what a text means, and what in it would not be published as written."""
