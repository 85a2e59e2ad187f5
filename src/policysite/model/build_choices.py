"""What is chosen for one build through the environment: the day, drafts, a preview."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from policysite.base.days import day_of_policy
from policysite.base.problems import Code, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


def status_date(environ: Mapping[str, str], time_zone: ZoneInfo) -> dt.date:
    """Return the point in time whose status the site shows.

    ``POLICYSITE_DATE`` (``2024-12-27``), else ``SOURCE_DATE_EPOCH`` (seconds since 1970,
    https://reproducible-builds.org/specs/source-date-epoch/), else today in *time_zone*.

    :raises PolicysiteError: if one of them does not hold a date.
    """
    try:
        if day := environ.get("POLICYSITE_DATE"):
            return day_of_policy(day)
        if seconds := environ.get("SOURCE_DATE_EPOCH"):
            return dt.datetime.fromtimestamp(int(seconds), time_zone).date()
    except (ValueError, OverflowError, OSError):
        name = "POLICYSITE_DATE" if environ.get("POLICYSITE_DATE") else "SOURCE_DATE_EPOCH"
        raise refusal(
            name,
            Code.DATE_INPUT,
            f"Found {environ[name]!r}; expected "
            + ("a day like 2024-12-27." if name == "POLICYSITE_DATE" else "seconds since 1970."),
            "Correct the environment variable, or unset it to use today.",
        ) from None
    return dt.datetime.now(time_zone).date()


def wants_drafts(environ: Mapping[str, str]) -> bool:
    """Whether drafts are to be built: ``POLICYSITE_DRAFTS`` is set, and not to 0."""
    return environ.get("POLICYSITE_DRAFTS", "0") not in {"", "0"}


def wants_preview(environ: Mapping[str, str]) -> bool:
    """Whether translations may have gaps, for a preview: ``POLICYSITE_PREVIEW`` is set, and not to 0."""
    return environ.get("POLICYSITE_PREVIEW", "0") not in {"", "0"}
