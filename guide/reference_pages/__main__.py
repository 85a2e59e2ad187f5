"""Regenerates the pages of the reference."""

from __future__ import annotations

import sys
from pathlib import Path

from reference_pages.address_page import addresses_page
from reference_pages.command_page import commands_page, more_commands_page
from reference_pages.data_page import app_data_page, data_page
from reference_pages.event_page import events_page
from reference_pages.rule_page import rules_page
from reference_pages.setting_pages import front_matter_page, settings_page

FOLDER = Path(__file__).resolve().parent.parent / "reference"
NOTE = (
    "<!-- Written by guide/reference_pages from the code: change it there, then run make guide. -->"
)


def pages() -> dict[str, str]:
    """Return all pages by their file names."""
    found = {
        "commands.md": commands_page(),
        "more-commands.md": more_commands_page(),
        "settings.md": settings_page(),
        "front-matter.md": front_matter_page(),
        "rules.md": rules_page(),
        "addresses.md": addresses_page(),
        "data.md": data_page(),
        "app-data.md": app_data_page(),
        "events.md": events_page(),
    }
    return {
        name: "\n".join([NOTE, "", *lines]).rstrip("\n") + "\n" for name, lines in found.items()
    }


def main() -> None:
    """Write the pages that are not as they have to be."""
    for name, content in pages().items():
        file = FOLDER / name
        if not file.is_file() or file.read_text("utf-8") != content:
            file.write_text(content, "utf-8")
            sys.stdout.write(f"guide/reference/{name} was regenerated.\n")


if __name__ == "__main__":
    main()
