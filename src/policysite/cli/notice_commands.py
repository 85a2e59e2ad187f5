"""What a publisher hands out of a version: its notice, as files to be sent and posted, and all of it as one archive."""

import os
from pathlib import Path
from typing import Annotated

import typer

from policysite.cli.command import HERE, Panel, PolicyName, Root, echo_summary


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("notice", rich_help_panel=Panel.PUBLISHING)(_notice)
    app.command("bundle", rich_help_panel=Panel.PUBLISHED)(_bundle)


def _notice(
    *,
    version: Annotated[str, typer.Argument(metavar="VERSION", hidden=True)],
    against: Annotated[
        str,
        typer.Option(
            metavar="VERSION",
            show_default="the version before",
            help="The version that it is compared with.",
        ),
    ] = "",
    language: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            show_default="all that are published",
            help="A language of the notice: ko; may be repeated.",
        ),
    ] = None,
    policy: PolicyName = "",
    draft: Annotated[bool, typer.Option("--draft", help="The version may be a draft.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", show_default="POLICY-VERSION-notice", help="Where it is written."
        ),
    ] = None,
    root: Root = HERE,
) -> int:
    """Write what announces a version: mail, Word, data.

    What is sent and posted before it takes effect, in each language: a message (.eml), the same as HTML, text and
    Markdown, a Word file, and data for apps. VERSION is
    its number: 1.6. Nothing is sent.
    """
    from policysite.build.make_notice import NoticeRequest, write_notice  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    request = NoticeRequest(
        policy or only_policy(root), version, against, tuple(language or ()), draft
    )
    return echo_summary(f"{write_notice(root, os.environ, request, output)}")


def _bundle(
    *,
    version: Annotated[str, typer.Argument(metavar="VERSION", hidden=True)],
    policy: PolicyName = "",
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default="POLICY-VERSION.zip", help="Where it is written."
        ),
    ] = None,
    root: Root = HERE,
) -> int:
    """Write a version as one zip file, in all languages.

    In each published language all kinds of files that can be made, among them a page that works offline, and the text as
    data; and what the ledger records. VERSION is its number: 1.6. Nothing of the project is changed.
    """
    from policysite.build.make_bundle import write_bundle  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    written = write_bundle(root, os.environ, policy or only_policy(root), version, output)
    return echo_summary(f"{written}")
