"""Where front matter ends, and writing one field of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policysite.authoring.front_matter_edit import set_fields
from policysite.model.front_matter import FrontMatter, closing_fence

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("---\n---\n", 1),
        ('---\nversion: "1.0"\n---\n\n# Title\n\n---\n', 2),
        ("----- \nversion: 1.0\n---\t\n", 2),
        ("---\nchange_note: --- no end\n --- no end\n--- no end\n--\n---", 5),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_line_that_closes_it(text: str, end: int, ending: str) -> None:
    text = text.replace("\n", ending)
    assert closing_fence(text.splitlines()) == end
    assert closing_fence(text.splitlines(keepends=True)) == end


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "file has no front matter"),
        ("# Title\n\n---\n\n---\n", "file has no front matter"),
        ("--\n--\n", "file has no front matter"),
        ("\ufeff---\n---\n", "file has no front matter"),
        ("---\nversion: 1.0\n", "front matter is not closed by '---'"),
        ("---\n\ufeff---\n", "front matter is not closed by '---'"),
    ],
)
def test_what_is_no_front_matter(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        closing_fence(text.splitlines())


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_field_is_written_and_every_other_line_stays(
    tmp_path: Path, mark: str, ending: str
) -> None:
    path = tmp_path / "1.0.md"

    def content(*fields: str) -> bytes:
        lines = ["---", 'version: "1.0"', *fields, "----", "", "# Title", "", "---", ""]
        return (mark + ending.join(lines)).encode()

    path.write_bytes(content())
    set_fields(path, tmp_path, {"withdrawn": "2026-12-31"})
    assert path.read_bytes() == content("withdrawn: 2026-12-31")
    set_fields(path, tmp_path, {"withdrawn": "2027-01-31"})
    assert path.read_bytes() == content("withdrawn: 2027-01-31")
    assert FrontMatter(path, tmp_path, required=True).values["withdrawn"] == "2027-01-31"
