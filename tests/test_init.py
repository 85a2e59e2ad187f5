"""A site of one's own: what is made is complete, builds without a warning, and names only its own publisher."""

from __future__ import annotations

import io
import re
import runpy
import shutil
import uuid
import zipfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import ROOT, build_site, page, text

from policysite.authoring.engine_requirement import EngineRequirement, requirement_of
from policysite.authoring.init_site import NewSite, init_site
from policysite.authoring.new_site_request import NewSiteRequest, folder_for
from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import Code, PolicysiteError
from policysite.checks.check_project import check_project
from policysite.cli import main
from policysite.cli.site_questions import complete
from policysite.skeleton import skeleton_files

WHEEL = "policysite-1.0.0-py3-none-any.whl"
SKELETON = Path(skeleton_files.__file__).parent
DAY = {"POLICYSITE_DATE": "2026-11-22"}


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / WHEEL
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("policysite/__init__.py", "")
    return path


@pytest.fixture
def request_(tmp_path: Path, wheel: Path) -> NewSiteRequest:
    return NewSiteRequest(
        tmp_path / "acme",
        publisher="Acme Inc.",
        policy="Acme Privacy Policy",
        translate=("ko",),
        time_zone="Asia/Seoul",
        email="privacy@example.com",
        wheel=wheel,
    )


def files_in(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def refused(request: NewSiteRequest) -> list[str]:
    before = files_in(request.folder) if request.folder.is_dir() else None
    with pytest.raises(PolicysiteError) as caught:
        init_site(request, DAY)
    assert (files_in(request.folder) if request.folder.is_dir() else None) == before
    return [str(problem) for problem in caught.value.problems]


def test_the_next_step_is_here_or_in_the_folder(
    request_: NewSiteRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"1. In {tmp_path / 'acme'}: make html" in str(init_site(request_, DAY))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert "1. Here: make html" in str(init_site(replace(request_, folder=Path()), DAY))


def test_a_new_site_has_no_problem_and_is_built_in_both_languages(request_: NewSiteRequest) -> None:
    init_site(request_, DAY)
    found = check_project(request_.folder, DAY).found
    assert found.problems == []
    assert [note.code for note in found.notes] == [Code.NOT_FROZEN]
    # A build stops at any warning.
    summary = build_site(request_.folder, DAY)
    assert summary.languages == ("en", "ko")
    assert summary.translated == {"ko": 1.0}
    for language, sample, day, status in (
        ("en", "Sample text, to be replaced.", "22 November 2026", "In force"),
        ("ko", "바꾸어 쓸 견본 글입니다.", "2026년 11월 22일", "시행 중"),
    ):
        shown = text(page(summary.output / language / "privacy" / "index.html"))
        assert all(words in shown for words in (sample, day, status, "Acme Inc.")), language
        assert "privacy@example.com" in shown


def test_a_new_site_has_these_files(request_: NewSiteRequest) -> None:
    init_site(request_, DAY)
    assert list(files_in(request_.folder)) == [
        ".gitattributes",
        ".github/workflows/pages.yml",
        ".gitignore",
        ".pre-commit-config.yaml",
        "Makefile",
        "README.md",
        "_static/logo.svg",
        "_static/site.css",
        "conf.py",
        "docs/index.md",
        "docs/privacy/1.0.md",
        "docs/privacy/history.md",
        "locales/ko/LC_MESSAGES/index.po",
        "locales/ko/LC_MESSAGES/privacy/1.0.po",
        "locales/ko/LC_MESSAGES/privacy/history.po",
        WHEEL,
        "requirements.txt",
    ]


def test_nothing_of_this_site_and_of_this_machine_is_in_a_new_one(
    request_: NewSiteRequest, tmp_path: Path
) -> None:
    init_site(request_, DAY)
    build_site(request_.folder, DAY)
    foreign = re.compile(rb"spaceone|megazone|hanbit", re.IGNORECASE)
    for name, content in files_in(request_.folder).items():
        assert not foreign.search(content), name
        if not name.startswith("_build/work/"):
            assert str(tmp_path).encode() not in content, name
    for name, content in files_in(SKELETON).items():
        assert not foreign.search(content) or name.endswith(".pyc"), name


def test_what_the_publisher_says_stands_in_the_settings(request_: NewSiteRequest) -> None:
    odd = 'Søn & “Sons” "Ltd." \\ {x}'
    init_site(replace(request_, publisher=odd, contact="Privacy Team", phone="02-0000-0000"), DAY)
    conf = runpy.run_path(str(request_.folder / "conf.py"))
    assert conf["policysite_publisher"] == odd
    assert conf["policysite_languages"] == {"en": "English", "ko": "한국어"}
    assert conf["language"] == conf["policysite_source_language"] == "en"
    assert conf["policysite_time_zone"] == "Asia/Seoul"
    assert conf["policysite_incomplete_languages"] == []
    assert conf["policysite_policies"] == {
        "privacy": {
            "contact": {
                "name": {"en": "Privacy Team"},
                "email": "privacy@example.com",
                "phone": "02-0000-0000",
            }
        }
    }
    assert uuid.UUID(conf["policysite_site_id"]).version == 4


def test_two_sites_have_two_ids(request_: NewSiteRequest) -> None:
    ids = set()
    for name in ("one", "two"):
        folder = request_.folder.with_name(name)
        init_site(replace(request_, folder=folder, translate=()), DAY)
        ids.add(runpy.run_path(str(folder / "conf.py"))["policysite_site_id"])
    assert len(ids) == 2


@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    "publisher",
    [
        "1. FC *Köln*",
        "A_b_c [d](e)",
        "<b>Co</b> & `Co`",
        "# 9",
        "데이터 주식회사",
        "Any of the words here",
    ],
)
def test_a_name_is_printed_as_it_was_given(request_: NewSiteRequest, publisher: str) -> None:
    titles = {"ko": f"{publisher} 방침"}
    init_site(
        replace(request_, publisher=publisher, policy=f"{publisher} Policy", titles=titles), DAY
    )
    site = build_site(request_.folder, DAY).output
    for language, title in (("en", f"{publisher} Policy"), ("ko", f"{publisher} 방침")):
        (folder,) = (f.name for f in (request_.folder / "docs").iterdir() if f.is_dir())
        shown = page(site / language / folder / "1.0.html")
        assert text(shown.xpath("//h1")[0]) == title
        assert publisher in text(shown.xpath("//*[@id='art-1']")[0])


def test_the_title_of_a_translation_is_the_same_if_none_is_given(request_: NewSiteRequest) -> None:
    init_site(request_, DAY)
    catalog = (request_.folder / "locales/ko/LC_MESSAGES/privacy/1.0.po").read_text("utf-8")
    assert (
        '# waive catalog-untranslated: a name\nmsgid "Acme Privacy Policy"\nmsgstr "Acme Privacy Policy"'
        in catalog
    )


def test_a_title_that_is_given_is_the_translation(request_: NewSiteRequest) -> None:
    titles = {"ko": "에크미 *방침*", "nl": "Acme *Beleid*"}
    made = init_site(replace(request_, translate=("ko", "nl"), titles=titles), DAY)
    for language, title in (("ko", "에크미 \\\\*방침\\\\*"), ("nl", "Acme \\\\*Beleid\\\\*")):
        catalog = request_.folder / f"locales/{language}/LC_MESSAGES/privacy/1.0.po"
        assert f'msgid "Acme Privacy Policy"\nmsgstr "{title}"' in catalog.read_text("utf-8")
    # The texts, and nothing else: the words of the pages are the engine's.
    assert made.open == {"nl": 24}


def test_updating_the_catalogs_of_a_new_site_changes_nothing(request_: NewSiteRequest) -> None:
    init_site(request_, DAY)
    before = files_in(request_.folder / "locales")
    update_catalogs(request_.folder, DAY, published=True)
    assert files_in(request_.folder / "locales") == before


@pytest.mark.thorough
def test_a_language_without_a_sample_is_to_be_translated_and_said_to_be(
    request_: NewSiteRequest,
) -> None:
    made = init_site(replace(request_, translate=("ko", "nl", "sr-Latn")), DAY)
    for language in ("nl", "sr_Latn"):
        assert f"locales/{language}: {made.open[language]} messages to translate." in str(made)
        assert made.open[language] == 25
    assert "ko" not in made.open
    conf = runpy.run_path(str(request_.folder / "conf.py"))
    assert conf["policysite_incomplete_languages"] == ["nl", "sr_Latn"]
    assert conf["policysite_unreviewed_translations"] == ["nl", "sr_Latn"]
    assert check_project(request_.folder, DAY).found.problems == []
    assert build_site(request_.folder, DAY).languages == ("en", "ko", "nl", "sr_Latn")


@pytest.mark.thorough
def test_a_site_may_have_one_language(request_: NewSiteRequest) -> None:
    made = init_site(replace(request_, translate=()), DAY)
    assert made.open == {}
    assert not (request_.folder / "locales").exists()
    assert check_project(request_.folder, DAY).found.problems == []
    assert build_site(request_.folder, DAY).languages == ("en",)


def test_texts_in_a_language_without_a_sample_are_refused(request_: NewSiteRequest) -> None:
    (said,) = refused(replace(request_, language="nl", translate=("en",)))
    assert said.startswith(
        "--language: [site-option] Found 'nl'; a new site begins with sample texts, and there are some in 'ar', 'de', 'en', 'es',"
    )
    assert "set policysite_source_language" in said


def test_everything_that_is_missing_or_wrong_is_said_at_once(request_: NewSiteRequest) -> None:
    said = refused(
        NewSiteRequest(
            request_.folder,
            translate=("xx", "en"),
            titles={"fr": "Politique"},
            address="Index",
            wheel=request_.folder,
            phone="none",
        )
    )
    found = [line.partition(":")[0] for line in said]
    assert found == [
        "--address",
        "--phone",
        "--policy",
        "--policy-in",
        "--publisher",
        "--time-zone",
        "--translate",
        "--translate",
        "--wheel",
    ]
    assert (
        "--publisher: [site-option] Found nothing; expected the publisher's name, like 'Acme Inc.'."
        in said[4]
    )


@pytest.mark.parametrize(
    ("wrong", "option"),
    [
        ({"publisher": "Acme\nInc."}, "--publisher"),
        ({"publisher": "Ac\u202eme"}, "--publisher"),
        ({"publisher": "…"}, "--publisher"),
        ({"policy": "\udcff"}, "--policy"),
        ({"time_zone": "../etc/passwd"}, "--time-zone"),
        ({"email": "a@b"}, "--email"),
        ({"email": ""}, "--email"),
        ({"address": "search"}, "--address"),
        ({"translate": ("en",)}, "--translate"),
        ({"titles": {"ko": ""}}, "--policy-in"),
    ],
)
def test_what_cannot_be_published_is_refused(
    request_: NewSiteRequest, wrong: dict[str, Any], option: str
) -> None:
    (said,) = refused(replace(request_, **wrong))
    assert said.startswith(f"{option}: [site-option] ")
    assert not request_.folder.exists()


def test_a_folder_that_holds_something_is_refused(request_: NewSiteRequest) -> None:
    request_.folder.mkdir()
    (request_.folder / "notes.txt").write_text("mine", "utf-8")
    (said,) = refused(request_)
    assert said == (
        f"{request_.folder}: [output] The folder is not empty: it has 'notes.txt'. "
        "Name a new folder, or an empty one."
    )
    (said,) = refused(replace(request_, folder=request_.folder / "notes.txt"))
    assert "There is a file with this name." in said


def test_an_empty_folder_is_filled_and_its_repository_stays(request_: NewSiteRequest) -> None:
    (request_.folder / ".git").mkdir(parents=True)
    (request_.folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    init_site(request_, DAY)
    assert (request_.folder / ".git" / "HEAD").is_file()
    assert (request_.folder / "conf.py").is_file()
    assert not list(request_.folder.glob(".init-*"))


def test_a_wheel_in_the_new_folder_stays_where_it_is(request_: NewSiteRequest, wheel: Path) -> None:
    request_.folder.mkdir()
    inside = wheel.rename(request_.folder / wheel.name)
    init_site(replace(request_, wheel=inside), DAY)
    assert inside.is_file()
    assert f"./{WHEEL}" in (request_.folder / "requirements.txt").read_text("utf-8").splitlines()


def test_what_cannot_be_put_in_place_leaves_nothing(
    request_: NewSiteRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = shutil.move
    moved: list[Path] = []

    def full(source: Path, target: Path) -> None:
        if len(moved) == 3:
            raise OSError(28, "No space left on device", str(target))
        moved.append(target)
        move(source, target)

    monkeypatch.setattr(shutil, "move", full)
    (said,) = refused(request_)
    assert "No space left on device" in said
    assert not request_.folder.exists()


def test_the_wheel_lies_beside_the_site_and_is_what_it_requires(
    request_: NewSiteRequest, wheel: Path
) -> None:
    made = init_site(request_, DAY)
    assert (request_.folder / WHEEL).read_bytes() == wheel.read_bytes()
    lines = (request_.folder / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [f"./{WHEEL}"]
    assert f"{WHEEL}: the engine" in str(made)


@pytest.mark.parametrize("name", ["other-1.0-py3-none-any.whl", "policysite-1.0.tar.gz", WHEEL])
def test_another_file_than_a_wheel_of_the_engine_is_refused(
    request_: NewSiteRequest, tmp_path: Path, name: str
) -> None:
    other = tmp_path / "other" / name
    other.parent.mkdir()
    other.write_bytes(b"no zip file")
    (said,) = refused(replace(request_, wheel=other))
    assert said.startswith("--wheel: [site-option] ")


def test_without_a_wheel_the_site_requires_what_this_engine_came_from(tmp_path: Path) -> None:
    checkout = tmp_path / "check out"
    checkout.mkdir()
    kept = tmp_path / WHEEL
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr("x", "")
    commit = {"vcs": "git", "commit_id": "0" * 40}
    digest = {"hashes": {"sha256": "ab"}}
    line = "policysite @"
    for origin, expected in (
        (None, EngineRequirement("policysite==1.2")),
        ({"url": kept.as_uri(), "archive_info": {}}, EngineRequirement(f"./{WHEEL}", kept)),
        (
            {"url": "https://git.example/e", "vcs_info": commit},
            EngineRequirement(f"{line} git+https://git.example/e@{'0' * 40}"),
        ),
        (
            {"url": f"https://example/{WHEEL}", "archive_info": digest},
            EngineRequirement(f"{line} https://example/{WHEEL}#sha256=ab"),
        ),
        (
            {"url": checkout.as_uri(), "dir_info": {"editable": True}},
            EngineRequirement(f"{line} {checkout.as_uri()}", machine_path=True),
        ),
    ):
        assert requirement_of(origin, "1.2") == expected
    with pytest.raises(PolicysiteError, match="which no longer exists"):
        requirement_of({"url": (tmp_path / "gone.whl").as_uri(), "archive_info": {}}, "1.2")


def test_a_path_of_this_machine_is_said_to_be_one(
    request_: NewSiteRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def installed_from_a_checkout(_: str) -> Any:
        class Installed:
            version = "1.0.0"

            def read_text(self, _: str) -> str:
                return f'{{"url": "{ROOT.as_uri()}", "dir_info": {{}}}}'

        return Installed()

    monkeypatch.setattr(metadata, "distribution", installed_from_a_checkout)
    made: NewSite = init_site(replace(request_, wheel=None), DAY)
    assert f"requirements.txt names a path of this machine: policysite @ {ROOT.as_uri()}" in str(
        made
    )
    written = (request_.folder / "requirements.txt").read_text("utf-8")
    assert "# The path below is one of this machine." in written


def test_the_workflow_has_what_it_needs_pinned_and_no_more_rights(request_: NewSiteRequest) -> None:
    init_site(request_, DAY)
    written = (request_.folder / ".github/workflows/pages.yml").read_text("utf-8")
    pins = re.findall(r"uses: actions/([a-z-]+)@([0-9a-f]{40}) # (v[0-9.]+)", written)
    assert len(pins) == written.count("uses:")
    ours = (ROOT / "deploy/github-pages.yml").read_text("utf-8")
    for name, commit, version in pins:
        assert re.search(rf"uses: actions/{name}@(?:{commit} # )?{re.escape(version)}\b", ours), (
            name
        )
    workflow = yaml.safe_load(written)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    targets = re.findall(r"run: make (\S+)", written)
    makefile = (request_.folder / "Makefile").read_text("utf-8")
    assert targets == ["check", "html"]
    assert all(
        re.search(rf"^[^:]*\b{target}\b[^:]*:", makefile, re.MULTILINE) for target in targets
    )


@pytest.mark.parametrize(
    ("time_zone", "cron"),
    [
        ("Asia/Seoul", "5 15 * * *"),
        ("UTC", "5 0 * * *"),
        # Midnight is an hour earlier in summer.
        ("America/New_York", "5 5 * * *"),
        ("Asia/Kolkata", "35 18 * * *"),
        ("Europe/Berlin", "5 23 * * *"),
    ],
)
def test_the_site_is_built_anew_after_midnight(
    request_: NewSiteRequest, time_zone: str, cron: str
) -> None:
    init_site(replace(request_, translate=(), time_zone=time_zone), DAY)
    workflow = yaml.safe_load((request_.folder / ".github/workflows/pages.yml").read_text("utf-8"))
    # YAML takes "on" for a truth value.
    assert workflow[True]["schedule"] == [{"cron": cron}]


def test_git_checks_what_is_committed(request_: NewSiteRequest) -> None:
    init_site(request_, DAY)
    config = yaml.safe_load((request_.folder / ".pre-commit-config.yaml").read_text("utf-8"))
    (repository,) = config["repos"]
    (hook,) = repository["hooks"]
    assert repository["repo"] == "local"
    assert hook["entry"] == ".venv/bin/policysite check"
    # Whatever changes: pre-commit does not tell of files that were removed.
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
    attributes = (request_.folder / ".gitattributes").read_text("utf-8").splitlines()
    ours = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    for line in (
        "* text=auto eol=lf",
        "docs/*/ledger.json -merge",
        "docs/*/ledger.json.sig -merge",
    ):
        assert line in ours
        assert line in attributes


@pytest.mark.parametrize(
    ("title", "folder"),
    [
        ("Acme Privacy Policy", "privacy"),
        ("Terms of Service", "terms"),
        ("Cookie Notice", "cookies"),
        ("2nd Acceptable Use!", "nd-acceptable-use"),
        ("이용약관", "policy"),
        ("Politique de confidentialité", "politique-de-confidentialite"),
    ],
)
def test_a_policy_has_a_folder_that_is_named_for_it(title: str, folder: str) -> None:
    assert folder_for(title) == folder


class Terminal(io.StringIO):
    """A stream that people sit at."""

    def isatty(self) -> bool:
        return True


ANSWERS = """\
Acme Inc.

Acme Terms
terms-of-use
nl
en
ko, ja
Seoul
Asia/Seoul
Help Desk
nobody
help@example.com
에크미 약관
アクメ規約
"""


def test_a_terminal_is_asked_for_everything_until_it_can_be() -> None:
    shown = Terminal()
    request = complete(NewSiteRequest(Path("acme")), (), Terminal(ANSWERS), shown)
    assert request == NewSiteRequest(
        Path("acme"),
        publisher="Acme Inc.",
        policy="Acme Terms",
        language="en",
        translate=("ko", "ja"),
        time_zone="Asia/Seoul",
        email="help@example.com",
        contact="Help Desk",
        address="terms-of-use",
        titles={"ko": "에크미 약관", "ja": "アクメ規約"},
    )
    asked = shown.getvalue()
    assert "Its part of the address, for ever [terms]: " in asked
    assert "Title in 한국어 (ko) [Acme Terms]: " in asked
    for refusal in (
        "Found nothing; expected the policy's title",
        "Found 'Seoul'",
        "Found 'nobody'",
    ):
        assert asked.count(refusal) == 1
    assert asked.count("Language of the texts [en]: ") == 2


def test_nothing_is_asked_that_was_said() -> None:
    given = ("publisher", "policy", "language", "contact", "translate", "address")
    shown = Terminal()
    request = NewSiteRequest(Path("acme"), "Acme", "Terms", contact="Desk", address="terms")
    answered = complete(request, given, Terminal("UTC\na@example.com\n"), shown)
    assert (answered.time_zone, answered.email) == ("UTC", "a@example.com")
    assert shown.getvalue().count(": ") == 2
    assert complete(answered, given, Terminal(""), Terminal()) == answered


@pytest.mark.parametrize("streams", [(Terminal, io.StringIO), (io.StringIO, Terminal)])
def test_no_question_is_asked_without_a_terminal(streams: Any) -> None:
    answers, questions = (stream("x\n") for stream in streams)
    request = NewSiteRequest(Path("acme"))
    assert complete(request, (), answers, questions) == request
    assert questions.getvalue() == "x\n"


def test_the_command_makes_a_site_of_options_alone(
    tmp_path: Path, wheel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "acme"
    options = ["--publisher", "Acme Inc.", "--policy", "Acme Privacy Policy", "--language", "en"]
    options += ["--translate", "ko", "--time-zone", "Asia/Seoul", "--email", "privacy@example.com"]
    options += ["--policy-in", "ko", "에크미 개인정보 처리방침", "--wheel", str(wheel)]
    assert main(["init", str(folder), *options]) == 0
    assert f"{folder}: a site of Acme Inc. (en, ko)" in capsys.readouterr().out
    assert main(["check", "--root", str(folder)]) == 0
    capsys.readouterr()
    titles = ["--title", "Acme Terms of Service", "--title-in", "ko", "에크미 이용약관"]
    assert main(["add-policy", "terms", "--root", str(folder), *titles]) == 0
    assert "conf.py: 'terms' was added to policysite_policies" in capsys.readouterr().out
    assert main(["check", "--root", str(folder)]) == 0


def test_the_command_makes_the_site_here_where_no_folder_is_named(
    tmp_path: Path, wheel: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = ["--publisher", "Acme Inc.", "--policy", "Acme Privacy Policy", "--wheel", str(wheel)]
    options += ["--time-zone", "Asia/Seoul", "--email", "privacy@example.com"]
    assert main(["init", *options]) == 0
    assert "1. Here: make html" in capsys.readouterr().out
    assert (tmp_path / "docs" / "privacy" / "1.0.md").is_file()


def test_the_command_names_everything_that_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "acme")]) == 1
    said = capsys.readouterr().err
    for option in ("--publisher", "--policy", "--time-zone", "--email"):
        assert f"{option}: [site-option] Found nothing; expected" in said
    assert "4 errors. Nothing was changed." in said
