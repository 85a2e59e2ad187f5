"""What is said beside a text, in plain words or as a label, is on its page and said to be no part of it; nothing else has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polib
import pytest
from support import DAY, SAMPLE_DAY, build_site, copy_sample, page, swap, text, write_files

from policysite.authoring.record import freeze
from policysite.authoring.update_translations import update_catalogs
from policysite.checks.check_project import check_project
from policysite.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import lxml.html

SUMMARY = "We need an e-mail address and a password."
SUMMARY_KO = "이메일 주소와 비밀번호가 필요합니다."
LINE = "Two contractors, for servers and e-mail"
LINE_KO = "서버와 이메일을 맡은 수탁자 두 곳"
SAYS_SO = {
    "en": (
        "In plain words – not part of the policy",
        "At a glance – not part of the policy",
        "Label, not part of the policy: Data processed Purposes",
    ),
    "ko": (
        "쉬운 설명 – 이 처리방침의 일부가 아닙니다",
        "한눈에 보기 – 이 처리방침의 일부가 아닙니다",
        "표시(이 처리방침의 일부가 아닙니다): 처리 항목 처리 목적",
    ),
}
FRONT = "---\nversion: '1.0'\neffective: 2024-01-01\n{}---\n\n# Terms\n\n{}"
IN_PLACE = "## Article 1 (A)\n\n```{summary}\nIn short.\n```\n\nText.\n"


def element(document: lxml.html.HtmlElement, name: str) -> lxml.html.HtmlElement:
    (found,) = document.find_class(name)
    return found


def articles_of(elements: list[lxml.html.HtmlElement]) -> list[str]:
    return [section.get("id", "") for e in elements for section in e.xpath("..")]


@pytest.mark.parametrize("name", ["3.1", "3.2", "index"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_page_says_that_it_is_no_part_of_the_policy(
    sample_site: Path, language: str, name: str
) -> None:
    document = page(sample_site / language / "privacy" / f"{name}.html")
    summary, head, marks = SAYS_SO[language]
    notes = document.find_class("plain-words")
    assert articles_of(notes) == ["art-2", "art-4", "art-6", "art-7"]
    for note in notes:
        assert (note.tag, note.get("role")) == ("aside", "note")
        assert text(note[0]) == summary
    assert text(notes[0][1]).startswith(SUMMARY if language == "en" else SUMMARY_KO)
    labels = element(document, "policy-labels")
    assert labels in document.get_element_by_id("top")
    assert text(document.get_element_by_id(labels.get("aria-labelledby", ""))) == head
    tiles = {link.get("href", ""): text(link) for link in labels.iter("a")}
    assert [*tiles] == ["#art-2", "#art-4", "#art-5", "#art-6", "#art-9"]
    line, cited = (LINE, "Article 6") if language == "en" else (LINE_KO, "제6조")
    assert tiles["#art-6"].endswith(f" {line} {cited}")
    assert text(element(document.get_element_by_id("art-2"), "label-marks")) == marks
    marked = articles_of(document.find_class("label-marks"))
    assert marked == [address[1:] for address in tiles]
    drawn = {symbol.get("id") for symbol in document.iter("symbol")}
    assert {use.get("href", "")[1:] for use in labels.iter("use")} <= drawn
    assert "icon-label-transfer-abroad" not in drawn


def test_nothing_else_on_the_site_has_it(sample_site: Path) -> None:
    pages = {
        f"{language}/privacy/{name}"
        for language in ("en", "ko")
        for name in ("3.1.html", "3.2.html", "index.html")
    }
    for words in (SUMMARY, SUMMARY_KO, LINE, LINE_KO):
        found = {
            path.relative_to(sample_site).as_posix()
            for path in sample_site.rglob("*")
            if path.is_file() and words.encode() in path.read_bytes()
        }
        assert found == {name for name in pages if name.startswith("ko") != words.isascii()}


@pytest.mark.thorough
def test_a_frozen_version_gets_and_loses_it_and_its_words_stay(
    sample_site: Path, tmp_path: Path
) -> None:
    """Its ledger is that from before: a build that found other words would fail."""
    root = copy_sample(tmp_path / "site")
    path = root / "docs/privacy/3.1.md"
    before, _, after = path.read_text("utf-8").partition("labels:\n")
    without = before + after[after.index("---\n") :]
    while "```{summary}" in without:
        front, _, rest = without.partition("```{summary}\n")
        without = front + rest.partition("```\n\n")[2]
    path.write_text(without, "utf-8")
    swap("docs/privacy/3.0.md", "---\n\n# ", "labels:\n  items: art-2 | The address\n---\n\n# ")(
        root
    )
    heading = "## Article 1 (Purpose)\n\n"
    swap("docs/privacy/3.0.md", heading, f"{heading}```{{summary}}\nIn short.\n```\n\n")(root)
    update_catalogs(root, SAMPLE_DAY, published=True)
    translate(
        root / "locales/ko/LC_MESSAGES/privacy/3.0.po", {"In short.": "요약", "The address": "주소"}
    )
    build_site(root, SAMPLE_DAY)
    site = root / "_build/html"
    for language in ("en", "ko"):
        assert not page(site / language / "privacy/3.1.html").find_class("plain-words")
        assert page(site / language / "privacy/3.0.html").find_class("plain-words")
        for name in ("3.0.json", "3.1.json", "parallel/3.1.html", "compare/3.0/3.1.html"):
            found = [folder / language / "privacy" / name for folder in (site, sample_site)]
            assert len({path.read_bytes() for path in found if path.exists()}) <= 1, name


def translate(path: Path, words: dict[str, str]) -> None:
    catalog = polib.pofile(str(path), wrapwidth=0)
    for entry in catalog:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    catalog.save()


@pytest.mark.thorough
def test_one_that_is_not_translated_says_so(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "site", versions=("3.2",), frozen=False)
    swap("docs/privacy/3.2.md", "effective", "draft: true\neffective")(root)
    catalog = root / "locales/ko/LC_MESSAGES/privacy/3.2.po"
    long = next(e.msgid for e in polib.pofile(str(catalog)) if e.msgid.startswith(SUMMARY))
    translate(catalog, {long: "", LINE: ""})
    build_site(root, {**SAMPLE_DAY, "POLICYSITE_DRAFTS": "1"})
    document = page(root / "_build/html/ko/privacy/3.2.html")
    words = document.find_class("plain-words")[0][1]
    assert (words.get("lang"), text(element(words, "fallback-note"))) == ("en", "번역되지 않음")
    (line,) = (e for e in element(document, "policy-labels").iter("span") if e.text == LINE)
    assert line.get("lang") == "en"
    assert element(document, "policy-labels").xpath("count(.//span[@lang])") == 1


PLACES = {
    "```{summary}\nx\n```\n\n## Article 1 (A)\n\nText.\n": (8, "Found a summary outside of an article"),
    "## Article 1 (A)\n\nText.\n\n```{summary}\nx\n```\n": (12, "Found a summary in the middle"),
    "## Article 1 (A)\n\n① One.\n\n```{summary}\nx\n```\n\n② Two.\n": (12, "Found a summary in the middle"),
    "## Article 1 (A)\n\n- One.\n\n  ```{summary}\n  x\n  ```\n": (12, "Found a summary outside of an article"),
    IN_PLACE.replace("Text", "```{summary}\nx\n```\n\nText"): (14, "Found a second summary"),
    IN_PLACE.replace("In short.", "x" * 601): (10, "Found a summary of 601 characters; expected at most 600."),
    IN_PLACE.replace("In short.", ""): (10, "Found no words in the directive 'summary'"),
    IN_PLACE.replace("In short.", "See [here](https://example.org)."): (10, "Found a summary with markup"),
    IN_PLACE.replace("In short.", "*In* short."): (10, "Found a summary with markup"),
    IN_PLACE.replace("In short.", "# In short"): (10, "Found a summary with markup"),
    IN_PLACE.replace("In short.", "- In short"): (10, "Found a summary with markup"),
    IN_PLACE.replace("In short.", "<b>x</b>"): (10, "Found a summary with markup"),
    IN_PLACE.replace("In short.", "One.\n\nTwo."): (10, "Found a summary with markup, or of several"),
    IN_PLACE.replace("{summary}", "{summary} x"): (10, "Found words behind the name"),
    IN_PLACE.replace("In short.", ":class: x\n\nIn"): (10, "Found an option of the directive"),
}  # fmt: skip


def problems(root: Path) -> list[tuple[str, int, str, str]]:
    found = check_project(root, DAY).found.problems
    return [(p.path, p.line, p.code.value, f"{p.message} {p.remedy}") for p in found]


@pytest.mark.parametrize("body", PLACES)
def test_a_summary_that_is_none_or_out_of_place_is_refused_at_its_line(
    tmp_path: Path, body: str
) -> None:
    root = write_files(tmp_path, {"terms/1.0.md": FRONT.format("", body)})
    line, message = PLACES[body]
    found = [p for p in problems(root) if p[2] == "summary"]
    assert found[0][:2] == ("docs/terms/1.0.md", line)
    assert found[0][3].startswith(message)
    assert "rite" in found[0][3] or "Remove the line" in found[0][3] or "Shorten" in found[0][3]


def test_a_summary_in_a_document_without_articles_is_refused(tmp_path: Path) -> None:
    root = write_files(tmp_path, {"terms/1.0.md": FRONT.format("", IN_PLACE)})
    swap("docs/index.md", "# Test policies\n", "# Test policies\n\n```{summary}\nx\n```\n")(root)
    assert problems(root) == [
        (
            "docs/index.md",
            3,
            "summary",
            "Found a summary in a document that has no articles. Remove it, or write it as text.",
        )
    ]


LABELS = {
    "  cookies: art-1 | One": "Found the unknown label 'cookies'; known are 'items', 'purposes', 'period', 'third-parties', "
    "'processors', 'transfer-abroad', 'contact'.",
    "  items: art-1": "Found items: art-1; expected a provision id, '|', and one line.",
    "  items: art-1 |": "Found items: art-1 |; expected a provision id, '|', and one line.",
    "  items:": "Found items: (nothing); expected a provision id, '|', and one line.",
    "  items: Art 1 | One": "Found items: Art 1 | One; expected a provision id, '|', and one line.",
    "  items: x--y | One": "Found 'x--y', which is not a provision id.",
    "  items: art-1 | *One*": "Found items with markup; expected plain words.",
    f"  items: art-1 | {'x' * 91}": "Found items with a line of 91 characters; expected at most 90.",
    "  items: art-9 | One": "Found the label 'items' of 'art-9', which is no heading of the text.",
    "  items: art-1-para-1 | One": "Found the label 'items' of 'art-1-para-1', which is no heading of the text.",
}  # fmt: skip


@pytest.mark.parametrize("line", LABELS)
def test_a_label_that_is_none_is_refused_at_its_line(tmp_path: Path, line: str) -> None:
    root = write_files(tmp_path, {"terms/1.0.md": FRONT.format(f"labels:\n{line}\n", IN_PLACE)})
    ((path, number, code, said),) = problems(root)
    assert (path, number, code) == ("docs/terms/1.0.md", 5, "register-field")
    assert said.startswith(LABELS[line])
    assert " Write " in said


@pytest.mark.parametrize(
    ("labels", "line", "said"),
    [
        ("labels:\n  items: art-1 | A\n  items: art-1 | B\n", 6, "Found 'items' twice."),
        ("labels: art-1 | A\n", 4, "Found labels: art-1 | A; expected a mapping."),
    ],
)
def test_labels_are_each_said_once(tmp_path: Path, labels: str, line: int, said: str) -> None:
    root = write_files(tmp_path, {"terms/1.0.md": FRONT.format(labels, IN_PLACE)})
    ((path, number, _, message),) = problems(root)
    assert (path, number) == ("docs/terms/1.0.md", line)
    assert message.startswith(said)


def test_a_page_without_them_loads_nothing_for_them(sample_site: Path) -> None:
    for name, count in (("3.0", 1), ("3.1", 2)):
        document = page(sample_site / "en/privacy" / f"{name}.html")
        styles = [
            link.get("href", "")
            for link in document.iter("link")
            if link.get("rel") == "stylesheet"
        ]
        assert len(styles) == count
    assert "plain-words" in styles[1]


WAYS = {
    "words in a note that is none": ('<section id="art-1">', '<section id="art-1"><aside class="plain-words" role="note"><p>Void.</p></aside>'),
    "another frame": (SAYS_SO["en"][0], "Article 2 now says"),
    "no frame": (f'<p class="plain-words-name">{SAYS_SO["en"][0]}</p>', ""),
    "a label as the frame": (SAYS_SO["en"][0], "Data processed"),
    "a frame of a label": (SAYS_SO["en"][1], "Article 2"),
    "a link": (SUMMARY, f'<a href="3.0.html">{SUMMARY}</a>'),
    "a hidden frame": ('class="plain-words-name">', 'class="plain-words-name" hidden>'),
    "a class of another": ('class="plain-words-name">', 'class="plain-words-name sr-only">'),
    "a second paragraph": (f"<p>{SUMMARY}", f"<p>Void.</p><p>{SUMMARY}"),
    "a long one": (SUMMARY, "Void. " * 300),
    "behind the text": ('<p>The Company collects the following personal', '<p>The Company collects</p><aside class="plain-words" role="note"><p class="plain-words-name">'
    + SAYS_SO["en"][0] + '</p><p>x</p></aside><p>The Company collects the following personal'),
    "another article": ('<a href="#art-4"><svg', '<a href="#art-5"><svg'),
    "another name of it": ("<small>Article 4</small>", "<small>Article 5</small>"),
    "another word": ("<strong>Third parties</strong>", "<strong>Nobody else</strong>"),
    "another drawing": ('<a href="#art-5"><svg aria-hidden="true"><use href="#icon-label-third-parties">', '<a href="#art-5"><svg aria-hidden="true"><use href="#icon-label-contact">'),
    "a mark elsewhere": ("Article 8 (Children)</h2>", 'Article 8 (Children)</h2><p class="label-marks" role="note"><span class="sr-only">Label, not part of the policy:</span> <span><svg aria-hidden="true"><use href="#icon-label-contact"></use></svg>Complaints</span></p>'),
    "a tile more": ("</a></li>\n</ul>", '</a></li><li><a href="#art-1">Void.</a></li>\n</ul>'),
    "words among the tiles": ("</a></li>\n</ul>", "</a></li>Void.\n</ul>"),
    "another style sheet": ("plain-words.", "other."),
}  # fmt: skip


@pytest.fixture(scope="module")
def of_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of version 3.1 alone, frozen; tests leave it as it is."""
    root = copy_sample(tmp_path_factory.mktemp("verify"), frozen=False, versions=("3.1",))
    freeze(root, SAMPLE_DAY, "privacy", "3.1")
    return build_site(root, SAMPLE_DAY).output


def said_by_verify(site: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main(
        ["verify", str(site), "--attest", "words", "--day", SAMPLE_DAY["POLICYSITE_DATE"]]
    )
    return status, capsys.readouterr().out


def test_what_is_beside_a_text_is_said_not_to_be_attested(
    of_words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = said_by_verify(of_words, capsys)
    assert status == 0
    assert (
        "not attested: what is said beside the texts, and is no part of them (16 summaries, 24 labels on all pages)\n"
        in said
    )


@pytest.mark.one_in(6)
@pytest.mark.parametrize("way", WAYS)
def test_other_words_cannot_pass_for_it(
    of_words: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    path = of_words / "en/privacy/3.1.html"
    genuine = path.read_text("utf-8")
    old, new = WAYS[way]
    assert old in genuine
    try:
        path.write_text(genuine.replace(old, new, 1), "utf-8")
        status, said = said_by_verify(of_words, capsys)
    finally:
        path.write_text(genuine, "utf-8")
    assert status == 1
    assert "\nen/privacy/3.1.html: [" in said


def test_programs_get_no_word_of_it(sample_site: Path) -> None:
    data = json.loads((sample_site / "en/privacy/3.1.json").read_text("utf-8"))
    assert {name for p in data["provisions"] for name in p} <= {
        *("id", "in", "paragraph", "mark", "citation", "heading", "title"),
        *("text", "after", "omitted", "links", "foreign"),
    }
