"""The commands for translators on the real project: update, check, status, and a language more."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest
from support import DAY, build_site, copy_project, page, swap, text

from policysite.authoring.add_language import with_language
from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import PolicysiteError
from policysite.cli import main
from policysite.project.project import load_project

KOREAN = "locales/ko/LC_MESSAGES"
TEXT = "docs/privacy/1.6.md"
CATALOG = f"{KOREAN}/privacy/1.6.po"
NEW_TEXT = "docs/privacy/1.7.md"
NEW_CATALOG = f"{KOREAN}/privacy/1.7.po"
FRONT_MATTER = (
    'version: "1.6"\neffective: 2024-12-27',
    'version: "1.7"\neffective: 2027-01-01\nwaive: {text-date: the first line stays}',
)
EDITS = {
    "under the age of 14": "under the age of 16",
    "until three months after": "until six months after",
    "v.1.6 takes effect from 2024.12.27": "v.1.7 takes effect from 2027.01.01",
}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POLICYSITE_DRAFTS", "POLICYSITE_PREVIEW", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in DAY.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in a project; it returns exit code, output and errors."""

    def run(root: Path, command: str, *arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([command, "--root", str(root), *arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project with catalogs that are up to date; tests must not change it."""
    root = copy_project(tmp_path_factory.mktemp("translators"), frozen=False)
    update_catalogs(root, DAY)
    return root


@pytest.fixture
def root(up_to_date: Path, tmp_path: Path) -> Path:
    """A copy of it for a test to change."""
    return Path(shutil.copytree(up_to_date, tmp_path / "project", symlinks=True))


@pytest.fixture(scope="module")
def new_version(up_to_date: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with version 1.7, three of its sentences changed; tests must not change it."""
    root = Path(
        shutil.copytree(up_to_date, tmp_path_factory.mktemp("new") / "project", symlinks=True)
    )
    shutil.copy(root / TEXT, root / NEW_TEXT)
    for old, new in (FRONT_MATTER, *EDITS.items()):
        swap(NEW_TEXT, old, new)(root)
    update_catalogs(root, DAY)
    return root


def files(root: Path, folder: str = "locales") -> dict[str, bytes]:
    """Return what is in *folder*, without what is compiled from it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and path.suffix != ".mo"
    }


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def entries(root: Path, name: str) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(root / name)) if not entry.obsolete]


# A new version --------------------------------------------------------------------------------------


def test_a_new_version_leaves_its_changed_sentences_to_the_translator(new_version: Path) -> None:
    left = [entry for entry in entries(new_version, NEW_CATALOG) if entry.fuzzy]
    assert len(left) == len(EDITS)
    for entry, (old, new) in zip(left, EDITS.items(), strict=True):
        assert (entry.previous_msgid or "").replace(old, new) == entry.msgid


def test_all_else_of_a_new_version_is_translated_as_before(new_version: Path) -> None:
    before, after = entries(new_version, CATALOG), entries(new_version, NEW_CATALOG)
    assert [entry.msgstr for entry in after] == [entry.msgstr for entry in before]
    assert sum(not entry.fuzzy for entry in after) == len(before) - len(EDITS)


def test_a_new_version_changes_no_byte_of_the_other_catalogs(
    up_to_date: Path, new_version: Path
) -> None:
    assert changed(files(up_to_date), files(new_version)) == {NEW_CATALOG}


def test_an_old_text_that_turns_up_is_translated_as_the_later_ones(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project", frozen=False)
    old = (root / "docs/privacy/1.6.md").read_text("utf-8")
    for new, before in (
        ("1.6", "1.5"),
        ("2024-12-27", "2024-01-18"),
        ("Dec 27, 2024", "Jan 18, 2024"),
        ("2024.12.27", "2024.01.18"),
    ):
        old = old.replace(new, before)
    (root / "docs/privacy/1.5.md").write_text(old, "utf-8")
    later = (root / KOREAN / "privacy/1.6.po").read_bytes()
    summary = update_catalogs(root, DAY, published=True)
    (update,) = [u for u in summary.updates if u.catalog.domain == "privacy/1.5"]
    assert (update.filled, update.left) == (65, 2)
    assert (root / KOREAN / "privacy/1.6.po").read_bytes() == later


def test_a_second_update_writes_nothing(new_version: Path, run: Run) -> None:
    times = {path: path.stat().st_mtime_ns for path in (new_version / "locales").rglob("*")}
    code, output, _ = run(new_version, "update-po")
    assert (code, "written" in output) == (0, False)
    assert re.search(
        rf"^{NEW_CATALOG}: [0-9]+ messages, 3 to translate or review; unchanged$",
        output,
        re.MULTILINE,
    )
    after = {path: path.stat().st_mtime_ns for path in (new_version / "locales").rglob("*")}
    assert after == times


def test_a_version_that_is_still_to_come_may_have_fuzzy_messages(
    new_version: Path, run: Run
) -> None:
    code, output, _ = run(new_version, "check-po")
    assert (code, output.splitlines()[0]) == (0, "0 errors, 0 waived")
    assert output.splitlines()[1].startswith("3 not translated yet: 0 empty, 3 fuzzy")


def test_the_status_shows_how_far_each_catalog_is(new_version: Path, run: Run) -> None:
    code, output, errors = run(new_version, "translation-status")
    rows = {row.split()[0]: row.split()[-4:] for row in output.splitlines() if " % " in row}
    count = len(entries(new_version, NEW_CATALOG))
    assert (code, errors) == (0, "")
    assert list(rows)[:2] == ["privacy/1.7", "privacy/1.6"]
    assert rows["privacy/1.7"] == [str(count - 3), "3", "0", "0"]
    assert rows["privacy/1.6"] == [str(count), "0", "0", "0"]
    assert rows["all"][1] == "3"
    assert re.search(r"^privacy/1.7 .* 95 % ", output, re.MULTILINE)


@pytest.mark.thorough
def test_the_status_is_shown_as_pages_too(root: Path, run: Run) -> None:
    swap(CATALOG, 'msgstr "삭제 요구"', 'msgstr ""')(root)
    code, output, _ = run(root, "translation-status", "--pages", "--language", "ko")
    assert code == 0
    shown = output.splitlines()[-1].removeprefix("The same as pages: ")
    assert shown == "_build/preview/ko/translations.html"
    assert "Request for deletion" in (root / shown).read_text("utf-8")
    assert not (root / "_build/html").exists()


def test_the_status_shows_what_changed_in_the_sentences_that_are_left(
    new_version: Path, run: Run
) -> None:
    output = run(new_version, "translation-status", "--language", "ko")[1]
    lines = output.splitlines()
    (line,) = (e.linenum for e in entries(new_version, NEW_CATALOG) if "months" in e.msgid)
    at = lines.index(f"{NEW_CATALOG}:{line}: fuzzy")
    old, new, translation = lines[at + 1 : at + 4]
    assert old.startswith("  old text         In principle,")
    assert "until [-three-] months" in old
    assert "until {+six+} months" in new
    assert translation.startswith("  old translation  원칙적으로")


# Updating -------------------------------------------------------------------------------------------


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("broken", "found"),
    [
        ("<<<<<<< HEAD\n", "catalog-syntax"),
        ('\nmsgid "Twice"\nmsgstr ""\n\nmsgid "Twice"\nmsgstr ""\n', "catalog-duplicate"),
        (b"\n# \xff\n", "catalog-encoding"),
    ],
)
def test_a_broken_catalog_stops_the_update_before_anything_is_written(
    root: Path, run: Run, broken: str | bytes, found: str
) -> None:
    swap("docs/index.md", "# ", "# All ")(root)
    path = root / KOREAN / "privacy/1.5.po"
    path.write_bytes(path.read_bytes() + (broken if isinstance(broken, bytes) else broken.encode()))
    before = files(root)
    code, output, errors = run(root, "update-po")
    assert (code, output) == (1, "")
    assert f"{KOREAN}/privacy/1.5.po:" in errors
    assert f"[{found}]" in errors
    assert files(root) == before


def test_a_text_that_cannot_be_read_stops_the_update(root: Path, run: Run) -> None:
    swap("docs/index.md", "# ", "{unknown}`x`\n\n# All ")(root)
    before = files(root)
    code, _, errors = run(root, "update-po")
    assert (code, "docs/index.md:" in errors) == (1, True)
    assert files(root) == before


def test_a_published_catalog_that_lacks_a_message_is_told_and_left_alone(
    root: Path, run: Run
) -> None:
    swap(TEXT, "Request for deletion", "Request for erasure")(root)
    before = files(root)
    code, output, _ = run(root, "update-po")
    assert code == 0
    assert f"{CATALOG}: published, left unchanged\n  lacks “Request for erasure”\n" in output
    assert "policysite update-po --published" in output
    assert files(root) == before


def test_a_published_catalog_with_a_message_too_many_is_told_too(root: Path, run: Run) -> None:
    swap(TEXT, "3. Request for deletion\n4. Request", "3. Request")(root)
    before = files(root)
    output = run(root, "update-po")[1]
    assert f"{CATALOG}: published, left unchanged\n" in output
    assert "“Request for deletion”" in output
    assert "policysite update-po --published" in output
    assert files(root) == before


def test_published_catalogs_are_updated_when_asked(root: Path, run: Run) -> None:
    swap(TEXT, "Request for deletion", "Request for erasure")(root)
    before = files(root)
    code, output, _ = run(root, "update-po", "--published")
    assert (code, "left alone" in output) == (0, False)
    assert changed(before, files(root)) == {CATALOG}
    (left,) = (entry for entry in entries(root, CATALOG) if entry.fuzzy)
    assert (left.msgid, left.previous_msgid) == ("Request for erasure", "Request for deletion")
    assert left.msgstr == "삭제 요구"


def test_a_catalog_that_is_not_there_is_made(root: Path, run: Run) -> None:
    (root / KOREAN / "privacy/1.6.po").unlink()
    run(root, "update-po")
    made = polib.pofile(str(root / CATALOG))
    assert made.metadata["Language"] == "ko"
    # Earlier versions have the title.
    assert [entry.msgid for entry in made.translated_entries()] == [
        "SpaceONE Service Privacy Policy"
    ]


def test_a_draft_is_translated_too(root: Path, run: Run) -> None:
    shutil.copy(root / TEXT, root / NEW_TEXT)
    swap(NEW_TEXT, FRONT_MATTER[0], f"{FRONT_MATTER[1]}\ndraft: true")(root)
    assert run(root, "update-po")[0] == 0
    assert (root / NEW_CATALOG).is_file()


@pytest.mark.parametrize("command", ["update-po", "check-po", "translation-status"])
@pytest.mark.parametrize("language", ["ja", "en", ""])
def test_a_language_without_catalogs_is_refused(
    up_to_date: Path, run: Run, command: str, language: str
) -> None:
    code, output, errors = run(up_to_date, command, "--language", language)
    assert code == 1
    assert f"[unknown-language] Found the language {language!r}; there are catalogs for 'ko'." in (
        output + errors
    )


# Checking -------------------------------------------------------------------------------------------

WRONG_DAY = swap(CATALOG, "2024년 12월 27일", "2024년 12월 28일")


def line_of(root: Path, name: str, found: str) -> int:
    return (root / name).read_text("utf-8").split(found)[0].count("\n") + 1


def test_a_check_of_good_catalogs_writes_nothing(up_to_date: Path, run: Run) -> None:
    before = files(up_to_date, ".")
    assert run(up_to_date, "check-po") == (0, "0 errors, 0 waived\n", "")
    assert files(up_to_date, ".") == before


def test_a_check_says_what_is_wrong_in_the_form_that_is_asked_for(root: Path, run: Run) -> None:
    WRONG_DAY(root)
    line = line_of(root, CATALOG, 'msgid "Dec 27, 2024"')
    code, output, errors = run(root, "check-po")
    assert (code, errors) == (1, "")
    assert output.startswith(f"{CATALOG}:{line}: [catalog-date] “Dec 27, 2024”: The dates differ")
    assert output.endswith("\n1 error, 0 waived\n")

    code, output, _ = run(root, "check-po", "--format", "json")
    (problem,) = json.loads(output)["problems"]
    assert (code, problem["path"], problem["line"]) == (1, CATALOG, line)
    assert problem["code"] == "catalog-date"

    code, output, _ = run(root, "check-po", "--format", "github")
    assert code == 1
    assert output.startswith(f"::error file={CATALOG},line={line},title=catalog-date::“Dec 27")
    assert output.count("\n") == 1

    code, output, _ = run(root, "check-po", "--format", "gitlab")
    (issue,) = json.loads(output)
    assert (code, issue["location"]) == (1, {"path": CATALOG, "lines": {"begin": line}})


def test_a_check_tells_what_was_waived_and_why(root: Path, run: Run) -> None:
    WRONG_DAY(root)
    waiver = "# waive catalog-date: the day in Seoul\n"
    swap(CATALOG, 'msgid "Dec 27, 2024"', f'{waiver}msgid "Dec 27, 2024"')(root)
    line = line_of(root, CATALOG, waiver)
    assert run(root, "check-po")[:2] == (
        0,
        f"{CATALOG}:{line}: [catalog-date] waived: the day in Seoul\n0 errors, 1 waived\n",
    )
    assert run(root, "check-po", "--format", "github")[:2] == (
        0,
        f"::notice file={CATALOG},line={line},title=catalog-date::Waived: the day in Seoul\n",
    )


@pytest.mark.thorough
def test_a_check_of_one_language_leaves_the_others_out(japanese: Japanese, run: Run) -> None:
    assert run(japanese.root, "check-po", "--language", "ja")[0] == 0


@pytest.mark.parametrize("form", ["json", "gitlab", "github"])
def test_settings_that_cannot_be_read_are_told_in_the_form_that_is_asked_for(
    root: Path, run: Run, form: str
) -> None:
    (root / "conf.py").write_text("1 / 0\n", "utf-8")
    code, output, _ = run(root, "check-po", "--format", form)
    assert code == 1
    if form == "github":
        assert output.startswith("::error file=conf.py,line=1,title=settings::")
    else:
        json.loads(output)


def test_a_form_that_is_not_known_is_refused(up_to_date: Path, run: Run) -> None:
    assert run(up_to_date, "check-po", "--format", "xml")[0] == 2


# A language more ------------------------------------------------------------------------------------

KEPT = re.compile(
    r"%\(\w+\)s|%%"  # placeholders of the pages' words
    r"|\{[\w:]+\}(?:`[^`]*`)?|`[^`]*`"  # placeholders of texts, roles, code
    r"|<[^>]+>|\]\([^)]*\)"  # HTML, targets of links
    r"|\S+@\S+|https?://\S+|\b(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?",  # addresses
    re.ASCII,
)
ENGLISH_DATE = re.compile(r"\b[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4}\b")
NEGATION = re.compile(r"\b(?:not|cannot|without)\b")
ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áćéíńóśúýÁĆÉÍŃÓŚÚÝ")


def pseudo(message: str) -> str:
    """Return *message* with accents on its letters, its dates in ISO form, its period and its negations in Japanese, all else as it is."""
    message = NEGATION.sub("ない", message.replace("three months", "3か月"))
    message = ENGLISH_DATE.sub(
        lambda found: dt.datetime.strptime(f"{found[0]} +0000", "%b %d, %Y %z").date().isoformat(),
        message,
    )
    words, parts = KEPT.split(message), KEPT.findall(message)
    return "".join(
        word.translate(ACCENTS) + part for word, part in zip(words, [*parts, ""], strict=True)
    )


def translate(root: Path, language: str) -> None:
    """Fill all catalogs of *language* with the pseudo-translation, in which "http" has no accents."""
    (root / "locales" / language / "glossary.csv").write_text("source,target\nhttp,http\n", "utf-8")
    for path in (root / "locales" / language).rglob("*.po"):
        catalog = polib.pofile(str(path), wrapwidth=0)
        for entry in catalog:
            entry.msgstr = pseudo(entry.msgid)
        catalog.save(str(path))


def test_the_pseudo_translation_keeps_what_is_not_words() -> None:
    assert pseudo("On Dec 27, 2024 see [it](https://a.io/b) or `code`") == (
        "Óń 2024-12-27 śéé [ít](https://a.io/b) ór `code`"
    )
    assert pseudo("Do not ask without reason.") == "Dó ない áśk ない réáśóń."
    assert pseudo("%(percent)s%% of v.{version}, ask a@example.org") == (
        "%(percent)s%% óf v.{version}, áśk a@example.org"
    )


@dataclass(frozen=True)
class Japanese:
    """The project with Japanese: ``before`` and ``after`` are conf.py, the rest are sites."""

    root: Path
    before: str
    after: str
    incomplete: Path
    published: Path


@pytest.fixture(scope="module")
def japanese(up_to_date: Path, tmp_path_factory: pytest.TempPathFactory) -> Japanese:
    """Japanese added, built, translated and built again; tests must not change it."""
    root = Path(
        shutil.copytree(up_to_date, tmp_path_factory.mktemp("more") / "project", symlinks=True)
    )
    before = (root / "conf.py").read_text("utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICYSITE_DATE", DAY["POLICYSITE_DATE"])
        assert main(["add-language", "--root", str(root), "ja"]) == 0
    after = (root / "conf.py").read_text("utf-8")
    build_site(root)
    incomplete = Path(shutil.copytree(root / "_build/html", root / "incomplete"))
    translate(root, "ja")
    build_site(root)
    return Japanese(root, before, after, incomplete, root / "_build/html")


def test_a_new_language_is_entered_in_conf_py_and_all_else_there_stays(japanese: Japanese) -> None:
    settings = load_project(japanese.root, DAY).settings
    assert list(settings.languages.items())[-1] == ("ja", "日本語")
    assert settings.incomplete_languages[-1] == "ja"
    assert settings.unreviewed_translations[-1] == "ja"
    assert japanese.after.count('"ja"') == 3
    without = re.sub(r'(?:, )?"ja"(?:: "日本語")?', "", japanese.after)
    added = "policysite_incomplete_languages = []\n"
    assert without.replace(added, "", 1) == japanese.before.replace(added, "", 1)


def test_a_new_language_has_a_catalog_for_everything_there_is_to_translate(
    japanese: Japanese,
) -> None:
    korean, made = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*.po")}
        for folder in (japanese.root / "locales/ko", japanese.root / "locales/ja")
    )
    assert made == korean
    for name in made:
        metadata = polib.pofile(str(japanese.root / "locales/ja" / name)).metadata
        assert (metadata["Language"], metadata["Language-Team"]) == ("ja", "Japanese")


def languages(site: Path) -> tuple[list[str], list[str]]:
    """Return what ``versions.json`` lists as published and as incomplete."""
    versions = json.loads((site / "versions.json").read_text("utf-8"))
    return versions["languages"], versions["incompleteLanguages"]


def asks_not_to_be_indexed(path: Path) -> bool:
    return page(path).find('.//meta[@name="robots"][@content="noindex"]') is not None


def labels(path: Path) -> dict[str, str]:
    """Return what the language switcher of a page says, by language."""
    items = page(path).findall('.//*[@class="language-menu"]//li')
    return {str(item.findall("a")[0].get("lang")): text(item) for item in items}


def test_a_language_that_is_not_translated_is_built_but_not_published(japanese: Japanese) -> None:
    site = japanese.incomplete
    assert languages(site) == (["en", "ko"], ["ja"])
    pages = sorted((site / "ja").rglob("*.html"))
    assert pages
    assert all(map(asks_not_to_be_indexed, pages))
    assert not asks_not_to_be_indexed(site / "ko/index.html")
    assert not asks_not_to_be_indexed(site / "ko/privacy/index.html")


def test_the_switcher_says_that_a_language_is_incomplete(japanese: Japanese) -> None:
    found = labels(japanese.incomplete / "en/privacy/1.6.html")
    assert found == {"en": "English", "ko": "한국어", "ja": "日本語 incomplete"}


def test_a_language_that_is_translated_completely_is_published(japanese: Japanese) -> None:
    site = japanese.published
    assert languages(site) == (["en", "ko", "ja"], [])
    for name in ("index.html", "privacy/index.html", "privacy/1.6.html"):
        assert not asks_not_to_be_indexed(site / "ja" / name)
    assert labels(site / "en/index.html")["ja"] == "日本語"
    article = page(site / "ja/privacy/1.6.html").get_element_by_id("art-13")
    assert text(article).startswith("Ártíćlé 13 (Rémédíéś fór Íńfríńgéméńt")


def test_a_reference_cites_what_the_heading_prints_in_that_language(
    write_project: Callable[..., Path], run: Run
) -> None:
    document = """\
        ---
        version: "1.0"
        effective: 2024-01-01
        ---

        # Terms

        ## Article 1 (Scope)

        See {policy:provision}`art-2`.

        ## Article 2 (End)

        The end.
        """
    root = write_project({"terms/1.0.md": document})
    assert run(root, "add-language", "ja")[0] == 0
    translate(root, "ja")
    build_site(root)
    found = page(root / "_build/html/ja/terms/1.0.html").get_element_by_id("art-1")
    # What its heading prints, and nothing of our own.
    assert "Śéé Ártíćlé 2." in text(found)


def test_the_translation_of_a_new_language_passes_every_check(japanese: Japanese, run: Run) -> None:
    assert run(japanese.root, "check-po", "--language", "ja") == (0, "0 errors, 0 waived\n", "")


def test_an_update_of_one_language_leaves_the_others_alone(
    japanese: Japanese, tmp_path: Path, run: Run
) -> None:
    root = Path(
        shutil.copytree(
            japanese.root,
            tmp_path / "project",
            symlinks=True,
            ignore=shutil.ignore_patterns("html", "incomplete", "en", "ko.", "doctrees"),
        )
    )
    swap("docs/index.md", "# ", "# All ")(root)
    before = files(root)
    code, output, _ = run(root, "update-po", "--language", "ko")
    assert (code, "locales/ja" in output) == (0, False)
    assert changed(before, files(root)) == {f"{KOREAN}/index.po"}


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("ko", "The site already has the language 'ko'."),
        ("en", "The site already has the language 'en'."),
        ("xx", "Found language 'xx', which is not a language of the CLDR."),
        ("", "Found language '', which is not a language of the CLDR."),
        ("../ja", "Found language '../ja', which is not a language of the CLDR."),
    ],
)
def test_a_language_that_cannot_be_added_is_refused(
    up_to_date: Path, run: Run, language: str, found: str
) -> None:
    before = files(up_to_date) | files(up_to_date, "docs"), (up_to_date / "conf.py").read_bytes()
    code, output, errors = run(up_to_date, "add-language", language)
    assert (code, output) == (1, "")
    assert errors.startswith(f"conf.py: [unknown-language] {found}")
    after = files(up_to_date) | files(up_to_date, "docs"), (up_to_date / "conf.py").read_bytes()
    assert after == before


@pytest.mark.parametrize(
    "languages",
    ['dict(en="English", ko="한국어")', '{"en": "English"} | {"ko": "한국어"}', "dict(LANGUAGES)"],
)
def test_languages_that_are_no_plain_mapping_are_left_to_their_author(
    root: Path, run: Run, languages: str
) -> None:
    conf = root / "conf.py"
    plain = re.compile(r"^policysite_languages = .*$", re.MULTILINE)
    code = f'LANGUAGES = {{"en": "English", "ko": "한국어"}}\npolicysite_languages = {languages}'
    conf.write_text(plain.sub(lambda _: code, conf.read_text("utf-8"), count=1), "utf-8")
    before, catalogs = conf.read_bytes(), files(root)
    exit_code, _, errors = run(root, "add-language", "ja")
    line = line_of(root, "conf.py", f"policysite_languages = {languages}")
    assert exit_code == 1
    assert errors.startswith(f"conf.py:{line}: [unknown-language] policysite_languages is not")
    assert 'Add "ja": "日本語" to it by hand' in errors
    assert (conf.read_bytes(), files(root)) == (before, catalogs)


def test_conf_py_is_as_it_was_if_the_catalogs_cannot_be_made(root: Path, run: Run) -> None:
    swap("docs/index.md", "# ", "{unknown}`x`\n\n# All ")(root)
    before, catalogs = (root / "conf.py").read_bytes(), files(root)
    code, _, errors = run(root, "add-language", "ja")
    assert (code, "docs/index.md:" in errors) == (1, True)
    assert ((root / "conf.py").read_bytes(), files(root)) == (before, catalogs)


def test_line_ends_of_conf_py_stay_as_they_are(root: Path, run: Run) -> None:
    conf = root / "conf.py"
    conf.write_bytes(conf.read_bytes().replace(b"\n", b"\r\n"))
    assert run(root, "add-language", "zh-TW")[0] == 0
    content = conf.read_bytes()
    assert b'"zh_TW"' in content
    assert content.count(b"\n") == content.count(b"\r\n")


LISTS = (
    'policysite_incomplete_languages = ["ja"]\npolicysite_unreviewed_translations = ["ko", "ja"]\n'
)
BEFORE = 'policysite_incomplete_languages = []\npolicysite_unreviewed_translations = ["ko"]\n'
ONE = 'policysite_languages = {"en": "English"'


@pytest.mark.parametrize(
    ("conf", "expected"),
    [
        (f"{ONE}}}\n{BEFORE}", f'{ONE}, "ja": "日本語"}}\n{LISTS}'),
        (f"{ONE},}}\n{BEFORE}", f'{ONE}, "ja": "日本語",}}\n{LISTS}'),
        (f"policysite_languages = {{}}\n{BEFORE}", f'{ONE[:24]}"ja": "日本語"}}\n{LISTS}'),
        (
            f'{ONE[:24]}\n    "en": "English",\n    "ko": "한국어",\n}}\n{BEFORE}',
            f'{ONE[:24]}\n    "en": "English",\n    "ko": "한국어",\n    "ja": "日本語",\n}}\n{LISTS}',
        ),
        (
            f'{ONE[:24]}\n  "en": "English",\n  "ko": "한국어"\n}}\n{BEFORE}',
            f'{ONE[:24]}\n  "en": "English",\n  "ko": "한국어",\n  "ja": "日本語"\n}}\n{LISTS}',
        ),
        (
            f"policysite_languages: dict[str, str] = {{}}\n{BEFORE}",
            f'policysite_languages: dict[str, str] = {{"ja": "日本語"}}\n{LISTS}',
        ),
        (
            f'{BEFORE}한국어 = "이름"; {ONE}, "ko": 한국어}}  # 언어\nx = 1\n',
            f'{LISTS}한국어 = "이름"; {ONE}, "ko": 한국어, "ja": "日本語"}}  # 언어\nx = 1\n',
        ),
        (
            f"# Languages.\n\x0c\n{ONE}}}\n{BEFORE}",
            f'# Languages.\n\x0c\n{ONE}, "ja": "日本語"}}\n{LISTS}',
        ),
        (
            f'{ONE[:24]}\n    "en": "English",\n    "ko": "한국어",  # since 2026\n}}\n{BEFORE}',
            f'{ONE[:24]}\n    "en": "English",\n    "ko": "한국어",  # since 2026\n'
            f'    "ja": "日本語",\n}}\n{LISTS}',
        ),
    ],
    ids=[
        "one-line",
        "trailing-comma",
        "empty",
        "several-lines",
        "several-lines-without-a-last-comma",
        "annotated",
        "korean-before-it-on-the-line",
        "form-feed",
        "comment-on-the-last-line",
    ],
)
def test_a_language_is_entered_however_conf_py_is_written(conf: str, expected: str) -> None:
    assert with_language(conf, "ja", "日本語") == expected


@pytest.mark.parametrize("end", ["\n", ""], ids=["line-end", "no-line-end"])
def test_lists_that_are_not_there_are_added_below_the_languages(end: str) -> None:
    conf = with_language(f"x = 1\n{ONE}}}{end}", "ja", "日本語")
    assert conf.splitlines() == [
        "x = 1",
        f'{ONE}, "ja": "日本語"}}',
        'policysite_unreviewed_translations = ["ja"]',
        'policysite_incomplete_languages = ["ja"]',
    ]


def test_a_list_written_over_several_lines_stays_so() -> None:
    conf = f'{ONE}}}\npolicysite_incomplete_languages = [\n    "fr",\n]\n'
    assert 'policysite_incomplete_languages = [\n    "fr",\n    "ja",\n]\n' in with_language(
        conf, "ja", "日本語"
    )


@pytest.mark.parametrize(
    "conf",
    [
        "",
        "policysite_languages: dict[str, str]\n",
        f"{ONE}}}\npolicysite_incomplete_languages = list()\n",
        f'{ONE}}}\npolicysite_unreviewed_translations = ("ko",)\n',
    ],
    ids=["nothing", "no-value", "list-that-is-called", "tuple"],
)
def test_what_cannot_be_edited_safely_is_refused(conf: str) -> None:
    with pytest.raises(PolicysiteError):
        with_language(conf, "ja", "日本語")
