"""What a build is made with: the digest changes with whatever is installed, wherever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policysite.project.software import software_digest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["dist-info", "egg-info"])
def test_a_package_of_another_version_is_other_software(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    place, again = tmp_path / "place", tmp_path / "again"
    for folder in (place, again):
        (folder / f"theme-1.0.{kind}").mkdir(parents=True)
    before = software_digest()
    monkeypatch.syspath_prepend(place)
    with_theme = software_digest()
    assert with_theme != before
    # The same packages from another place, or named twice, are the same.
    monkeypatch.syspath_prepend(again)
    assert software_digest() == with_theme
    for folder in (place, again):
        (folder / f"theme-1.0.{kind}").rename(folder / f"theme-1.1.{kind}")
    assert software_digest() not in {before, with_theme}


def test_what_cannot_be_looked_into_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = software_digest()
    (tmp_path / "archive.zip").touch()
    for name in ("archive.zip", "no-such-folder"):
        monkeypatch.syspath_prepend(tmp_path / name)
    assert software_digest() == before
