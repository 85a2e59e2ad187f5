"""``policysite export``: a version as a Word file."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import lxml.etree
import pytest
from akoma_ntoso_schema import problems_of
from merged_tables import KOREAN, TABLE, changed, write_site
from page_order import shown, written
from support import DAY, ROOT, SAMPLE_DAY, build_site, copy_sample, write_files

from policysite.build import edition_facts
from policysite.build import make_edition as made
from policysite.build.read_texts import read_texts
from policysite.cli import main
from policysite.editions.akoma_ntoso_reading import read_akoma_ntoso
from policysite.editions.block_order import words_in_order
from policysite.editions.edition import OMITTED
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import READABLE, compact, read_edition
from policysite.locale.interface_words import messages
from policysite.model.edition_kinds import EditionKind
from policysite.project.project import load_project
from policysite.redline import ChangeKind
from policysite.verify.page_words import read_text_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.editions.edition import Edition

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_sample(tmp_path_factory.mktemp("editions") / "sample")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])


def export(sample: Path, file: Path, *options: str) -> bytes:
    assert main(["export", "--root", str(sample), "--output", str(file), *options]) == 0
    return file.read_bytes()


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return lxml.etree.fromstring(archive.read(name))


def words(content: bytes) -> list[str]:
    """Return the words of paragraphs and rows, without those that were deleted."""
    body, found = part(content, "word/document.xml")[0], []
    for paragraph in body.iter(f"{W}p"):
        texts = paragraph.iter(f"{W}t", f"{W}tab")
        text = "".join("\t" if t.tag == f"{W}tab" else t.text for t in texts)
        found.append(text)
    return [text for text in found if text]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_file_has_the_words_that_the_ledger_records(
    sample: Path, tmp_path: Path, language: str
) -> None:
    content = export(sample, tmp_path / "a.docx", "3.1", "--language", language)
    project = load_project(sample, SAMPLE_DAY)
    expected: list[str] = []
    for entry in read_texts(project).provisions[language]["privacy/3.1"]:
        blocks = [cell for line in entry["text"].split("\n") for cell in line.split("\t")]
        if entry["mark"]:
            blocks[0] = f"{entry['mark']}\t{blocks[0]}"
        expected += filter(None, [entry.get("heading", ""), *blocks, entry.get("after", "")])
    title, status, *rest, end = words(content)
    assert [title, *rest] == expected
    assert (
        status
        == {"en": "Version 3.1, effective 1 September 2025", "ko": "버전 3.1, 2025년 9월 1일 시행"}[
            language
        ]
    )
    assert end == "—"
    properties = part(content, "docProps/core.xml")
    digest = project.ledgers["privacy"].texts["3.1", language].digest
    assert any(f"sha256:{digest}" in (one.text or "") for one in properties)


def test_changes_are_tracked_and_the_same_bytes_come_again(sample: Path, tmp_path: Path) -> None:
    options = ("3.0", "--against", "2.1", "--language", "ko")
    first = export(sample, tmp_path / "a.docx", *options)
    assert export(sample, tmp_path / "b.docx", *options) == first
    document = part(first, "word/document.xml")
    assert [*document.iter(f"{W}moveTo")]
    assert part(first, "word/settings.xml").find(f"{W}trackRevisions") is not None


def grid(content: bytes, gone: str) -> list[list[str]]:
    """Return the cells of the table in a file without what is *gone*: over how many columns each goes, whether it is one with that above, its lines."""
    found: list[list[str]] = []
    for row in part(content, "word/document.xml").iter(f"{W}tr"):
        if row.find(f"{W}trPr/{W}{gone}") is not None:
            continue
        found.append([])
        for cell in row.iter(f"{W}tc"):
            span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
            shape = [
                *(span.values() if span is not None else ["1"]),
                *(merge.values() if merge is not None else []),
            ]
            texts = cell.iter(f"{W}t", f"{W}delText", f"{W}br")
            words = "".join(
                "/" if text.tag == f"{W}br" else text.text
                for text in texts
                if not any(around.tag == f"{W}{gone}" for around in text.iterancestors())
            )
            found[-1].append(" ".join([*shape, words]).strip())
    return found


OLD_GRID = [
    ["1 restart Purpose", "2 Items", "1 restart Kept for"],
    ["1 continue", "1 Required", "1 Optional", "1 continue"],
    [
        "1 restart Members",
        "1 Name/E-mail address",
        "1 - Telephone number/- Company/- its address/- its branch",
        "1 restart Until the account is closed",
    ],
    ["1 continue", "1 Password", "1", "1 continue"],
    ["1 Visitors", "2 1. Kind of device/2. Language", "1 One year"],
]
NEW_GRID = [
    *OLD_GRID[:2],
    ["1 restart Members", "1 Name/Postal address", *OLD_GRID[2][2:]],
    OLD_GRID[3],
    ["1 Partners", "2 Contract number", "1 One year"],
    ["1 Visitors", "2 1. Kind of device/2. Language", "1 Two years"],
]  # fmt: skip


def test_a_table_with_merged_cells_has_them_in_word_and_in_both_of_its_texts(
    tmp_path: Path,
) -> None:
    root = write_site(tmp_path / "site")
    clean = export(root, tmp_path / "clean.docx", "1.0")
    assert grid(clean, "del") == OLD_GRID
    tracked = export(root, tmp_path / "tracked.docx", "2.0", "--against", "1.0")
    assert grid(tracked, "del") == NEW_GRID
    assert grid(tracked, "ins") == OLD_GRID
    assert "\u2028" not in lxml.etree.tostring(
        part(tracked, "word/document.xml"), encoding="unicode"
    )


def test_a_link_beside_a_covered_cell_leads_where_it_led(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = "[Password](https://example.org/p)"
    monkeypatch.setitem(KOREAN, link, link.replace("Password", "비밀번호"))
    table = TABLE.replace("* - Password\n", f"* - {link}\n")
    root = write_site(tmp_path / "site", table, changed(table))
    content = export(root, tmp_path / "a.docx", "1.0")
    links = list(part(content, "word/document.xml").iter(f"{W}hyperlink"))
    assert ["".join(link.itertext()) for link in links] == ["Password"]


@pytest.mark.thorough
def test_a_draft_can_be_sent_round_too(sample: Path, tmp_path: Path) -> None:
    content = export(sample, tmp_path / "draft.docx", "4.0", "--language", "ko")
    languages = {one.get(f"{W}val") for one in part(content, "word/document.xml").iter(f"{W}lang")}
    # What is not translated says in which language it is.
    assert languages == {"en"}


def test_a_policy_that_has_only_drafts_can_be_sent_round(tmp_path: Path) -> None:
    draft = '---\nversion: "1.0"\neffective: 2030-01-01\ndraft: true\n---\n\n# Terms\n\n## Article 1 (A)\n\nOne.\n'
    root = write_files(tmp_path / "small", {"terms/1.0.md": draft})
    options = ("1.0", "--policy", "terms", "--format", "txt")
    assert b"Version 1.0 is a draft." in export(root, tmp_path / "draft.txt", *options)
    # Whatever else is wrong is said.
    (root / "docs/terms/1.0.md").write_text(draft.replace("2030-01-01", "soon"), "utf-8")
    output = tmp_path / "other.txt"
    command = ["export", "--root", str(root), "--output", str(output), *options]
    assert main(command) == 1
    assert not output.exists()


def test_the_file_is_named_after_what_it_is(
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "1.1", "--root", str(sample), "--against", "1.0"]) == 0
    assert [file.name for file in tmp_path.glob("*.docx")] == ["privacy-1.1-against-1.0-en.docx"]
    assert "privacy-1.1-against-1.0-en.docx" in capsys.readouterr().out


@pytest.mark.parametrize("kind", [kind for kind, form in FORMATS.items() if not form.needs])
def test_every_kind_that_needs_nothing_more_can_be_exported_under_its_own_name(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: EditionKind
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "3.1", "--root", str(sample), "--format", kind]) == 0
    (file,) = tmp_path.iterdir()
    assert file.name == f"privacy-3.1-en.{kind}"
    assert file.read_bytes()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("9.9",), "docs/privacy/9.9.md: [edition] There is no version '9.9' of the policy."),
        (("../x",), "There is no version '../x' of the policy."),
        (("0.9",), "docs/privacy/0.9.md: [edition] Version 0.9 is a record: its text is not held"),
        (("3.1", "--against", "0.9"), "Version 0.9 is a record"),
        (("3.1", "--language", "fr"), "Found language 'fr'; this site has"),
        (
            ("3.1", "--against", "3.0", "--format", "xml"),
            "Found --against with the kind 'xml', which shows no changes; expected 'docx'",
        ),
        (("3.1", "--policy", "terms"), "Found the policy 'terms'; the site has 'privacy'."),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    sample: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    found: str,
) -> None:
    file = tmp_path / "a.docx"
    assert main(["export", "--root", str(sample), "--output", str(file), *options]) == 1
    assert found in capsys.readouterr().err
    assert not file.exists()


def test_what_an_edition_says_is_among_the_words_of_the_interface() -> None:
    said = {made.STATUS, made.HEAD, made.COMPARED, *OMITTED}
    assert said <= {message.msgid for message in messages()}


def test_akoma_ntoso_is_valid_and_has_each_provision_as_the_ledger_does(
    editions: list[Edition], tmp_path: Path
) -> None:
    merged = all_editions(write_site(tmp_path / "site"), {"POLICYSITE_DATE": "2026-11-30"}, "terms")
    for edition in (*editions, *merged):
        content = FORMATS[EditionKind.XML].make(edition)
        assert problems_of(content) == [], edition.identifier
        names = ("id", "mark", "heading", "text", "after", "omitted", "links")
        read = {
            one.id: [getattr(one, name) for name in names]
            for one in read_akoma_ntoso(content).provisions
        }
        expected = {one.id: [getattr(one, name) for name in names] for one in edition.provisions}
        assert read == expected, edition.identifier
        assert [*read] == [*expected]


def test_a_translation_that_its_publisher_has_not_reviewed_says_so(
    editions: list[Edition],
) -> None:
    real = {one.language: one.notes for one in editions if one.number == "1.6"}
    assert not any("translation" in note for note in real["en"])
    said = "MEGAZONE CLOUD Corp.의 검토를 거치지 않았습니다."
    assert [note for note in real["ko"] if note.endswith(said)]


def test_what_changed_since_the_version_before_is_that_of_the_comparison(
    editions: list[Edition],
) -> None:
    found = next(one for one in editions if (one.number, one.language) == ("3.0", "en"))
    assert found.changes is not None
    assert found.changes.version.number == "2.1"
    said = {*found.changes.modifications}
    assert {
        (ChangeKind.RENUMBERED, "art-8", "art-7"),
        (ChangeKind.DELETED, "art-7-para-1", ""),
        (ChangeKind.MOVED, "art-3", "art-9"),
    } <= said
    root = lxml.etree.fromstring(FORMATS[EditionKind.XML].make(found))
    split = [one for one in root.iter("{*}textualMod") if one.get("type") == "split"]
    assert [one.find("{*}new").get("href") for one in split] == ["#art_3"]  # type: ignore[union-attr]
    assert next(one for one in editions if one.number == "1.0").changes is None
    # A version that was withdrawn before it applied is no part of the history.
    assert [one.number for one in found.versions][-2:] == ["2.0", "3.0"]


def facts(root: Path, number: str, language: str = "en") -> Edition:
    project = load_project(root, SAMPLE_DAY)
    version = project.register.policies["privacy"][number]
    return made.edition_of(project, read_texts(project, layouts=True), version, language)


def all_editions(root: Path, environ: Mapping[str, str], policy: str = "privacy") -> list[Edition]:
    project = load_project(root, environ)
    texts = read_texts(project, layouts=True)
    return [
        made.edition_of(project, texts, version, language)
        for version in project.register.policies[policy].versions
        if version.held
        for language in project.settings.languages
    ]


@pytest.fixture(scope="module")
def editions(sample: Path) -> list[Edition]:
    """All held versions of the sample and of the real policy, in all languages."""
    return [*all_editions(sample, SAMPLE_DAY), *all_editions(ROOT, DAY)]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("kind", [EditionKind.DOCX, *READABLE])
def test_files_have_the_words_of_the_page_in_their_order(
    editions: list[Edition], site: Path, sample_site: Path, kind: EditionKind
) -> None:
    for edition in editions:
        built = site if edition.number == "1.6" else sample_site
        path = built / edition.language / edition.policy / f"{edition.number}.html"
        content = FORMATS[kind].make(edition)
        assert written(kind, content) == shown(path), edition.identifier
        # Verifying takes the order from the page alone.
        layouts = read_text_page(path.read_bytes()).layouts
        words = [one.text for one in words_in_order(edition.provisions, layouts)]
        assert compact(words) == shown(path), edition.identifier
        if kind in READABLE:
            read = read_edition(kind, content)
            assert compact(read.words) == shown(path), edition.identifier
            assert len(read.notes) == sum(one.omitted for one in edition.provisions)
        if kind in {EditionKind.XHTML, EditionKind.MD}:
            # Each piece is one: tables of plain text break lines, and XML has numbers apart.
            assert [*read.words] == words, edition.identifier


@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    ("number", "word", "sentence"),
    [
        ("2.0", "Superseded", "Version 2.0 applied from "),
        ("2.1", "Withdrawn", "Version 2.1 was withdrawn on "),
        ("3.1", "In force", "Version 3.1 applies from 1 September 2025 to "),
        ("3.2", "Not yet in force", "Version 3.2 takes effect on "),
    ],
)
def test_an_edition_knows_what_the_version_is_on_the_day_of_making(
    sample: Path, number: str, word: str, sentence: str
) -> None:
    edition = facts(sample, number)
    assert edition.standing.word == word
    assert edition.standing.sentence.startswith(sentence)
    assert f"{edition.standing.day}" == SAMPLE_DAY["POLICYSITE_DATE"]
    project = load_project(sample, SAMPLE_DAY)
    entry = project.ledgers["privacy"].texts[number, "en"]
    assert edition.ledger_entry == (entry.number, entry.sha256, entry.recorded)
    assert entry.digest == edition.digest


def test_what_an_edition_says_of_the_status_is_what_the_page_says() -> None:
    assert {
        *edition_facts.WORDS.values(),
        *edition_facts.SENTENCES.values(),
        *edition_facts.NOTES,
    } <= {message.msgid for message in messages()}


@pytest.mark.thorough
def test_the_data_in_an_edition_are_the_file_that_the_site_publishes(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "site")
    build_site(root, SAMPLE_DAY)
    for number, language in (("3.1", "en"), ("2.0", "ko")):
        page = root / "_build/html" / language / "privacy" / f"{number}.json"
        assert facts(root, number, language).text_json == page.read_bytes()
