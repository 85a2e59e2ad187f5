"""A version as data: ``/<lang>/<policy>/<version>.json``, which ``schemas/policy-version.schema.json`` describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import tag
from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policysite.model.register import Policy, PolicyVersion


def version_data(
    policy: Policy,
    version: PolicyVersion,
    language: str,
    title: str,
    provisions: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return *version* of *policy* in *language*, as its settings have that, with its *provisions* as data. Dates are ISO 8601."""
    applies_from = {name: day.isoformat() for name, day in version.provisions.items()}
    return {
        "policy": version.policy,
        "version": version.number,
        "language": tag(language),
        "title": title,
        "announced": version.announced and version.announced.isoformat(),
        "effective": version.effective.isoformat(),
        "until": f"{policy.until(version) or ''}" or None,
        "withdrawn": version.withdrawn and version.withdrawn.isoformat(),
        **({"appliesFrom": applies_from} if applies_from else {}),
        "text": "held" if version.held else "not-held",
        "page": f"{language}/{version.page}{addresses.SUFFIX}",
        "provisions": list(provisions),
    }


def written(data: Mapping[str, Any]) -> str:
    """Return the text of the file that has *data*."""
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"
