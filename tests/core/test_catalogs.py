from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib
import pytest
from one_process import sphinx_alone

from policysite.base.problems import Code, Problem
from policysite.catalogs.catalog_files import catalog_file
from policysite.catalogs.check_catalogs import check_catalogs
from policysite.catalogs.translations import Translations
from policysite.markdown.message_markup import why_dropped

if TYPE_CHECKING:
    from pathlib import Path


HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
"""The first message after it is at line 5."""
DOMAIN = "privacy/1.6"
FILE = "locales/ko/LC_MESSAGES/privacy/1.6.po"


def message(msgid: str, msgstr: str) -> str:
    """Return an entry of a catalog, three lines with the empty one after it."""
    return f'msgid "{polib.escape(msgid)}"\nmsgstr "{polib.escape(msgstr)}"\n\n'


@dataclass(frozen=True)
class Locales:
    """The Korean catalogs of a project."""

    root: Path

    def write(self, content: str | bytes, domain: str = DOMAIN) -> None:
        path = catalog_file(self.root / "locales", "ko", domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def check(self, *complete: str, unfinished: tuple[str, ...] = ()) -> list[Problem]:
        """Check all catalogs; those of *complete* must be there and have no gap."""
        needed = {**dict.fromkeys(complete, True), **dict.fromkeys(unfinished, False)}
        translations = Translations(self.root, self.root / "locales", "ko", "en")
        return sorted(check_catalogs(translations, needed).problems)

    def check_content(self, content: str | bytes) -> list[Problem]:
        """Check one catalog that must be complete."""
        self.write(content)
        return self.check(DOMAIN)

    def check_message(self, msgid: str, msgstr: str, domain: str = DOMAIN) -> list[Problem]:
        self.write(HEADER + message(msgid, msgstr), domain)
        return self.check(domain)


@pytest.fixture
def locales(tmp_path: Path) -> Locales:
    return Locales(tmp_path)


def test_a_catalog_in_order(locales: Locales) -> None:
    content = (
        "# Korean translation.\n"
        + HEADER
        + message("Article 1 (Purpose)", "제1조(목적)")
        + message('The "company"', "“회사”는")
        + '#~ msgid "Gone"\n#~ msgstr "1. 없어진 문장"\n'
    )
    for form in (content, content.replace("\n", "\r\n"), f"\ufeff{content}"):
        assert locales.check_content(form) == []


def test_where_a_catalog_stands(tmp_path: Path) -> None:
    found = catalog_file(tmp_path, "ko", "privacy/1.6")
    assert found == tmp_path / "ko" / "LC_MESSAGES" / "privacy" / "1.6.po"


def test_all_problems_of_all_catalogs_are_reported_at_once(locales: Locales) -> None:
    locales.write(HEADER + message("One", "하나") + message("One", "1. 하나"), "index")
    locales.write(
        HEADER + message("Two", "") + message("See [the law](https://law.go.kr).", "법률 참조")
    )
    locales.write(HEADER + message("Page %(n)s", "쪽"), "sphinx")
    locales.write(HEADER + "<<<<<<< HEAD\n", "privacy/1.5")
    problems = locales.check("index", DOMAIN, "sphinx", "privacy/1.5", "privacy/1.4")
    folder = "locales/ko/LC_MESSAGES"
    assert [str(problem) for problem in problems] == [
        f"{folder}/index.po:8: [catalog-dropped] “One”: The translation is read as a numbered "
        "list, so Sphinx would not publish all of it. "
        "Remove '1.' from its beginning: the site prints the mark of the source.",
        f"{folder}/index.po:8: [catalog-duplicate] “One”: The msgid is duplicated; it is at line 5 too. "
        "Keep one of the two entries.",
        f"{folder}/privacy/1.4.po: [catalog-incomplete] The catalog is missing, and privacy/1.4 "
        "is published, so it must be translated. Run 'policysite update-po' and translate its messages.",
        f"{folder}/privacy/1.5.po:5: [catalog-syntax] Found “<<<<<<< HEAD”, which is not a part of a "
        "catalog. git left a conflict here: keep one of the two, and remove the three marker lines.",
        f"{folder}/privacy/1.6.po:5: [catalog-incomplete] “Two”: The message is untranslated. "
        "Translate it: this text is published.",
        f"{folder}/privacy/1.6.po:8: [catalog-link] “See [the law](https://law.go.kr).”: Found "
        "nothing where the msgid has 'link to https://law.go.kr'. "
        "Link to the same addresses as the msgid.",
        f"{folder}/sphinx.po:5: [catalog-placeholder] “Page %(n)s”: Found none; expected "
        "'%(n)s'. Use the same ones as the msgid.",
    ]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("<<<<<<< HEAD", "git left a conflict here"),
        ("msgstr “나”", "Write straight quotes"),
        (
            'msgstr "1\\. 나"',
            "Found a single backslash before '.'; in the file it is written twice.",
        ),
        ('msgstr "나', "a missing quote"),
    ],
)
def test_a_broken_line_is_told_by_its_likeliest_cause(
    locales: Locales, line: str, remedy: str
) -> None:
    (problem,) = locales.check_content(f'{HEADER}msgid "B"\n{line}\n')
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("msgid", "msgstr", "remedy"),
    [
        ("Purpose", "5. 목적", "Remove '5.' from its beginning"),
        ("Purpose", "- 목적", "Remove '-' from its beginning"),
        ("5. Purpose", "5. 목적", "put a backslash before a sign"),
        ("January 1, 2026", "2026. 1. 1.", "put a backslash before a sign"),
    ],
)
def test_what_would_be_dropped_is_told_how_to_stay(
    locales: Locales, msgid: str, msgstr: str, remedy: str
) -> None:
    (problem,) = locales.check_message(msgid, msgstr)
    assert problem.code is Code.CATALOG_DROPPED
    assert remedy in problem.remedy


@pytest.mark.parametrize("msgstr", ["동의 withdrawal 요구", "Withdrawal of consent"])
def test_words_of_the_source_that_were_left(locales: Locales, msgstr: str) -> None:
    (problem,) = locales.check_message("Withdrawal of consent withdrawal", msgstr)
    assert problem.code is Code.CATALOG_UNTRANSLATED


def test_what_is_left_to_do_is_counted(locales: Locales) -> None:
    entries = "#, fuzzy\n" + message("A", "가") + message("B", "") + message("C", "다")
    locales.write(HEADER + entries)
    translations = Translations(locales.root, locales.root / "locales", "ko", "en")
    report = check_catalogs(translations, {DOMAIN: False})
    assert (report.problems, report.fuzzy, report.empty) == ((), 1, 1)


def test_a_long_msgid_is_cut_in_messages(locales: Locales) -> None:
    (problem,) = locales.check_message("The company " * 20, "1. 회사")
    assert problem.message.startswith(f"“{('The company ' * 20)[:57]}…”: The translation")


# The file ------------------------------------------------------------------------------------------

GOOD = HEADER + message("A", "가")
"""Seven lines: what comes after it is at line 8."""


@pytest.mark.parametrize(
    ("broken", "line", "found"),
    [
        (
            '<<<<<<< HEAD\nmsgid "B"\nmsgstr "나"\n=======\nmsgid "C"\nmsgstr "다"\n>>>>>>> x\n',
            8,
            "'<<<<<<< HEAD'",
        ),
        (
            'msgid "B"\n<<<<<<< HEAD\nmsgstr "나"\n=======\nmsgstr "다"\n>>>>>>> x\n',
            9,
            "'<<<<<<< HEAD'",
        ),
        ('msgid "B"\nmsgstr "나"\n=======\n', 10, "'======='"),
        ('msgid "B"\nmsgstr "이른바 "쿠키"를"\n', 9, """'msgstr "이른바 "쿠키"를"'"""),
        ('msgid "B"\nmsgstr "쿠키""\n', 9, """'msgstr "쿠키""'"""),
        ('msgid "B"\nmsgstr "나"\nmsgstr "다"\n', 10, """'msgstr "다"'"""),
        ('msgid "B"\n\nmsgid "C"\nmsgstr "다"\n', 10, """'msgid "C"'"""),
        ("Translated by hand.\n", 8, "'Translated by hand.'"),
    ],
)
def test_a_line_that_is_no_part_of_a_catalog(
    locales: Locales, broken: str, line: int, found: str
) -> None:
    (problem,) = locales.check_content(GOOD + broken)
    assert (problem.path, problem.line, problem.code) == (FILE, line, Code.CATALOG_SYNTAX)
    assert problem.message == f"Found “{found[1:-1]}”, which is not a part of a catalog."


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('msgid "B"\nmsgstr "회사는 처리합니다.\n', 9),
        ('msgid "B"\nmsgstr 회사는 처리합니다."\n', 9),
        ('msgid "B"\nmsgstr 회사는 처리합니다.\n', 9),
        ('msgid "B"\nmsgstr “회사는 처리합니다.”\n', 9),
        ('msgid “B”\nmsgstr "회사는 처리합니다."\n', 8),
        ('msgid "B"\nmsgstr ""\n"회사는 \n"처리합니다."\n', 10),
        ('msgid "B"\nmsgstr "회사는 처리합니다.\\"\n', 9),
    ],
)
def test_a_quote_that_is_missing_cuts_no_text(locales: Locales, broken: str, line: int) -> None:
    (problem,) = locales.check_content(GOOD + broken)
    assert (problem.line, problem.code) == (line, Code.CATALOG_SYNTAX)


@pytest.mark.parametrize(
    "entry",
    [
        # Sphinx reads the second line of each; a reader of obsolete entries sees none of it.
        '#~ msgid "B"\nmsgstr "1. <b>나</b>"\n',
        'msgid "B"\n#~ msgstr "1. <b>나</b>"\n',
        # Sphinx publishes the first form of a plural.
        'msgid "B"\nmsgid_plural "Bs"\nmsgstr[0] "{download}`/etc/passwd`"\n',
        'msgid "B"\nmsgstr[0] "{download}`/etc/passwd`"\n',
    ],
    ids=["obsolete-msgid", "obsolete-msgstr", "plural", "plural-form-only"],
)
def test_no_entry_gets_past_the_check(locales: Locales, entry: str) -> None:
    locales.write(GOOD + entry)
    assert locales.check(unfinished=(DOMAIN,))
    assert locales.check(DOMAIN)


def test_nothing_that_a_catalog_names_is_opened(locales: Locales) -> None:
    locales.write(GOOD, "index")
    other = catalog_file(locales.root / "locales", "ko", "index")
    (problem,) = locales.check_content(str(other))
    assert (problem.path, problem.line, problem.code) == (FILE, 1, Code.CATALOG_SYNTAX)


@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [
        (GOOD.encode() + 'msgid "B"\nmsgstr "caf\u00e9"\n'.encode("latin-1"), 9, "0xe9"),
        (GOOD.encode() + 'msgid "B"\nmsgstr "나"\n'.encode("cp949"), 9, "0xb3"),
        (GOOD.encode("utf-16"), 1, "0xff"),
    ],
    ids=["latin-1", "cp949", "utf-16"],
)
def test_bytes_that_are_not_utf_8(locales: Locales, content: bytes, line: int, byte: str) -> None:
    assert [str(problem) for problem in locales.check_content(content)] == [
        f"{FILE}:{line}: [catalog-encoding] Found the byte {byte}, which is not UTF-8. "
        "Save the file as UTF-8."
    ]


@pytest.mark.parametrize("charset", ["EUC-KR", "CHARSET", "utf-7", "utf-8-sig"])
def test_a_header_that_names_another_encoding(locales: Locales, charset: str) -> None:
    (problem,) = locales.check_content(GOOD.replace("UTF-8", charset))
    assert (problem.path, problem.code) == (FILE, Code.CATALOG_ENCODING)
    assert problem.message == f"The header names the encoding {charset}; expected UTF-8."


@pytest.mark.parametrize(
    "content",
    ["", message("A", "가"), 'msgid ""\nmsgstr ""\n"Language: ko\\n"\n'],
    ids=["empty", "no-header", "no-content-type"],
)
def test_a_header_that_names_no_encoding(locales: Locales, content: str) -> None:
    (problem,) = locales.check_content(content)
    assert problem.message == "The header names the encoding (none); expected UTF-8."


@pytest.mark.parametrize(
    "content",
    [
        GOOD + message("A", "나"),
        GOOD + message("A", "가"),
        GOOD + "#, fuzzy\n" + message("A", "나"),
    ],
    ids=["another", "the-same", "fuzzy"],
)
def test_the_same_msgid_twice(locales: Locales, content: str) -> None:
    locales.write(content)
    (problem,) = locales.check(unfinished=(DOMAIN,))
    assert problem.code is Code.CATALOG_DUPLICATE
    assert problem.message == "“A”: The msgid is duplicated; it is at line 5 too."


def test_an_obsolete_entry_is_no_duplicate(locales: Locales) -> None:
    assert locales.check_content(GOOD + '#~ msgid "A"\n#~ msgstr "나"\n') == []


# What must be complete -----------------------------------------------------------------------------

FUZZY = "“A”: The message is fuzzy, so its translation would not be published."
EMPTY = "“A”: The message is untranslated."


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("#, fuzzy\n" + message("A", "가"), FUZZY),
        ("#, python-format, fuzzy\n" + message("A", "가"), FUZZY),
        ('#, fuzzy\n#| msgid "a"\n' + message("A", "가"), FUZZY),
        (message("A", ""), EMPTY),
    ],
)
def test_gaps_are_refused_only_where_the_translation_must_be_complete(
    locales: Locales, entry: str, expected: str
) -> None:
    (problem,) = locales.check_content(HEADER + entry)
    assert (problem.code, problem.message) == (Code.CATALOG_INCOMPLETE, expected)
    assert locales.check(unfinished=(DOMAIN,)) == []


def test_a_missing_catalog_is_refused_only_where_it_must_be_complete(locales: Locales) -> None:
    (problem,) = locales.check(DOMAIN)
    assert (problem.path, problem.line, problem.code) == (FILE, 0, Code.CATALOG_INCOMPLETE)
    assert locales.check(unfinished=(DOMAIN,)) == []


def test_a_message_that_would_be_dropped_is_refused_everywhere(locales: Locales) -> None:
    locales.write(HEADER + message("A", "1. 가"))
    # The site may not need the catalog at all, and a translator may still be at work.
    for problems in (locales.check(), locales.check(unfinished=(DOMAIN,))):
        assert [problem.code for problem in problems] == [Code.CATALOG_DROPPED]


def test_a_fuzzy_message_is_not_checked_further(locales: Locales) -> None:
    locales.write(HEADER + "#, fuzzy\n" + message("A", "1. <b>가</b>"))
    assert locales.check(unfinished=(DOMAIN,)) == []


# What Sphinx would drop ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("msgstr", "reason"),
    [
        ("1. 목적", "is read as a numbered list"),
        ("5) 목적", "is read as a numbered list"),
        ("1.", "is read as a numbered list"),
        ("2026. 1. 1.", "is read as a numbered list"),
        ("이용자\n1. 목적", "is read as a numbered list"),
        ("- 목적", "is read as a list"),
        ("* 목적", "is read as a list"),
        ("+ 목적", "is read as a list"),
        ("이용자\n- 목적", "is read as a list"),
        ("# 목적", "is read as a heading"),
        ("### 목적", "is read as a heading"),
        ("목적\n===", "is read as a heading"),
        ("목적\n---", "is read as a heading"),
        ("> 목적", "is read as a quotation"),
        ("    목적", "is read as an indented block"),
        ("\t목적", "is read as an indented block"),
        ("목적\n\n이용자", "is 2 paragraphs"),
        ("목적\n\n이용자\n\n회사", "is 3 paragraphs"),
        ("목적 # noqa", "ends with '# noqa', which is removed"),
        ("목적 #noqa ", "ends with '# noqa', which is removed"),
        ("```\n목적\n```", "is read as a directive or code block"),
        ("```{include} /etc/passwd\n```", "is read as a directive or code block"),
        ("~~~\n목적\n~~~", "is read as a directive or code block"),
        ("***", "is read as a rule"),
        ("<div>목적</div>", "is read as HTML"),
        ("<script>alert(1)</script>", "is read as HTML"),
        ("<!-- 목적 -->", "is read as HTML"),
        ("{#art-9}\n목적", "begins with a line of attributes"),
        ("% 목적", "is read as something other than a paragraph"),
        ("목적\n% 이용자", "is read as something other than a paragraph"),
        ("+++", "is read as something other than a paragraph"),
        ("+++ 목적", "is read as something other than a paragraph"),
        ("(target)=", "is read as something other than a paragraph"),
        ("(target)=\n목적", "is read as something other than a paragraph"),
        ("[목적]: https://example.com", "is read as something other than a paragraph"),
        ("[^1]: 목적", "is read as something other than a paragraph"),
        ("---\ntitle: 목적\n---\n목적", "is read as something other than a paragraph"),
        ("| 가 | 나 |\n|---|---|\n| 다 | 라 |", "is read as something other than a paragraph"),
    ],
)
def test_what_sphinx_would_drop(locales: Locales, msgstr: str, reason: str) -> None:
    (problem,) = locales.check_message("Purpose", msgstr)
    codes = {
        "is read as a directive or code block": Code.CATALOG_DIRECTIVE,
        "is read as an indented block": Code.CATALOG_DIRECTIVE,
        "is read as HTML": Code.CATALOG_HTML,
    }
    assert (problem.line, problem.code) == (5, codes.get(reason, Code.CATALOG_DROPPED))
    assert problem.message == (
        f"“Purpose”: The translation {reason}, so Sphinx would not publish all of it."
    )


PUBLISHED = [
    ("목적", "목적"),
    ("1\\. 목적", "1. 목적"),
    ("5\\) 목적", "5) 목적"),
    ("2026\\. 1. 1.", "2026. 1. 1."),
    ("\\- 목적", "- 목적"),
    ("\\* 목적", "* 목적"),
    ("\\+ 목적", "+ 목적"),
    ("\\# 목적", "# 목적"),
    ("\\> 목적", "> 목적"),
    ("목적 \\# noqa", "목적 # noqa"),
    ("\\% 목적", "% 목적"),
    ("\\+++", "+++"),
    ("\\(target)=", "(target)="),
    ("\\[목적]: https://example.com", "[목적]: https://example.com"),
    # What looks like a mark and is not one.
    ("1.목적", "1.목적"),
    ("#목적", "#목적"),
    ("100% 환급", "100% 환급"),
    ("2026년 1월 1일", "2026년 1월 1일"),
    ("제1조(목적)", "제1조(목적)"),
    ("① 목적", "① 목적"),
    ("가. 목적", "가. 목적"),
    ("(1) 목적", "(1) 목적"),
    ("이용자\n2. 목적", "이용자 2. 목적"),
    ("만 14세 미만 < 성인", "만 14세 미만 < 성인"),
    ("&lt;목적&gt;", "<목적>"),
    ("C\\+\\+", "C++"),
]


@pytest.mark.parametrize("msgstr", [msgstr for msgstr, _ in PUBLISHED])
def test_what_sphinx_would_publish(msgstr: str) -> None:
    assert why_dropped(msgstr) is None


def test_sphinx_publishes_what_the_check_lets_through(tmp_path: Path) -> None:
    msgids = [f"Sentence {number}" for number in range(len(PUBLISHED))]
    Locales(tmp_path).write(
        HEADER + "".join(map(message, msgids, (msgstr for msgstr, _ in PUBLISHED))), "index"
    )
    (tmp_path / "index.md").write_text("\n\n".join(["# Title", *msgids]), encoding="utf-8")
    (tmp_path / "conf.py").write_text(
        'extensions = ["myst_parser"]\n'
        'myst_enable_extensions = ["attrs_block"]\n'
        'myst_disable_syntax = ["html_block", "html_inline"]\n'
        "smartquotes = False\n"
        'language = "ko"\n'
        'locale_dirs = ["locales"]\n',
        encoding="utf-8",
    )
    code, _ = sphinx_alone(tmp_path, "-b", "text", ".", "out")
    assert code == 0
    text = (tmp_path / "out" / "index.txt").read_text(encoding="utf-8")
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    assert paragraphs[1:] == [published for _, published in PUBLISHED]


# Markup --------------------------------------------------------------------------------------------

LINK = "See [the law](https://law.go.kr)."
ROLES = "See {art}`art-9` and {ref}`contact`."


@pytest.mark.parametrize(
    ("code", "msgid", "msgstr", "found", "expected"),
    [
        (Code.CATALOG_HTML, "A", "<b>가</b>", "'</b>', '<b>'", "nothing"),
        (Code.CATALOG_HTML, "A", "가 <br>", "'<br>'", "nothing"),
        (
            Code.CATALOG_HTML,
            "A",
            "가 <script>alert(1)</script>",
            "'</script>', '<script>'",
            "nothing",
        ),
        (Code.CATALOG_HTML, "A", "가 <img src=x onerror=y>", "'<img src=x onerror=y>'", "nothing"),
        (Code.CATALOG_HTML, "A", "가 <!-- 나 -->", "'<!-- 나 -->'", "nothing"),
        (Code.CATALOG_PATH, "A", "{download}`/etc/passwd`", "'{download}`/etc/passwd`'", "nothing"),
        (Code.CATALOG_MARKUP, "A", "{ref}`contact`", "'{ref}`contact`'", "nothing"),
        (Code.CATALOG_MARKUP, "A", "{eval-rst}`x`", "'{eval-rst}`x`'", "nothing"),
        (Code.CATALOG_PATH, "A", "![가](/etc/passwd)", "'image /etc/passwd'", "nothing"),
        (
            Code.CATALOG_LINK,
            "A",
            "[가](https://evil.example)",
            "'link to https://evil.example'",
            "nothing",
        ),
        (Code.CATALOG_PATH, "A", "[가](../../conf.py)", "'link to ../../conf.py'", "nothing"),
        (
            Code.CATALOG_LINK,
            "A",
            "<https://evil.example>",
            "'link to https://evil.example'",
            "nothing",
        ),
        (Code.CATALOG_LINK, "A", "<a@evil.example>", "'link to mailto:a@evil.example'", "nothing"),
        (Code.CATALOG_MARKUP, "A", "`가`", "'`가`'", "nothing"),
        (Code.CATALOG_LINK, LINK, "법률 참조", "nothing", "'link to https://law.go.kr'"),
        (
            Code.CATALOG_LINK,
            LINK,
            "[법률](https://evil.example)",
            "'link to https://evil.example'",
            "'link to https://law.go.kr'",
        ),
        (
            Code.CATALOG_LINK,
            LINK,
            "[법률](https://law.go.kr), [법률](https://law.go.kr)",
            "'link to https://law.go.kr'",
            "nothing",
        ),
        (
            Code.CATALOG_LINK,
            LINK,
            "[법률](javascript:alert)",
            "']('",
            "'link to https://law.go.kr'",
        ),
        (Code.CATALOG_MARKUP, "![A](a.png)", "![가](b.png)", "'image b.png'", "'image a.png'"),
        (Code.CATALOG_MARKUP, ROLES, "{art}`art-9`", "nothing", "'{ref}`contact`'"),
        (
            Code.CATALOG_MARKUP,
            ROLES,
            "{art}`art-8`, {ref}`contact`",
            "'{art}`art-8`'",
            "'{art}`art-9`'",
        ),
        (
            Code.CATALOG_MARKUP,
            ROLES,
            "{ref}`art-9`, {ref}`contact`",
            "'{ref}`art-9`'",
            "'{art}`art-9`'",
        ),
        (Code.CATALOG_MARKUP, "Set `a`", "`b` 설정", "'`b`'", "'`a`'"),
        (Code.CATALOG_MARKUP, "Note[^1]", "주", "nothing", "'footnote 1'"),
    ],
)
def test_markup_that_differs(
    locales: Locales, code: Code, msgid: str, msgstr: str, found: str, expected: str
) -> None:
    problems = locales.check_message(msgid, msgstr)
    message = f"“{msgid}”: Found {found} where the msgid has {expected}."
    assert (5, code, message) in {(p.line, p.code, p.message) for p in problems}


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        (LINK, "[법률](https://law.go.kr) 참조"),
        (ROLES, "{ref}`contact`와 {art}`art-9` 참조"),
        ("![A](a.png)", "![가](a.png)"),
        ("Set `a`", "`a` 설정"),
        ("**Bold** and *slanted*", "**굵게**, *기울임*"),
        ("Mail <a@example.com>", "<a@example.com>으로 연락"),
        # The stars would be printed as they are before a particle; the role is how to write it.
        ("**Article 1 (Purpose)** is", "{strong}`제1조(목적)`은"),
    ],
)
def test_markup_that_agrees(locales: Locales, msgid: str, msgstr: str) -> None:
    assert locales.check_message(msgid, msgstr) == []


@pytest.mark.parametrize("msgstr", ["**제1조(목적)**에", "**“인용”**은"])
def test_stars_that_would_be_printed(locales: Locales, msgstr: str) -> None:
    assert locales.check_message("In **Article 1 (Purpose)**", msgstr)


# Placeholders --------------------------------------------------------------------------------------

PATTERN = "View policy v.{version} ({YYYY}.{MM}.{DD})."


@pytest.mark.parametrize(
    "msgstr",
    [
        "버전 {version}({YYYY}.{MM}.{DD}) 보기",
        "{YYYY}년 {M}월 {D}일 시행 버전 {version} 보기",
    ],
)
def test_the_date_of_a_pattern_may_be_written_differently(locales: Locales, msgstr: str) -> None:
    assert locales.check_message(PATTERN, msgstr) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "found", "expected"),
    [
        (PATTERN, "버전({YYYY})", "'YYYY'", "'DD', 'MM', 'YYYY', 'version'"),
        (PATTERN, "{version} {YEAR}", "'YEAR', 'version'", "'DD', 'MM', 'YYYY', 'version'"),
        (PATTERN, "{vesion}", "'vesion'", "'DD', 'MM', 'YYYY', 'version'"),
        (PATTERN, "버전 {version}", "'version'", "'DD', 'MM', 'YYYY', 'version'"),
        ("Version {version}", "버전", "none", "'version'"),
        ("Version {version}", "{version} {YYYY}", "'YYYY', 'version'", "'version'"),
        ("Purpose", "{version}", "'version'", "none"),
        ("Purpose", "{YYYY}", "'YYYY'", "none"),
        ("Purpose of {company}", "목적", "none", "'company'"),
    ],
)
def test_placeholders_that_differ(
    locales: Locales, msgid: str, msgstr: str, found: str, expected: str
) -> None:
    (problem,) = locales.check_message(msgid, msgstr)
    assert (problem.line, problem.code) == (5, Code.CATALOG_PLACEHOLDER)
    assert problem.message == (f"“{msgid}”: Found the placeholders {found}; expected {expected}.")


# The words of the interface, which are HTML --------------------------------------------------------


@pytest.mark.parametrize(
    ("msgid", "msgstr", "code", "message"),
    [
        ("A", "<script>", Code.CATALOG_HTML, "Found '<script>'; expected none."),
        ("A", "<svg/onload=x>", Code.CATALOG_HTML, "Found '<svg/onload=x>'; expected none."),
        ("A", "<img src=x", Code.CATALOG_HTML, "Found '<img src=x'; expected none."),
        (
            "<b>A</b>",
            "<b onclick=x>가</b>",
            Code.CATALOG_HTML,
            "Found '</b>', '<b onclick=x>'; expected '</b>', '<b>'.",
        ),
        ("<b>A</b>", "가", Code.CATALOG_HTML, "Found none; expected '</b>', '<b>'."),
        ("A %(n)s", "가", Code.CATALOG_PLACEHOLDER, "Found none; expected '%(n)s'."),
        ("A %(n)s", "가 %(n)d", Code.CATALOG_PLACEHOLDER, "Found '%(n)d'; expected '%(n)s'."),
        (
            "A %(n)s",
            "가 %(n)s %(m)s",
            Code.CATALOG_PLACEHOLDER,
            "Found '%(m)s', '%(n)s'; expected '%(n)s'.",
        ),
        (
            "A %(n)s",
            "가 %(n)s %(n)s",
            Code.CATALOG_PLACEHOLDER,
            "Found '%(n)s', '%(n)s'; expected '%(n)s'.",
        ),
    ],
)
def test_words_that_differ(
    locales: Locales, msgid: str, msgstr: str, code: Code, message: str
) -> None:
    (problem,) = locales.check_message(msgid, msgstr, "sphinx")
    assert (problem.path, problem.line) == ("locales/ko/LC_MESSAGES/sphinx.po", 5)
    assert (problem.code, problem.message) == (code, f"“{msgid}”: {message}")


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        # An attribute ends at the quote: aria-label="{{ _("Versions") }}".
        ("Versions", '버전" onmouseover="alert(1)'),
        # The rest of the page would be a comment.
        ("Versions", "버전 <!--"),
        # What is left to Python's % would fail, or lose a value.
        ("Page %s", "쪽"),
        ("%(n)s of the pages", "쪽의 %(n)s %"),
    ],
    ids=["attribute", "comment", "position", "percent"],
)
def test_words_that_would_break_a_page(locales: Locales, msgid: str, msgstr: str) -> None:
    assert locales.check_message(msgid, msgstr, "sphinx")


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("<b>A</b> of %(n)s", "%(n)s의 <b>가</b>"),
        # Words are not MyST.
        ("First", "1. 첫째"),
        ("More", "- 더 보기"),
        ("Fewer than 3", "3 미만(< 3)"),
    ],
)
def test_words_that_agree(locales: Locales, msgid: str, msgstr: str) -> None:
    assert locales.check_message(msgid, msgstr, "sphinx") == []


@pytest.mark.parametrize(
    "content",
    [
        '  msgid "B"\nmsgstr "나"\n',
        'msgid\t"B"\nmsgstr "나"\n',
        'msgid "B"\n\nmsgstr "나"\n',
        'msgid "B"\nmsgstr "나"\n# comment\n"다"\n',
        'msgid "B"\nmsgstr "나\\q"\n',
        'msgid "B"\nmsgstr "나\u2028다"\n',
        '# c\u2028msgid "B"\nmsgstr "나"\n',
        'msgid "B"\nmsgstr "나"\n#,\n',
        '#~ #, fuzzy\nmsgid "B"\nmsgstr "나"\n',
    ],
)
def test_what_two_libraries_would_read_in_two_ways_is_refused(
    locales: Locales, content: str
) -> None:
    (problem,) = locales.check_content(HEADER + content)
    assert problem.code is Code.CATALOG_SYNTAX
    assert problem.line >= 5
