"""``policysite notice``: what is sent and posted before a version takes effect."""

from __future__ import annotations

import email
import email.policy
import io
import json
import zipfile
from functools import cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

import jsonschema
import lxml.etree
import lxml.html
import pytest
from support import SAMPLE_DAY, copy_sample, swap

from policysite.base.package import PACKAGE
from policysite.base.problems import PolicysiteError
from policysite.build.make_notice import NoticeRequest, write_notice
from policysite.cli import main
from policysite.editions import notice_mail
from policysite.editions.notice import TABLE_MARK
from policysite.editions.notice_template import rendered
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ADDRESS = "https://hanbit.example/policies"
KO = "locales/ko/LC_MESSAGES/privacy/3.2.po"
SUFFIXES = ("eml", "html", "txt", "md", "docx", "json")
CONF = f'\npolicysite_base_url = "{ADDRESS}"\n'
SENTENCES = {
    "objection": {"en": "Write to us until then.", "ko": "그 전까지 알려 주십시오."},
    "silence": {"en": "Silence is consent.", "ko": "알리지 않으시면 동의한 것으로 봅니다."},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a sample to be altered."""
    return prepared(tmp_path, "3.1", "3.2", "4.0")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sample that stays as it is: its texts are read once."""
    return prepared(tmp_path_factory.mktemp("notices"))


def prepared(folder: Path, *versions: str) -> Path:
    """Return the sample, or these *versions* of it, with an address, where version 3.2 states kind and reason."""
    root = copy_sample(folder / "sample", frozen=not versions, versions=versions)
    conf = root / "conf.py"
    conf.write_text(conf.read_text("utf-8") + CONF, "utf-8")
    fields = 'change_kind: adverse\nchange_reason: "The law asks for it."\nchange_note:'
    swap("docs/privacy/3.2.md", "change_note:", fields)(root)
    catalog = root / KO
    translated = 'msgid "The law asks for it."\nmsgstr "법률의 개정에 따른 것입니다."\n'
    catalog.write_text(f"{catalog.read_text('utf-8')}\n{translated}", "utf-8")
    return root


@cache
def files_of(root: Path, number: str = "3.2") -> dict[str, bytes]:
    """Return the files of a sample that is not altered."""
    return write(root, number)


def write(root: Path, number: str = "3.2", **wanted: Any) -> dict[str, bytes]:
    """Write notices of the sample, and return the files by what follows the number: ``ko.txt``."""
    output = root.parent / f"out-{number}"
    write_notice(root, SAMPLE_DAY, NoticeRequest("privacy", number, **wanted), output)
    return {
        path.name.removeprefix(f"privacy-{number}-"): path.read_bytes() for path in output.iterdir()
    }


def message(content: bytes) -> tuple[EmailMessage, str, lxml.html.HtmlElement]:
    """Return a message, its plain text, and its HTML."""
    found = email.message_from_bytes(content, policy=email.policy.default)
    plain, page = (part.get_content() for part in found.iter_parts())
    return found, plain, lxml.html.fromstring(page)


def rows(page: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """Return the rows of the table of old and new as text, with marks around what is underlined."""
    (table,) = page.xpath("//table[thead]")
    for element in table.iter("ins", "del"):
        assert "underline" in element.get("style")
        element.text = f"_{element.text_content()}_"
    return [tuple(cell.text_content() for cell in row) for row in table.iter("tr")]


def test_each_language_has_its_files_and_nothing_is_sent(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    monkeypatch.chdir(root.parent)
    assert main(["notice", "3.2", "--root", str(root)]) == 0
    printed = capsys.readouterr().out
    expected = {f"privacy-3.2-{code}.{end}" for code in ("en", "ko") for end in SUFFIXES}
    assert {path.name for path in (root.parent / "privacy-3.2-notice").iterdir()} == expected
    assert all(f"privacy-3.2-notice/{name}: " in printed for name in expected)
    assert printed.endswith("Nothing was sent: that is up to you.\n")


def test_the_text_says_what_readers_must_know(sample: Path) -> None:
    files = files_of(sample)
    text = files["ko.txt"].decode()
    for words in (
        "대상: 한빛노트 개인정보 처리방침",
        "시행일: 2035년 1월 1일",
        "공고일: 2026년 11월 1일",
        "변경의 성격: 이용자에게 불리한 변경",
        "요구에 대하여 7영업일 이내에 이메일로 답변하도록 하였습니다.",
        "제7조(이용자의 권리와 그 행사 방법): 개정",
        "부칙: 신설",
        "법률의 개정에 따른 것입니다.",
        f"{ADDRESS}/ko/privacy/3.2.html",
        f"{ADDRESS}/ko/privacy/compare/3.1/3.2.html",
        "privacy@example.com",
    ):
        assert words in text
    english = files["en.txt"].decode()
    assert "Kind of change: to the disadvantage of users" in english
    assert "The law asks for it." in english
    # No consequence of silence is made up.
    assert "What you can do" not in english


def test_the_table_is_that_of_the_trade(sample: Path) -> None:
    _, _, page = message(files_of(sample)["ko.eml"])
    found = rows(page)
    assert found[0] == ("변경 전: 버전 3.1", "변경 후: 버전 3.2")
    assert ("① (생\u00a0 략)", "① (현행과 같음)") in found
    assert ("<신\u00a0 설>", "_부칙_") in found
    old, new = next(row for row in found if row[0].startswith("②"))
    assert "회사는 _10일_ 이내에 답변하며" in old
    assert "회사는 _7영업일_ 이내에 _이메일로_ 답변하며" in new
    _, _, page = message(files_of(sample, "3.0")["ko.eml"])
    found = rows(page)
    assert ("_제7조__(쿠키)_", "<삭\u00a0 제>") in found
    assert ("_제9조_(아동)", "_제8조_(아동) (종전 제9조)") in found
    assert ("1.·2. (생\u00a0 략)", "1.·2. (현행과 같음)") in found


def test_a_message_is_a_draft_for_any_mail_program(sample: Path) -> None:
    files = files_of(sample)
    found, plain, page = message(files["ko.eml"])
    assert found["Subject"] == "변경 안내: 한빛노트 개인정보 처리방침, 2035년 1월 1일 시행"
    assert found["From"].addresses[0].addr_spec == "privacy@example.com"
    assert found["Date"].datetime.isoformat() == "2026-11-01T00:00:00+09:00"
    assert found["X-Unsent"] == "1"
    assert found["Content-Language"] == "ko"
    assert found["To"] is None
    assert found.get_content_type() == "multipart/alternative"
    assert plain.replace("\r\n", "\n") == files["ko.txt"].decode()
    assert page.get("lang") == "ko"
    *_, html_part = found.iter_parts()
    html = html_part.get_content().replace("\r\n", "\n")
    assert html.strip() == files["ko.html"].decode().strip()
    assert len(files["ko.html"]) < notice_mail.LARGEST


@pytest.mark.parametrize("language", ["en", "ko"])
def test_mail_programs_need_to_load_nothing(sample: Path, language: str) -> None:
    page = lxml.html.fromstring(files_of(sample)[f"{language}.html"])
    used = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert used.isdisjoint({"script", "style", "link", "img", "iframe", "object", "form"})
    assert not page.xpath("//@src | //@class | //@id | //@onclick")
    assert all(link.startswith(f"{ADDRESS}/") for link in page.xpath("//@href"))
    assert "url(" not in "".join(page.xpath("//@style"))


def test_the_same_request_gives_the_same_bytes(sample: Path) -> None:
    assert write(sample) == files_of(sample)


def test_programs_get_the_same_as_data(sample: Path) -> None:
    schema = json.loads((PACKAGE / "schemas" / "notice.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for number in ("1.0", "3.0", "3.2"):
        for name, content in files_of(sample, number).items():
            if name.endswith(".json"):
                jsonschema.validate(json.loads(content), schema)
    found = json.loads(files_of(sample)["ko.json"])
    assert (found["changeKind"], found["effective"]) == ("adverse", "2035-01-01")
    ledger = load_project(sample, SAMPLE_DAY).ledgers["privacy"]
    assert found["digest"] == ledger.texts["3.2", "ko"].digest
    assert [(one["id"], one["kinds"]) for one in found["changes"]][1:] == [
        ("art-7", ["amended"]),
        ("art-10", ["amended"]),
        ("add-1", ["inserted"]),
    ]
    assert "신·구 조문 대비표" not in found["text"]


def test_word_has_the_table_in_two_columns(sample: Path) -> None:
    content = files_of(sample)["ko.docx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = lxml.etree.fromstring(archive.read("word/document.xml"))[0]
    (table,) = body.iter(f"{W}tbl")
    found = ["".join(cell.itertext()) for cell in table.iter(f"{W}tc")]
    assert found[:2] == ["변경 전: 버전 3.1", "변경 후: 버전 3.2"]
    assert "<신  설>" in found
    runs = table.iter(f"{W}r")
    underlined = ["".join(run.itertext()) for run in runs if run.find(f".//{W}u") is not None]
    assert {"10일", "7영업일", "이메일로", "부칙"} <= set(underlined)
    widths = {cell.get(f"{W}w") for cell in table.iter(f"{W}tcW")}
    assert widths == {"4535"}


def test_markdown_has_the_table_and_escapes_what_would_be_markup(sample: Path) -> None:
    text = files_of(sample)["en.md"].decode()
    assert text.startswith(
        "# Notice of changes: Hanbit Notes Privacy Policy, effective 1 January 2035\n"
    )
    assert "| Before: version 3.1 | After: version 3.2 |\n|---|---|\n" in text
    assert "answers <ins>by e-mail within 7 business</ins> days" in text
    assert r"| <b>\<new\></b> | <b><ins>Supplementary Provision</ins></b> |" in text


def test_what_cannot_be_compared_has_no_table(sample: Path) -> None:
    files = files_of(sample, "1.0")
    text = files["en.txt"].decode()
    assert (
        "The text of version 0.9 is not held on this site. Nothing can be said of what differs."
        in text
    )
    assert "Before:" not in text
    assert b"<table" not in files["en.html"].replace(b'<table role="presentation"', b"")


def test_the_first_version_changes_nothing(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False, versions=["1.0"])
    (root / "docs/privacy/requirements.yaml").unlink(missing_ok=True)
    conf = root / "conf.py"
    conf.write_text(conf.read_text("utf-8") + CONF, "utf-8")
    text = write(root, "1.0", languages=("en",))["en.txt"].decode()
    assert "Hanbit Notes Inc. announces the following policy." in text
    assert "Until then" not in text


# What the publisher says -------------------------------------------------------------------------


def with_sentences(root: Path, sentences: Mapping[str, Mapping[str, str]]) -> None:
    conf = root / "conf.py"
    line = f'policysite_policies["privacy"]["notice_sentences"] = {dict(sentences)!r}\n'
    conf.write_text(conf.read_text("utf-8") + line, "utf-8")


def test_the_settings_say_how_to_object_and_what_silence_means(root: Path) -> None:
    with_sentences(root, SENTENCES)
    files = write(root)
    for code in ("en", "ko"):
        text, data = files[f"{code}.txt"].decode(), json.loads(files[f"{code}.json"])
        for kind, said in SENTENCES.items():
            assert said[code] in text
            assert data[kind] == said[code]


def test_a_template_of_the_publisher_is_used_in_its_language(root: Path) -> None:
    folder = root / "_templates"
    folder.mkdir()
    (folder / "notice.ko.md").write_text(
        "[한빛노트] 약속이 바뀝니다\n\n{% if kind == 'adverse' %}불리한 변경입니다.{% endif %}\n\n"
        "{% for one in changes %}\n- {{ one }}\n{% endfor %}\n\n{{ table }}\n",
        "utf-8",
    )
    files = write(root)
    found, plain, page = message(files["ko.eml"])
    assert found["Subject"] == "[한빛노트] 약속이 바뀝니다"
    assert plain.startswith("불리한 변경입니다.")
    assert len(rows(page)) > 5
    assert b"Notice of changes" in files["en.txt"] or b"announces changes" in files["en.txt"]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if %}", "Expected an expression, got 'end of statement block'"),
        ("{{ nothing }}", "the value 'nothing', which is not given"),
        ("{{ ''.__class__.__mro__ }}", "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ policy.center(1000000000) }}", "a call"),
        ("{{ 'x' * 1000000000 }}", "the operator *"),
        ("{{ '%1000000000d' % 1 }}", "the operator %"),
        ("{{ policy ~ policy }}", "the operator ~"),
        ("{% include '/etc/passwd' %}", "'include': a notice is one file"),
        ("{% extends 'x' %}", "'extends': a notice is one file"),
        ("{% for i in range(9) %}{% endfor %}", "the value 'range', which is not given"),
        ("{% set a = policy %}", "'set'"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "a macro"),
        ("{% for a in policy recursive %}{{ loop(policy) }}{% endfor %}", "a call"),
        (
            "{% for a in policy %}{% for b in policy %}{% for c in policy %}{% endfor %}{% endfor %}{% endfor %}",
            "more than 2 loops in each other",
        ),
        ("{% for a in policy|join(policy) %}{% endfor %}", "'join' in what a loop goes over"),
        ("{{ policy|join(policy|join(policy)) }}", "'join' in what is joined"),
        ("{{ self.x }}", "the value 'self', which is not given"),
        ("{{ table|attr('upper') }}", "No filter named 'attr'"),
        ("a\u202eb", "'U+202E', an invisible or bidirectional-control character"),
        ("a\x01b", "'U+0001', an invisible or bidirectional-control character"),
        ("{{ mark }} and", "The table stands in a line with other words, or more than once."),
    ],
)  # fmt: skip
def test_a_template_does_nothing_but_say_words(template: str, message: str) -> None:
    with pytest.raises(PolicysiteError) as caught:
        said(f"Subject\n\n{template}\n")
    problems = caught.value.problems
    assert {(problem.path, problem.line) for problem in problems} <= {
        ("_templates/notice.md", 3),
        ("_templates/notice.md", 0),
    }
    assert any(message in problem.message for problem in problems)


def said(template: str) -> str:
    values = {"policy": "Terms", "table": "", "mark": TABLE_MARK, "changes": ["One", "Two"]}
    return rendered(template, "_templates/notice.md", NullTranslations(), values, "en")


def test_a_template_may_choose_and_repeat() -> None:
    template = (
        "{{ policy|upper }}\n\n{% for one in changes %}{% if not loop.first %}and {% endif %}{{ one }} {% else %}nothing{% endfor %}"
        "{{ 'x' if policy == 'Terms' else 'y' }} {{ [policy, '']|select|join(', ') }} {{ changes[0] }}\n\n{{ mark }}\n"
    )
    assert said(template).split() == ["TERMS", "One", "and", "Two", "x", "Terms", "One", TABLE_MARK]


def test_all_that_has_no_place_in_a_template_is_named_at_once() -> None:
    with pytest.raises(PolicysiteError) as caught:
        said("{{ one }}\n{% set a = 1 %}\n{{ two() }}\n")
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (1, "Found the value 'one', which is not given."),
        (2, "Found 'set'."),
        (3, "Found a call."),
        (3, "Found the value 'two', which is not given."),
    ]
    assert "See the guide on notices for what it may use: changes, mark, policy, table." in str(
        caught.value
    )


@pytest.mark.parametrize("template", ["", "\n\n", "Subject\n", "{{ table }}"])
def test_a_notice_that_says_nothing_is_refused(template: str) -> None:
    with pytest.raises(PolicysiteError, match="says nothing"):
        said(template)


def test_a_wrong_template_writes_nothing(root: Path) -> None:
    (root / "_templates").mkdir()
    (root / "_templates" / "notice.md").write_text("Subject\n\n{{ nothing }}\n", "utf-8")
    with pytest.raises(PolicysiteError, match=r"_templates/notice\.md:3: .* the value 'nothing'"):
        write(root)
    assert not (root.parent / "out-3.2").exists()


def test_a_template_that_is_a_link_is_not_read(root: Path) -> None:
    (root / "_templates").mkdir()
    (root / "_templates" / "notice.md").symlink_to("/etc/passwd")
    with pytest.raises(PolicysiteError, match="Found a link"):
        write(root)


# What is refused ---------------------------------------------------------------------------------


def test_all_that_is_wrong_is_said_at_once(root: Path) -> None:
    swap("conf.py", CONF, "")(root)
    with_sentences(root, {"silence": {"en": "Silence is consent."}})
    with pytest.raises(PolicysiteError) as caught:
        write(root, "4.0", against="9.9", languages=("ko", "tlh"))
    found = [problem.message for problem in caught.value.problems]
    for message in (
        "There is no version '9.9' of the policy.",
        "Found language 'tlh'; this site has 'en', 'ko'.",
        "Version 4.0 is a draft: what it says may change.",
        "The silence in the notice_sentences of policy 'privacy' is not said in 'ko'.",
        "The site has no address, and the notice (notice-words.html) links to the texts.",
    ):
        assert message in found
    assert len(found) == 5
    assert not (root.parent / "out-4.0").exists()


def test_a_draft_can_be_seen_before(root: Path) -> None:
    files = write(root, "4.0", languages=("en",), draft=True)
    assert b"Version 4.0 is a draft. It has not been announced and may change." in files["en.txt"]


def test_a_notice_says_nothing_in_another_language(root: Path) -> None:
    swap(KO, '\nmsgid "The law asks for it."\nmsgstr "법률의 개정에 따른 것입니다."\n', "")(root)
    with pytest.raises(PolicysiteError) as caught:
        write(root)
    (problem,) = caught.value.problems
    assert "“The law asks for it.” is not translated into 'ko'" in problem.message
    assert problem.line == 7


@pytest.mark.thorough
def test_without_an_address_a_template_without_links_will_do(root: Path) -> None:
    swap("conf.py", CONF, "")(root)
    (root / "_templates").mkdir()
    (root / "_templates" / "notice.md").write_text("{{ policy }}\n\n{{ note }}\n", "utf-8")
    files = write(root)
    assert files["en.txt"] == b"Requests are answered by e-mail within 7 business days.\n"


@pytest.mark.thorough
def test_a_table_that_is_too_large_for_a_mail_is_linked_to(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_mail, "LARGEST", 8_000)
    request = NoticeRequest("privacy", "3.2", languages=("ko",))
    written = write_notice(root, SAMPLE_DAY, request, root.parent / "out")
    assert any("would make the mail larger" in note for note in written.notes)
    files = {path.suffix: path.read_bytes() for path in written.files}
    _, plain, page = message(files[".eml"])
    assert not page.xpath("//table[thead]")
    link = f"{ADDRESS}/ko/privacy/compare/3.1/3.2.html"
    assert f"다음 주소에서 볼 수 있습니다. {link}" in plain
    assert page.xpath(f"count(//a[@href='{link}'])") == 2
    # The others have it.
    assert "<신  설>".encode() in files[".txt"]
    assert len(files[".html"]) < 8_000
