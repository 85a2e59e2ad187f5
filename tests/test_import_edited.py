"""``policysite import --edited``: a Word file that counsel edited becomes changes of a draft, and of nothing else."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from edited_files import CORE, DOCUMENT, EditedDocx, accepted, rejected, said
from merged_tables import TABLE
from support import SAMPLE_DAY, copy_sample, write_files

from policysite.cli import main
from policysite.editions.word_markup import W, element

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DRAFT = "docs/privacy/4.0.md"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, whose texts are read once."""
    folder = tmp_path_factory.mktemp("edited") / "sample"
    return copy_sample(folder, versions=("0.9", "3.1", "3.2", "4.0"), frozen=False)


@pytest.fixture(scope="module")
def exported(original: Path) -> Callable[..., bytes]:
    """Return what exports a version of the sample, each once."""
    found: dict[tuple[str, ...], bytes] = {}

    def of(*options: str) -> bytes:
        if options not in found:
            found[options] = export(original, *options)
        return found[options]

    return of


@pytest.fixture
def sample(original: Path, tmp_path: Path) -> Path:
    """A copy of the sample for a test that changes it."""
    return shutil.copytree(original, tmp_path / "sample", symlinks=True)


def export(root: Path, *options: str) -> bytes:
    file = root.parent / "exported.docx"
    assert main(["export", "--root", str(root), "--output", str(file), *options]) == 0
    return file.read_bytes()


def take(root: Path, content: bytes, *options: str) -> int:
    """Import an edited file."""
    file = root.parent / "edited.docx"
    file.write_bytes(content)
    return main(["import", str(file), "--edited", "--root", str(root), *options])


def update(root: Path) -> None:
    """Have the catalogs of the drafts follow the text."""
    assert main(["update-po", "--root", str(root)]) == 0


def lines(content: bytes) -> list[str]:
    """Return what a file says, paragraph by paragraph."""
    file = EditedDocx(content)
    found = (
        "".join("\t" if t.tag == f"{W}tab" else t.text or "" for t in p.iter(f"{W}t", f"{W}tab"))
        for p in file.document.iter(f"{W}p")
    )
    return [line for line in found if line]


def changed(root: Path, before: str) -> list[str]:
    """Return the lines of the draft that came and went since *before*."""
    old, new = before.split("\n"), (root / DRAFT).read_text("utf-8").split("\n")
    return [*(f"-{x}" for x in old if x not in new), *(f"+{x}" for x in new if x not in old)]


def edited(content: bytes) -> EditedDocx:
    """Return a file in which two people changed words, paragraphs, a heading and a table, and one commented."""
    file = EditedDocx(content)
    p = file.paragraph
    file.replace(p("art-7-para-2"), "within 7 business days", "within 5 working days")
    file.delete(p("art-2-point-1-indent-2"))
    file.replace(p("art-8"), "(Children)", "(Minors)")
    file.delete_row(file.rows(0)[1])
    file.comment(p("art-1"), "Is this enough?")
    file.author = "Lee Partner"
    file.insert(p("art-9-point-4"), "5.\tFax: 02-0000-0001")
    file.insert(p("art-7-para-3"), "④\tAgents *may* ask too.", as_word=False)
    file.row(file.rows(0)[-1], "Ads", "Consent | none", "1 month")
    return file


def test_a_file_that_nobody_changed_changes_nothing(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_bytes()
    for options in (("3.2",), ("4.0",), ("4.0", "--against", "3.2")):
        assert take(sample, exported(*options), "--accept", "all") == 0, options
        assert "The file has no changes. Nothing was written." in capsys.readouterr().out
    assert (sample / DRAFT).read_bytes() == before


def test_changes_and_comments_are_listed_by_provision(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_bytes()
    assert take(sample, edited(exported("4.0")).content()) == 1
    out = capsys.readouterr().out
    for line in (
        "  1  art-2-point-1-indent-2: paragraph deleted: “2) Optional: name, profile picture” (Kim Counsel, 2026-11-20)",
        "  2  art-4-para-2: row deleted: “Contracts and payments | Act on the Consumer Protection in Electronic Commerce | 5 years” (Kim",
        "  3  after art-4-para-2: new row: “Ads | Consent | none | 1 month” (Lee Partner, 2026-11-20)",
        "  4  art-7-para-2: “within 7 business days” → “within 5 working days” (Kim Counsel, 2026-11-20)",
        "  5  after art-7-para-3: new paragraph: “④ Agents *may* ask too.” (Lee",
        "  6  art-8: “(Children)” → “(Minors)” (Kim",
        "  7  after art-9-point-4: new paragraph: “5. Fax: 02-0000-0001” (Lee",
        "  art-1: on “Article 1 (Purpose)”: “Is this enough?” (Kim Counsel, 2026-11-20)",
        "(--accept 1-7)",
    ):
        assert line in out
    assert (sample / DRAFT).read_bytes() == before


def test_accepted_changes_are_taken_and_all_else_stays(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_text("utf-8")
    file = edited(exported("4.0")).content()
    assert take(sample, file, "--accept", "all") == 0
    old = "Requests are made to the Privacy Officer named in Article 9. The Company answers by e-mail within"
    rest = "and, if it refuses a request, tells the user why."
    assert changed(sample, before) == [
        "-   2) Optional: name, profile picture",
        "-| Contracts and payments | Act on the Consumer Protection in Electronic Commerce | 5 years |",
        f"-② {old} 7 business days {rest}",
        "-## Article 8 (Children)",
        r"+| Ads | Consent \| none | 1 month |",
        f"+② {old} 5 working days {rest}",
        r"+④ Agents \*may\* ask too.",
        "+## Article 8 (Minors)",
        "+5. Fax: 02-0000-0001",
    ]
    out = capsys.readouterr().out
    assert "provisions that came: 2\n  art-7-para-4\n  art-9-point-5\n" in out
    assert "provisions that went: 1\n  art-2-point-1-indent-2\n" in out
    update(sample)
    # What the site makes of the draft is what the file says with all changes accepted.
    assert lines(export(sample, "4.0")) == lines(accepted(file))


def test_changes_are_taken_by_number_and_by_author(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_text("utf-8")
    file = edited(exported("3.2")).content()
    assert take(sample, file, "--accept", "1,4-5", "--accept", "6") == 1
    assert "taken: 4" in (out := capsys.readouterr().out)
    assert "open: 3\n  2  art-4-para-2: row deleted" in out
    assert len(changed(sample, before)) == 1 + 2 + 1 + 2
    update(sample)
    # What was taken is there already, and the file is still one of version 3.2.
    now = (sample / DRAFT).read_text("utf-8")
    assert take(sample, file, "--accept", "1,4", "--accept-author", "Lee Partner") == 1
    assert changed(sample, now) == [
        r"+| Ads | Consent \| none | 1 month |",
        "+5. Fax: 02-0000-0001",
    ]
    assert take(sample, file, "--accept", "8,x") == 1
    assert take(sample, file, "--accept-author", "Choi") == 1
    said_of = capsys.readouterr().err
    assert "Found '8', which is no change of the file; its changes are 1 to 7." in said_of
    assert "its changes are by 'Kim Counsel', 'Lee Partner'" in said_of


@pytest.mark.thorough
def test_counsel_edits_a_file_with_our_own_changes(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_text("utf-8")
    redline = exported("4.0", "--against", "3.2")
    file = EditedDocx(redline)
    file.replace(file.paragraph("art-11-para-1"), "automatically ", "")
    file.replace(file.paragraph("art-1"), "Purpose", "Aim")
    assert take(sample, file.content(), "--accept", "all") == 0
    assert "taken: 2\n" in capsys.readouterr().out
    assert changed(sample, before) == [
        "-## Article 1 (Purpose)",
        "-① The Company may analyze notes automatically in order to suggest tags and titles.",
        "+## Article 1 (Aim)",
        "+① The Company may analyze notes in order to suggest tags and titles.",
    ]
    (sample / DRAFT).write_text(before, "utf-8")
    capsys.readouterr()
    assert take(sample, accepted(redline)) == 0
    assert take(sample, rejected(redline)) == 1
    assert "art-6: “twice” → “once”; art-10: “2036.” → “2035.”" in capsys.readouterr().err
    assert take(sample, rejected(redline), "--untracked") == 0
    assert "## Article 11" not in (sample / DRAFT).read_text("utf-8")
    assert "art-11: deleted “Article 11 (Automatic Suggestions)”" in capsys.readouterr().out


def test_our_own_changes_are_known_when_the_days_of_the_draft_have_changed(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    path = sample / DRAFT
    path.write_text(
        path.read_text("utf-8").replace(
            "effective: 2036-01-01", "effective: 2036-01-01\nannounced: 2035-12-01"
        ),
        "utf-8",
    )
    assert take(sample, exported("4.0", "--against", "3.2")) == 0
    assert "The file has no changes." in capsys.readouterr().out


def test_what_was_typed_without_tracking_is_taken_only_when_that_is_said(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_text("utf-8")
    file = EditedDocx(exported("4.0"))
    file.replace(file.paragraph("art-1"), "Purpose", "Aim", tracked=False)
    file.insert(file.paragraph("art-9-point-4"), "5.\tFax", tracked=False)
    file.remove(file.paragraph("art-2-point-1-indent-2"))
    file.style(file.paragraph("art-10"), "Heading2", tracked=False)
    file.replace(file.paragraph("art-8"), "Children", "Minors")
    assert take(sample, file.content(), "--accept", "all") == 1
    said_of = capsys.readouterr().err
    assert (
        "It differs at art-1: “(Purpose)” → “(Aim)”; art-2-point-1-indent-2: deleted “2) Optional: name, profile picture”; "
        "after art-9-point-4: inserted “5. Fax”; art-10: level: Heading1 → Heading2. Have the file sent"
    ) in said_of
    assert changed(sample, before) == []
    assert take(sample, file.content(), "--untracked") == 1
    out = capsys.readouterr().out
    assert "taken, not tracked: 4\n  art-1: “(Purpose)” → “(Aim)”" in out
    assert "open: 1\n  1  art-8: “Children” → “Minors”" in out
    assert changed(sample, before) == [
        "-## Article 1 (Purpose)",
        "-   2) Optional: name, profile picture",
        "-## Article 10 (Changes to This Policy)",
        "+## Article 1 (Aim)",
        "+5. Fax",
        "+### Article 10 (Changes to This Policy)",
    ]


def test_where_the_draft_says_something_else_nothing_is_guessed(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_text("utf-8")
    file = EditedDocx(exported("3.2"))
    file.replace(file.saying("supervises the contractors"), "once", "three times")
    file.replace(file.paragraph("art-1"), "Purpose", "Aim")
    assert take(sample, file.content(), "--accept", "all") == 1
    out = capsys.readouterr().out
    assert "not written, do it by hand: 1\n  art-6: “The Company outsources" in out
    assert "the draft says something else there" in out
    assert changed(sample, before) == ["-## Article 1 (Purpose)", "+## Article 1 (Aim)"]


def test_what_is_no_text_is_named(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sample / DRAFT).read_bytes()
    file = EditedDocx(exported("4.0"))
    file.replace(file.saying("Version 4.0, eff"), "4.0", "5.0")
    file.style(file.paragraph("art-7-para-1"), "Provision2")
    file.delete(file.paragraph("top"))
    file.paragraph("art-2").append(file.change("ins", *_runs("footnoteReference")))
    assert take(sample, file.content(), "--accept", "all") == 1
    out = capsys.readouterr().out
    assert "around the text: “4.0” → “5.0”: it is no text of the policy" in out
    assert "art-7-para-1: level: Provision1 → Provision2: the level of a paragraph follows" in out
    assert "top: “Hanbit Notes Privacy Policy”: it is the title, and a text has one" in out
    assert "no text, left out: 1\n  art-2: a footnote" in out
    assert (sample / DRAFT).read_bytes() == before


def _runs(name: str) -> list[object]:
    return [element("r", element(name, id="2"))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("privacy/4.0/en", "privacy", "The properties of the file do not name a version"),
        ("sha256:", "sha255:", "The properties of the file do not name a version"),
        ("privacy/4.0/en", "terms/4.0/en", "is version 4.0 of 'terms' (en); expected one of 'privacy'"),
        ("privacy/4.0/en", "privacy/9.0/en", "There is no version '9.0' of the policy."),
        ("privacy/4.0/en", "privacy/0.9/en", "Version 0.9 is a record"),
        ("privacy/4.0/en", "privacy/4.0/ko", "--as-translation ko"),
        ("privacy/4.0/en", "privacy/3.2/en", "It differs at top: “3.2, January 1, 2035” → “4.0, January 1, 2036”"),
        ("sha256:", "sha256:" + "0" * 64 + " ", "that text has another one now: it has changed since, or the properties of the file have."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused(
    original: Path,
    exported: Callable[..., bytes],
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    expected: str,
) -> None:
    content = EditedDocx(exported("4.0")).core(old, new).content()
    assert take(original, content, "--accept", "all") == 1
    assert expected in capsys.readouterr().err


@pytest.mark.thorough
def test_only_a_draft_is_changed(
    sample: Path, exported: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    file = EditedDocx(exported("3.2"))
    file.replace(file.paragraph("art-1"), "Purpose", "Aim")
    assert take(sample, file.content(), "--accept", "all", "--version", "3.2") == 1
    assert "Version '3.2' is no draft; only a draft is changed." in capsys.readouterr().err
    assert take(sample, file.content(), "--accept", "all", "--policy", "terms") == 1
    assert "expected 'terms'" in capsys.readouterr().err
    (sample / DRAFT).unlink()
    (sample / "locales/ko/LC_MESSAGES/privacy/4.0.po").unlink()
    assert take(sample, file.content(), "--accept", "all") == 1
    assert (
        "policysite new-version --policy privacy --version … --effective …"
        in capsys.readouterr().err
    )
    assert (
        main(
            ["new-version", "--root", str(sample), "--version", "4.1", "--effective", "2036-05-01"]
        )
        == 0
    )
    assert take(sample, file.content(), "--accept", "all") == 0
    assert "## Article 1 (Aim)" in (sample / "docs/privacy/4.1.md").read_text("utf-8")


@pytest.mark.parametrize(
    "options",
    [
        ("--edited", "--as-translation", "ko"),
        ("--edited", "--omitted-tables"),
        ("--edited", "--effective", "2036-01-01"),
        ("--version", "4.0", "--accept", "all"),
        ("--version", "4.0", "--untracked"),
        (),
    ],
)
def test_options_that_say_nothing_together_are_refused(
    original: Path, exported: Callable[..., bytes], options: tuple[str, ...]
) -> None:
    file = original.parent / "edited.docx"
    file.write_bytes(exported("4.0"))
    assert main(["import", str(file), "--root", str(original), *options]) == 2


def _bomb(parts: dict[str, bytes]) -> None:
    parts[DOCUMENT] = b"<w:document>" + b" " * 11_000_000


def _entity(parts: dict[str, bytes]) -> None:
    beginning, end, rest = parts[DOCUMENT].partition(b"?>")
    head = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    parts[DOCUMENT] = beginning + end + head + rest.replace(b"Purpose", b"&x;")


def _many(parts: dict[str, bytes]) -> None:
    paragraphs = b"<w:p/>" * 20_001
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:sectPr>", paragraphs + b"<w:sectPr>")


def _other_document(parts: dict[str, bytes]) -> None:
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:sectPr>", b"<w:altChunk/><w:sectPr>")


def _broken(parts: dict[str, bytes]) -> None:
    parts[CORE] = b"<"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_bomb, "its part 'word/document.xml' has 11,000,012 bytes, unpacked"),
        (_entity, "declares a document type, which no Word file does"),
        (_many, "paragraphs; a text has at most 20,000."),
        (_other_document, "The file holds another document inside (altChunk)."),
        (_broken, "it cannot be unpacked"),
    ],
)
def test_hostile_files_are_refused(
    original: Path,
    exported: Callable[..., bytes],
    capsys: pytest.CaptureFixture[str],
    change: Callable[[dict[str, bytes]], None],
    expected: str,
) -> None:
    with zipfile.ZipFile(io.BytesIO(exported("4.0"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert take(original, target.getvalue(), "--accept", "all") == 1
    assert expected in capsys.readouterr().err


TEXT = f"""\
---
version: "1.0"
effective: 2030-01-01
draft: true
---

# Terms

## Article 1 (Words)

Fees are **due monthly** and paid by [bank transfer](https://example.com/pay), see [help](https://example.com/help).
They rise &amp; fall \\*.

{{#what-we-keep}}
We keep what `code` says.

- your name
- your address

## Article 2 (Table)

{TABLE}
1. One

   | Item | Kept |
   |---|---|
   | **Name** | 1 year |
   | E-mail | 2 years |

2. Two

## Article 3 (End)

Nothing.
"""


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    earlier = '---\nversion: "0.9"\neffective: 2020-01-01\n---\n\n# Terms\n\n## Article 1 (Words)\n\nNone.\n'
    return write_files(tmp_path / "site", {"terms/0.9.md": earlier, "terms/1.0.md": TEXT})


def _edit(terms: Path, edits: Callable[[EditedDocx], object]) -> str:
    """Return the draft after the *edits*."""
    file = EditedDocx(export(terms, "1.0"))
    edits(file)
    assert take(terms, file.content(), "--accept", "all") == 0
    assert lines(export(terms, "1.0")) == lines(accepted(file.content()))
    return (terms / "docs/terms/1.0.md").read_bytes().decode()


def test_markup_of_what_stays_is_kept(terms: Path) -> None:
    def edits(file: EditedDocx) -> None:
        paragraph = file.saying("Fees are")
        file.replace(paragraph, "monthly", "weekly")
        file.replace(paragraph, ", see ", "; look at ")
        file.replace(paragraph, "fall", "sink_low")
        file.replace(file.saying("We keep"), "We", "They")
        file.replace(file.saying("your address"), "address", "*address*")

    found = _edit(terms, edits)
    assert found == (
        TEXT.replace("due monthly", "due weekly")
        .replace(", see [help]", "; look at [help]")
        .replace("fall", r"sink\_low")
        .replace("We keep what", "They keep what")
        .replace("your address", r"your \*address\*")
    )


def test_cells_of_merged_tables_and_tables_in_points(terms: Path) -> None:
    def edits(file: EditedDocx) -> None:
        file.replace(file.saying("E-mail address"), "E-mail address", "Address")
        file.replace(file.saying("Until the account"), "closed", "gone")
        file.replace(file.saying("its branch"), "branch", "office")
        file.replace(file.saying("1 year"), "1 year", "3 | 4 years")
        file.row(file.rows(1)[1], "Fax", "5 years")

    found = _edit(terms, edits)
    assert found == (
        TEXT.replace("    E-mail address", "    Address")
        .replace("account is closed", "account is gone")
        .replace("its branch", "its office")
        .replace("| 1 year |\n", "| 3 \\| 4 years |\n   | Fax | 5 years |\n")
    )


def test_tables_go_and_articles_come(terms: Path) -> None:
    def edits(file: EditedDocx) -> None:
        for row in file.rows(1):
            file.delete_row(row)
        first = file.insert(file.saying("Nothing."), "Article 4 (New)", "Heading1")
        file.insert(first, "It begins.", "BodyText", as_word=False)

    found = _edit(terms, edits)
    table = TEXT[TEXT.index("   | Item") : TEXT.index("2. Two")]
    assert found == TEXT.replace(table, "") + "\n## Article 4 (New)\n\nIt begins.\n"


def test_line_ends_and_byte_order_mark_stay(terms: Path) -> None:
    path = terms / "docs/terms/1.0.md"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    found = _edit(terms, lambda file: file.insert(file.saying("Nothing."), "More."))
    assert found == "\ufeff" + (TEXT + "\nMore.\n").replace("\n", "\r\n")


def test_a_mark_is_taken_as_it_was_typed(
    terms: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = EditedDocx(export(terms, "1.0"))
    file.replace(file.paragraph("art-2-point-2"), "2.", "3.")
    assert take(terms, file.content(), "--accept", "all") == 0
    assert "\n3. Two\n" in (terms / "docs/terms/1.0.md").read_text("utf-8")
    capsys.readouterr()
    monkeypatch.setenv("POLICYSITE_DRAFTS", "1")
    assert main(["check", "--root", str(terms)]) == 1
    assert "Found the mark '3.' where the list counts '2.'" in "".join(capsys.readouterr())


def test_what_cannot_be_written_is_named_and_the_rest_is_taken(
    terms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = EditedDocx(export(terms, "1.0"))
    file.delete_row(file.rows(1)[0])
    file.insert(file.saying("Nothing."), "With a\ttab")
    file.replace(file.saying("Nothing."), "Nothing", "Little")
    assert take(terms, file.content(), "--accept", "all") == 1
    out = capsys.readouterr().out
    assert "not written, do it by hand: 2" in out
    assert "after art-3: “With a tab”: it has a tab or a line break among its words" in out
    assert "art-2-point-1: “Item | Kept”: it is the head of a table that stays" in out
    assert (terms / "docs/terms/1.0.md").read_text("utf-8") == TEXT.replace("Nothing.", "Little.")


def test_a_move_is_one_change(terms: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = EditedDocx(export(terms, "1.0"))
    file.move(file.saying("We keep"), file.saying("your address"))
    assert take(terms, file.content()) == 1
    assert "open: 1\n  1  " in (out := capsys.readouterr().out)
    assert "moved: “We keep what code says.”" in out
    assert said(file.saying("We keep")) == "We keep what code says."
