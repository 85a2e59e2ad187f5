"""Word files that LibreOffice edits and saves: what it makes of an export comes back as the changes of a draft that were made there."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from edited_files import EditedDocx
from libreoffice_process import running_office
from support import SAMPLE_DAY, copy_sample, write_files
from test_import_edited import DRAFT, TEXT, changed, export, take, update
from test_random_edits import EARLIER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EDITS = [
    ("replace", "Requests are made to", "within 7 business days", "within 5 working days"),
    ("delete", "Optional: name"),
    ("insert", "E-mail: privacy@", "5.\tFax: 02-0000-0001"),
    ("replace", "Article 8 (Children)", "Children", "Minors"),
    ("replace", "Act on the Consumer Protection", "Act", "Law"),
    ("delete-row", "Times of access"),
]
LINES = [
    "-   2) Optional: name, profile picture",
    "-| Contracts and payments | Act on the Consumer Protection in Electronic Commerce | 5 years |",
    "-| Times of access | Protection of Communications Secrets Act | 3 months |",
    "-② Requests are made to the Privacy Officer named in Article 9. The Company answers by e-mail within 7 business days and, if it refuses a request, tells the user why.",
    "-## Article 8 (Children)",
    "+| Contracts and payments | Law on the Consumer Protection in Electronic Commerce | 5 years |",
    "+② Requests are made to the Privacy Officer named in Article 9. The Company answers by e-mail within 5 working days and, if it refuses a request, tells the user why.",
    "+## Article 8 (Minors)",
    "+5. Fax: 02-0000-0001",
]


class Office:
    """LibreOffice, which edits and reads files in *folder*."""

    def __init__(self, run: Callable[..., str], folder: Path) -> None:
        self.run, self.folder = run, folder

    def edited(self, content: bytes, *edits: tuple[str, ...]) -> bytes:
        """Return a file after *edits*, as LibreOffice saves it."""
        file, target = self.folder / "before.docx", self.folder / "after.docx"
        file.write_bytes(content)
        self.run("libreoffice_editor.py", str(file), str(target), json.dumps(edits))
        return target.read_bytes()

    def words(self, content: bytes, how: str) -> list[list[str]]:
        """Return the words of the paragraphs and rows of a file as it is, or with its changes ``accepted``."""
        file = self.folder / "read.docx"
        file.write_bytes(content)
        found = json.loads(self.run("libreoffice_reader.py", str(file)))
        return [line[1:] for line in found["read"][how]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with running_office(folder) as run:
        yield Office(run, folder)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_sample(tmp_path_factory.mktemp("edited") / "sample")


@pytest.fixture
def sample(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    return shutil.copytree(original, tmp_path / "sample", symlinks=True)


@pytest.mark.parametrize("options", [("4.0",), ("3.2",), ("4.0", "--against", "3.2")], ids=" ".join)
def test_edits_come_back_with_their_provisions(
    sample: Path, office: Office, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    before = (sample / DRAFT).read_text("utf-8")
    edited = office.edited(export(sample, *options), *EDITS)
    content = EditedDocx(edited)
    # LibreOffice without a window ends when it opens a comment.
    file = content.comment(content.paragraph("art-1"), "Enough?").content()
    assert take(sample, file) == 1
    out = capsys.readouterr().out
    for line in (
        "art-2-point-1-indent-2: paragraph deleted: “2) Optional: name, profile picture” (",
        "art-4-para-2: “Act” → “Law” (",
        "art-4-para-2: row deleted: “Times of access |",
        "art-7-para-2: “within 7 business days” → “within 5 working days” (",
        "art-8: “Children” → “Minors” (",
        "after art-9-point-4: new paragraph: “5. Fax: 02-0000-0001” (",
        "art-1: on “Article 1 (Purpose)”: “Enough?” (Kim Counsel, 2026-11-20)",
        "(--accept 1-6)",
    ):
        assert line in out
    assert take(sample, file, "--accept", "all") == 0
    assert changed(sample, before) == LINES
    if options == ("4.0",):
        update(sample)
        draft = export(sample, "4.0")
        assert office.words(edited, "accepted") == office.words(draft, "as-is")


def test_what_is_saved_without_changes_has_none(
    sample: Path, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = write_files(tmp_path / "site", {"terms/0.9.md": EARLIER, "terms/1.0.md": TEXT})
    for root, options in (
        *((sample, (number,)) for number in ("1.0", "2.1", "3.2", "4.0")),
        (sample, ("4.0", "--against", "3.1")),
        (sample, ("3.0", "--against", "2.1")),
        (terms, ("1.0",)),
    ):
        assert take(root, office.edited(export(root, *options))) == 0, options
        assert "The file has no changes." in capsys.readouterr().out


def test_changes_accepted_and_rejected_in_libreoffice(
    sample: Path, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_text("utf-8")
    redline = export(sample, "4.0", "--against", "3.2")
    assert take(sample, office.edited(redline, ("accept-all",))) == 0
    assert take(sample, office.edited(redline, ("reject-all",))) == 1
    assert "art-6: “twice” → “once”" in capsys.readouterr().err
    typed = office.edited(export(sample, "4.0"), ("track", "off"), *EDITS)
    assert take(sample, typed, "--accept", "all") == 1
    assert changed(sample, before) == []
    assert take(sample, typed, "--untracked") == 0
    assert changed(sample, before) == LINES
