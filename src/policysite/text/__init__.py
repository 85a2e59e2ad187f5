"""The text of a version: its outline (headings and marks), its messages, and its words provision by provision."""
