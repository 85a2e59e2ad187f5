"""Whatever is wrong with the input: a clear error, and the last good site as it was."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from one_process import sphinx_alone
from support import DAY, OWN_WORDS, build_site, copy_project, swap, write_own_words

from policysite.base.problems import PolicysiteError
from policysite.cli import main
from policysite.project import fingerprint

Edit = Callable[[Path], object]
V16 = "docs/privacy/1.6.md"
V15 = "docs/privacy/1.5.md"
PO = "locales/ko/LC_MESSAGES/privacy/1.6.po"


def write(name: str, content: str | bytes) -> Edit:
    """Return an edit that writes a file."""

    def edit(root: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (root / name).write_bytes(data)

    return edit


def rename(name: str, to: str) -> Edit:
    """Return an edit that gives a file another name."""

    def edit(root: Path) -> None:
        (root / name).rename(root / to)

    return edit


def line_of(root: Path, name: str, start: str) -> int:
    lines = (root / name).read_text("utf-8", errors="replace").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


OF_TEXTS: dict[str, tuple[Edit, str]] = {
    # Front matter
    "not YAML": (
        swap(V16, 'version: "1.6"', 'version: "1.6'),
        f"{V16}:[0-9]+: \\[front-matter\\] The front matter is not YAML: .*",
    ),
    "no version": (
        swap(V16, 'version: "1.6"\n', ""),
        f"{V16}:1: \\[register-field\\] The front matter lacks 'version'. Add it, as in "
        "'version: \"1.6\"'.",
    ),
    "no effective date": (
        swap(V15, "effective: 2024-01-18\n", ""),
        f"{V15}:1: \\[register-field\\] The front matter lacks 'effective'. .*",
    ),
    "impossible date": (
        swap(V15, "2024-01-18", "2024-02-30"),
        f"{V15}:3: \\[register-date\\] Found effective: 2024-02-30; expected a day of the "
        "calendar, written like 2024-12-27. Correct the date.",
    ),
    "duplicate date": (
        swap(V15, "2024-01-18", "2024-12-27"),
        f"{V16}:3: \\[register-date\\] Found effective: 2024-12-27, which {V15} has too. .*",
    ),
    "duplicate number": (
        swap(V15, '"1.5"', '"1.6"'),
        f"{V15}:2: \\[register-number\\] Found version: 1.6 in the file 1.5.md; .*",
    ),
    "file name disagrees": (
        rename(V15, "docs/privacy/1.7.md"),
        "docs/privacy/1.7.md:2: \\[register-number\\] Found version: 1.5 in the file 1.7.md; .*",
    ),
    # Provisions
    "article numbered twice": (
        swap(V16, "## Article 8 ", "## Article 7 "),
        f"{V16}:[0-9]+: \\[provision-order\\] 'Article 7 \\(Measures .*' is numbered twice. .*",
    ),
    "article out of order": (
        swap(V16, "## Article 8 ", "## Article 18 "),
        f"{V16}:{{line}}: \\[provision-order\\] Found 'Article 18 .*' after number 7; a number is "
        "missing or out of order. .*",
    ),
    "point out of order": (
        swap(V16, "2. Technical measures", "5. Technical measures"),
        f"{V16}:[0-9]+: \\[provision-mark\\] Found the mark '5.' where the list counts '2.'. .*",
    ),
    "paragraph mark skipped": (
        swap(V16, "② If a user", "③ If a user"),
        f"{V16}:[0-9]+: \\[provision-order\\] Found '③' after number 1; .*",
    ),
    "marks merged into one paragraph": (
        swap(V16, "services.\n\n② Cookies", "services.\n② Cookies"),
        f"{V16}:[0-9]+: \\[provision-mark\\] Found '② Cookies are small ' in the middle of a "
        "paragraph. Put an empty line before it, or join the line to the one above.",
    ),
    "heading without an id": (
        swap(V16, "## Article 8 (", "## Safety ("),
        f"{V16}:{{line}}: \\[provision-id\\] No id can be derived from the heading 'Safety .*",
    ),
    "id that is not a provision id": (
        swap(V16, "## Article 8 (", "{#part-a-safety}\n## Article 8 ("),
        f"{V16}:[0-9]+: \\[provision-id\\] Found the id 'part-a-safety', which is not a provision id. .*",
    ),
    "record with text": (
        swap(V16, "text: held", "text: not-held"),
        f"{V16}:9: \\[record-text\\] Found policy text in a version whose text is not held. .*",
    ),
    "moved names an unknown id": (
        swap(V16, "text: held\n", "text: held\nmoved: {art-99: art-7}\n"),
        f"{V16}:5: \\[moved\\] Found 'art-99', which is not a provision of version 1.6. .*",
    ),
    "unknown placeholder": (
        swap(V16, "{YYYY}.{MM}", "{YEAR}.{MM}"),
        f"{V16}:[0-9]+: \\[version-pattern\\] Found .*",
    ),
    # Sources that bring things in
    "include": (
        swap(V16, "Dec 27, 2024\n", "Dec 27, 2024\n\n```{include} /etc/passwd\n```\n"),
        f'{V16}:11: \\[sphinx\\] Directive "include" disabled.*',
    ),
    "raw directive": (
        swap(V16, "Dec 27, 2024\n", "Dec 27, 2024\n\n```{raw} html\n<b>x</b>\n```\n"),
        f'{V16}:[0-9]+: \\[sphinx\\] "raw" directive disabled.*',
    ),
    "download": (
        swap(V16, "Dec 27, 2024\n", "Dec 27, 2024 {download}`/../conf.py`\n"),
        f"{V16}:[0-9]+: \\[unsafe-source\\] Found a download of .*",
    ),
    "image from another host": (
        swap(V16, "Dec 27, 2024\n", "Dec 27, 2024 ![x](https://example.org/x.png)\n"),
        f"{V16}:[0-9]+: \\[unsafe-source\\] Found the image https://example.org/x.png, .*",
    ),
    "image from outside of the sources": (
        swap(V16, "Dec 27, 2024\n", "Dec 27, 2024 ![x](../../_static/logo.svg)\n"),
        f"{V16}:[0-9]+: \\[unsafe-source\\] Found the image ../../_static/logo.svg, .*",
    ),
    "substitutions switched on": (
        swap(
            "docs/index.md",
            "# Space",
            "---\nmyst: {enable_extensions: [substitution]}\n---\n\n# Space",
        ),
        "docs/index.md:2: \\[unsafe-source\\] Found the field 'myst', .*",
    ),
    "control character": (
        swap(V16, "# SpaceONE Service", "# SpaceONE\x0b Service"),
        f"{V16}:[0-9]+: \\[.*\\] Found the control character U\\+000B, .*",
    ),
    "nothing but drafts": (
        lambda root: [
            swap(f"docs/privacy/1.{n}.md", "text:", "draft: true\ntext:")(root) for n in range(1, 7)
        ],
        "docs/privacy/1.1.md:[0-9]+: \\[front-matter\\] Policy 'privacy' has only drafts.*",
    ),
    # Settings
    "conf.py that stops": (
        swap("conf.py", 'project = "', 'project = 1 / 0 # "'),
        "conf.py:[0-9]+: \\[settings\\] conf.py fails with ZeroDivisionError: .*",
    ),
}
"""What is wrong in a policy of one language too."""
OF_TRANSLATIONS: dict[str, tuple[Edit, str]] = {
    "conflict markers": (
        swap(PO, 'msgid "Dec 27, 2024"', '<<<<<<< HEAD\nmsgid "Dec 27, 2024"'),
        f"{PO}:21: \\[catalog-syntax\\] Found “<<<<<<< HEAD”, which is not a part of a catalog.*",
    ),
    "stray quote": (
        swap(PO, 'msgstr "2024년 12월 27일"', 'msgstr "2024년 "12월 27일"'),
        f"{PO}:22: \\[catalog-syntax\\] Found .*, which is not a part of a catalog.*",
    ),
    "wrong encoding": (
        lambda root: write(PO, (root / PO).read_text("utf-8").encode("euc-kr", "replace"))(root),
        f"{PO}:3: \\[catalog-encoding\\] Found the byte 0x[0-9a-f]+, which is not UTF-8. .*",
    ),
    "message that Sphinx would drop": (
        swap(PO, 'msgstr "2024년 12월 27일"', 'msgstr "2024. 12. 27."'),
        f"{PO}:21: \\[catalog-dropped\\] “Dec 27, 2024”: The translation is read as a numbered "
        "list, so Sphinx would not publish all of it. .*",
    ),
    "command in a catalog": (
        swap(PO, "2024년 12월 27일", "{include}`/etc/passwd`"),
        f"{PO}:21: \\[catalog-path\\] .*include.*",
    ),
    "script in a catalog": (
        swap(PO, "2024년 12월 27일", "2024 <script>alert(1)</script>"),
        f"{PO}:21: \\[catalog-html\\] .*script.*",
    ),
    "script in the words of the interface": (
        lambda root: write_own_words(root, {"In force": "<script>1</script>"}),
        f"{OWN_WORDS}:[0-9]+: \\[catalog-html\\] .*",
    ),
    "fuzzy message": (
        swap(PO, 'msgid "Dec 27, 2024"', '#, fuzzy\nmsgid "Dec 27, 2024"'),
        f"{PO}:21: \\[catalog-incomplete\\] .* The message is fuzzy, .*",
    ),
    "message without translation": (
        swap(PO, 'msgstr "2024년 12월 27일"', 'msgstr ""'),
        f"{PO}:21: \\[catalog-incomplete\\] .* The message is untranslated. .*",
    ),
    "catalog that lacks a message": (
        swap(PO, 'msgid "Dec 27, 2024"\nmsgstr "2024년 12월 27일"\n', ""),
        f"{V16}:9: \\[catalog-incomplete\\] “Dec 27, 2024” has no translation in {PO}. .*",
    ),
    "missing catalog": (
        lambda root: (root / PO).unlink(),
        f"{PO}: \\[catalog-incomplete\\] The catalog is missing, .*",
    ),
    "translated heading with another number": (
        swap(PO, 'msgstr "제8조(', 'msgstr "제9조('),
        f"{PO}:102: \\[catalog-number\\] .* found '제9조' where the msgid has 'Article 8'. .*",
    ),
    "translated heading without its number": (
        swap(PO, 'msgstr "제8조(', 'msgstr "('),
        f"{PO}:102: \\[catalog-number\\] .* found nothing where the msgid has 'Article 8'. .*",
    ),
    "script beside the catalogs": (
        write("locales/ko/LC_MESSAGES/sphinx.js", "alert(1);"),
        "locales/ko/LC_MESSAGES/sphinx.js: \\[catalog-stray\\] .*",
    ),
    "catalog of the source language": (
        lambda root: shutil.copytree(root / "locales/ko", root / "locales/en"),
        "locales/en/LC_MESSAGES/index.po: \\[catalog-stray\\] Found a catalog of 'en', the language .*",
    ),
    "unknown language": (
        swap("conf.py", '"ko": "한국어"', '"kq": "한국어"'),
        "conf.py: \\[unknown-language\\] Found language 'kq', which is not a language of the CLDR. .*",
    ),
}
CASES = OF_TEXTS | OF_TRANSLATIONS


@pytest.fixture(scope="module")
def built_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project in English alone, without its ledger, built; tests must not change it."""
    root = copy_project(tmp_path_factory.mktemp("english") / "project", frozen=False)
    swap("conf.py", ', "ko": "한국어"', "")(root)
    swap("conf.py", '["ko"]', "[]")(root)
    shutil.rmtree(root / "locales/ko")
    build_site(root)
    return root


@pytest.mark.one_in(2)
@pytest.mark.parametrize("case", OF_TEXTS)
def test_bad_texts_are_refused_and_the_site_stays(
    case: str, built_english: Path, tmp_path: Path
) -> None:
    assert_refused(case, Path(shutil.copytree(built_english, tmp_path / "project", symlinks=True)))


@pytest.mark.one_in(2)
@pytest.mark.parametrize("case", OF_TRANSLATIONS)
def test_bad_translations_are_refused_and_the_site_stays(case: str, project: Path) -> None:
    assert_refused(case, project)


def assert_refused(case: str, project: Path) -> None:
    """Make the mistake of *case* in *project*; its site must stay, and the mistake be named."""
    edit, expected = CASES[case]
    edit(project)
    if "{line}" in expected:
        heading = "## Safety" if "Safety" in expected else "## Article 18"
        expected = expected.replace("{line}", str(line_of(project, V16, heading)))
    before = fingerprint.of_folder(project / "_build/html")
    with pytest.raises(PolicysiteError) as caught:
        build_site(project)
    problems = [str(problem) for problem in caught.value.problems]
    assert [p for p in problems if re.fullmatch(expected, p, re.DOTALL)], "\n".join(problems)
    assert not [p for p in problems if "root:" in p or "unexpectedly" in p], problems
    assert fingerprint.of_folder(project / "_build/html") == before


def test_an_extension_that_does_not_start_is_a_problem_like_others(project: Path) -> None:
    swap("conf.py", "project =", 'extensions += ["broken"]\nproject =')(project)
    swap(
        "conf.py",
        "import os\n",
        "import os\nimport sys\n\nsys.path.insert(0, os.path.dirname(__file__))\n",
    )(project)
    write("broken.py", "raise RuntimeError('boom')")(project)
    with pytest.raises(PolicysiteError, match="RuntimeError: boom") as caught:
        build_site(project)
    assert {problem.path for problem in caught.value.problems} == {"docs"}


def test_all_problems_are_reported_at_once(project: Path) -> None:
    for case in ("article out of order", "include", "conflict markers", "download"):
        CASES[case][0](project)
    with pytest.raises(PolicysiteError) as caught:
        build_site(project)
    found = {(problem.path, str(problem.code)) for problem in caught.value.problems}
    assert found >= {
        (V16, "provision-order"),
        (V16, "sphinx"),
        (V16, "unsafe-source"),
        (PO, "catalog-syntax"),
    }


def test_register_and_catalogs_are_reported_together(project: Path) -> None:
    for case in ("impossible date", "no version", "stray quote"):
        CASES[case][0](project)
    with pytest.raises(PolicysiteError) as caught:
        build_site(project)
    found = [(problem.path, str(problem.code)) for problem in caught.value.problems]
    assert found == [(V15, "register-date"), (V16, "register-field"), (PO, "catalog-syntax")]


@pytest.mark.thorough
def test_a_mended_project_builds_again(project: Path) -> None:
    good = (project / V16).read_text("utf-8")
    CASES["article out of order"][0](project)
    with pytest.raises(PolicysiteError):
        build_site(project)
    with pytest.raises(PolicysiteError, match="provision-order"):
        build_site(project)
    (project / V16).write_text(good, "utf-8")
    assert build_site(project).provisions == 49


def test_the_command_exits_with_1_and_says_that_nothing_was_published(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", "2026-11-22")
    CASES["impossible date"][0](project)
    assert main(["build", "--root", str(project)]) == 1
    errors = capsys.readouterr().err
    assert errors.startswith(f"{V15}:3: [register-date] Found effective: 2024-02-30;")
    assert errors.endswith(
        f"1 error. Nothing was published; {project / '_build/html'} is unchanged.\n"
    )


def test_an_unwritable_output_folder(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "file").touch()
    assert main(["build", "--root", str(project), "--output", str(project / "file/html")]) == 1
    assert "[output] Cannot write" in capsys.readouterr().err


def test_an_output_folder_that_is_no_site_is_left_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--root", str(project), "--output", str(project / "docs")]) == 1
    assert (
        "[output] The folder is not empty, and its files are not a site" in capsys.readouterr().err
    )
    assert (project / V16).is_file()


def test_an_impossible_status_date(project: Path) -> None:
    with pytest.raises(PolicysiteError, match="POLICYSITE_DATE: \\[date-input\\] Found 'soon'"):
        build_site(project, {"POLICYSITE_DATE": "soon"})


def test_sphinx_alone_refuses_an_unknown_language(project: Path) -> None:
    arguments = ["-c", ".", "-b", "html", "-D", "language=fr", "docs", "out"]
    code, said = sphinx_alone(project, *arguments)
    assert code != 0
    assert "WARNING: Found language 'fr'; this site has 'en', 'ko'." in said
    assert "[policy.unknown-language]" in said


def test_sphinx_alone_refuses_bad_input_too(project: Path) -> None:
    CASES["article numbered twice"][0](project)
    for _again in range(2):
        code, said = sphinx_alone(project, "-c", ".", "-b", "html", "docs", "out")
        assert code != 0
        assert f"{V16}:" in said
        assert "[policy.provision-order]" in said


@pytest.mark.thorough
def test_a_kill_leaves_the_last_good_site_and_the_next_build_works(project: Path) -> None:
    """At one moment; ``tests/slow/test_kill_build.py`` has the others."""
    kill_while_building(project, 0.7)


def kill_while_building(project: Path, delay: float) -> None:
    """Kill a build after *delay* seconds; the site is as it was, and the next build works."""
    for number in ("1.1", "1.6"):
        swap(f"docs/privacy/{number}.md", "# SpaceONE", "\n# SpaceONE")(project)
    site = project / "_build/html"
    files = {path.relative_to(site) for path in site.rglob("*")}
    shutil.rmtree(project / "_build/work/en")
    command = [sys.executable, "-m", "policysite", "build"]
    environ = {"PATH": "/usr/bin:/bin", **DAY}
    process = subprocess.Popen(command, cwd=project, env=environ, stdout=subprocess.DEVNULL)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert {path.relative_to(site) for path in site.rglob("*")} == files
    assert all(
        path.read_text("utf-8").rstrip().endswith("</html>") for path in site.rglob("*.html")
    )
    assert build_site(project).provisions == 49
    leftovers = [path.name for path in (project / "_build").iterdir()]
    assert sorted(leftovers) == ["html", "work"]
