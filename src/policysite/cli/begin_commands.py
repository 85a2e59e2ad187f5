"""Beginning a site of one's own, and a further policy in it."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from policysite.cli.command import HERE, CommandWithPairs, Panel, Root, echo_summary, folder, pair


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("init", rich_help_panel=Panel.BEGINNING, cls=CommandWithPairs)(_init)
    app.command("add-policy", rich_help_panel=Panel.BEGINNING, cls=CommandWithPairs)(_add_policy)


def _titles(option: str) -> Any:
    return typer.Option(
        option,
        metavar="CODE TITLE",
        parser=pair,
        show_default=False,
        help="The title in another language: ko; may be repeated.",
    )


def _text(option: str, metavar: str, words: str, default: str | bool = False) -> Any:  # noqa: FBT001, FBT002
    return typer.Option(option, metavar=metavar, show_default=default, help=words)


def _init(
    *,
    place: Annotated[Path, typer.Argument(metavar="FOLDER", parser=folder, hidden=True)] = HERE,
    publisher: Annotated[
        str | None, _text("--publisher", "NAME", "Whose policies they are: 'Acme Inc.'.")
    ] = None,
    policy: Annotated[
        str | None, _text("--policy", "TITLE", "The policy: 'Acme Privacy Policy'.")
    ] = None,
    titles_in: Annotated[list[Any] | None, _titles("--policy-in")] = None,
    address: Annotated[
        str | None,
        _text("--address", "NAME", "Its folder, part of its address: privacy.", "from its title"),
    ] = None,
    language: Annotated[
        str | None, _text("--language", "CODE", "The language of the texts: ja, zh_TW.", "en")
    ] = None,
    translate: Annotated[
        list[str] | None,
        _text("--translate", "CODE", "A language to translate into: ko; may be repeated."),
    ] = None,
    time_zone: Annotated[
        str | None, _text("--time-zone", "ZONE", "Where days begin: Asia/Seoul.")
    ] = None,
    contact: Annotated[
        str | None, _text("--contact", "NAME", "Who answers questions.", "the publisher")
    ] = None,
    email: Annotated[
        str | None, _text("--email", "ADDRESS", "Where to ask: privacy@example.com.")
    ] = None,
    phone: Annotated[str | None, _text("--phone", "NUMBER", "The same by telephone.")] = None,
    wheel: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default="what this one came from",
            help="The wheel of the engine, put beside the site.",
        ),
    ] = None,
) -> int:
    """Make a small complete site of one's own.

    FOLDER is new, or empty; the one you are in, if none is named. It gets settings, a sample text, catalogs, and what builds, checks and publishes them. Missing
    values are asked for on a terminal.
    """
    from policysite.authoring.init_site import init_site  # noqa: PLC0415
    from policysite.authoring.new_site_request import NewSiteRequest  # noqa: PLC0415
    from policysite.cli.site_questions import complete  # noqa: PLC0415

    values: dict[str, Any] = {
        "publisher": publisher,
        "policy": policy,
        "titles": dict(titles_in) if titles_in else None,
        "address": address,
        "language": language,
        "translate": tuple(translate) if translate else None,
        "time_zone": time_zone,
        "contact": contact,
        "email": email,
        "phone": phone,
    }
    given = {name: value for name, value in values.items() if value is not None}
    request = NewSiteRequest(place, **given, wheel=wheel)
    request = complete(request, given, sys.stdin, sys.stderr)
    return echo_summary(f"{init_site(request, os.environ)}")


def _add_policy(
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", hidden=True)],
    title: Annotated[str, _text("--title", "TITLE", "Its title: 'Acme Terms of Service'.")] = "",
    titles_in: Annotated[list[Any] | None, _titles("--title-in")] = None,
    root: Root = HERE,
) -> int:
    """Add a policy to the site.

    It begins with a sample text, its history, an entry in conf.py and catalogs. NAME is its folder in docs, and part
    of its address: terms.
    """
    from policysite.authoring.add_policy import NewPolicyRequest, add_policy  # noqa: PLC0415

    request = NewPolicyRequest(name, title, dict(titles_in or ()))
    return echo_summary(f"{add_policy(root, os.environ, request)}")
