"""The command line: one module a group of commands, and the program that holds them together."""

from policysite.cli.app import main, run

__all__ = ["main", "run"]
