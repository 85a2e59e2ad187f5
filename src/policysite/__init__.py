"""Publish a legal policy in several languages and versions.

A folder here is a room; ``ARCHITECTURE.md`` says what each is for, and what it may import.
"""

__version__ = "1.0.0"
