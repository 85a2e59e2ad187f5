"""Catalogs that want something of the site that no translation may have, or that are broken.

``CASES`` holds what the checks must find in them: line and code. Each is the catalog of a document of its own.
"""

from __future__ import annotations

from typing import NamedTuple

import polib

from policysite.base.problems import Code

CANARY = "CANARY"
"""A file that some of the catalogs would make, in the folder in which the build runs."""
PRIVATE_FILE = "private.txt"
"""A file beside ``docs`` that some of the catalogs want to publish."""
GLOSSARY = (
    "source,target,forbidden,note\n"
    "company,회사,당사|저희,\n"
    "user,이용자,사용자|회원,\n"
    "personal information,개인정보,개인 정보,\n"
    "consent,동의,승낙,\n"
)
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
"""The first message after it is at line 5."""
SENTENCE = "Purpose"
"""What the documents say whose case is about the file, and not about a message."""


class Case(NamedTuple):
    """A catalog, the line and the code that must be reported, and what its document says."""

    name: str
    content: bytes
    line: int
    code: Code
    msgid: str = ""


def message(msgid: str, msgstr: str) -> str:
    """Return an entry of a catalog, three lines with the empty one after it."""
    return f'msgid "{polib.escape(msgid)}"\nmsgstr "{polib.escape(msgstr)}"\n\n'


GOOD = HEADER + message(SENTENCE, "목적")
"""Seven lines: what comes after it is at line 8."""


def _file(name: str, line: int, content: str | bytes, code: Code = Code.CATALOG_SYNTAX) -> Case:
    return Case(name, content.encode() if isinstance(content, str) else content, line, code)


def _text(code: Code, name: str, msgid: str, msgstr: str, comment: str = "") -> Case:
    return Case(name, f"{HEADER}{comment}{message(msgid, msgstr)}".encode(), 5, code, msgid)


def _texts(code: Code, *messages: tuple[str, str, str]) -> list[Case]:
    return [_text(code, *message) for message in messages]


_FILES = [
    _file("conflict around an entry", 8, f'{GOOD}<<<<<<< HEAD\nmsgid "B"\nmsgstr "나"\n=======\n'),
    _file("conflict in an entry", 6, f'{HEADER}msgid "B"\n<<<<<<< HEAD\nmsgstr "나"\n=======\n'),
    _file("conflict marker at the end", 8, f"{GOOD}>>>>>>> theirs\n"),
    _file("conflict marker in the header", 3, HEADER.replace('"Con', '=======\n"Con')),
    _file("quotes in a message", 9, f'{GOOD}msgid "B"\nmsgstr "이른바 "쿠키"를"\n'),
    _file("quote too many", 9, f'{GOOD}msgid "B"\nmsgstr "쿠키""\n'),
    _file("quote missing at the end", 9, f'{GOOD}msgid "B"\nmsgstr "회사는 처리합니다.\n'),
    _file("quote missing at the start", 9, f'{GOOD}msgid "B"\nmsgstr 회사는 처리합니다."\n'),
    _file("quote that is escaped away", 9, f'{GOOD}msgid "B"\nmsgstr "처리합니다.\\"\n'),
    _file("curly quotes", 9, f'{GOOD}msgid "B"\nmsgstr “처리합니다.”\n'),
    _file("prose between entries", 8, f"{GOOD}Translated by hand.\n"),
    _file("name of a file", 1, "/etc/passwd"),
    _file("include of Sphinx", 8, f"{GOOD}.. include:: ../{PRIVATE_FILE}\n"),
    _file("two translations", 10, f'{GOOD}msgid "B"\nmsgstr "나"\nmsgstr "다"\n'),
    _file("plural forms", 9, f'{GOOD}msgid "B"\nmsgid_plural "Bs"\nmsgstr[0] "{{download}}`x`"\n'),
    _file("plural form alone", 9, f'{GOOD}msgid "B"\nmsgstr[0] "{{download}}`x`"\n'),
    _file("context", 8, f'{GOOD}msgctxt "c"\nmsgid "B"\nmsgstr "<b>나</b>"\n'),
    _file("obsolete only above", 6, f'{HEADER}#~ msgid "Purpose"\nmsgstr "<b>목적</b>"\n'),
    _file("obsolete only below", 6, f'{HEADER}msgid "Purpose"\n#~ msgstr "<b>목적</b>"\n'),
    _file("obsolete string that goes on", 7, f'{GOOD.strip()}\n#~ "<b>"\n'),
    _file("obsolete without a space", 7, f'{GOOD.strip()}\n#~"<b>"\n'),
    _file(
        "obsolete fuzzy mark", 5, f'{HEADER}#~ #, fuzzy\nmsgid "Purpose"\nmsgstr "<b>목적</b>"\n'
    ),
    _file("fuzzy mark that only polib reads", 5, f"{HEADER}#,xfuzzy\n{message(SENTENCE, '<b>')}"),
    _file("empty mark", 8, f"{GOOD}#,\n"),
    _file("comment in an entry", 8, f'{HEADER}msgid "Purpose"\nmsgstr ""\n# c\n"<b>목적</b>"\n'),
    _file("empty line in an entry", 7, f'{HEADER}msgid "Purpose"\n\nmsgstr "<b>목적</b>"\n'),
    _file("indented keyword", 5, f'{HEADER}  msgid "Purpose"\nmsgstr "목적"\n'),
    _file("unknown escape", 6, f'{HEADER}msgid "Purpose"\nmsgstr "목적\\q"\n'),
    _file("escaped byte", 6, f'{HEADER}msgid "Purpose"\nmsgstr "\\x3cb\\x3e"\n'),
    _file("octal escape", 6, f'{HEADER}msgid "Purpose"\nmsgstr "\\074b\\076"\n'),
    _file("entry hidden by U+2028", 5, f'{HEADER}# c\u2028msgid "Purpose"\nmsgstr "<b>"\n'),
    _file("entry hidden by a form feed", 5, f'{HEADER}# c\x0cmsgid "Purpose"\nmsgstr "<b>"\n'),
    _file("string broken by U+0085", 6, f'{HEADER}msgid "Purpose"\nmsgstr "목\x85적"\n'),
    _file("byte order mark inside", 5, f"{HEADER}\ufeff{message(SENTENCE, '목적')}"),
    _file("line ends of old Macs", 1, GOOD.replace("\n", "\r")),
    _file("text behind a NUL", 8, f"{GOOD}\0{message('B', '나')}"),
]

_ENCODINGS = [
    _file(name, line, content, Code.CATALOG_ENCODING)
    for name, line, content in (
        ("Latin-1", 9, GOOD.encode() + 'msgid "B"\nmsgstr "caf\u00e9"\n'.encode("latin-1")),
        ("code page 949", 9, GOOD.encode() + 'msgid "B"\nmsgstr "나"\n'.encode("cp949")),
        ("UTF-16", 1, GOOD.encode("utf-16")),
        ("overlong UTF-8", 6, f'{HEADER}msgid "B"\nmsgstr "'.encode() + b'\xc0\xbcb>"\n'),
        (
            "half of a surrogate pair",
            6,
            f'{HEADER}msgid "B"\nmsgstr "'.encode() + b'\xed\xa0\x80"\n',
        ),
        ("EUC-KR by its header", 1, GOOD.replace("UTF-8", "EUC-KR")),
        ("UTF-7 by its header", 1, GOOD.replace("UTF-8", "utf-7")),
        ("no header", 1, message(SENTENCE, "목적")),
        ("header without encoding", 1, GOOD.replace("Content-Type", "X-Content-Type")),
        ("obsolete header", 1, f'#~ msgid ""\n#~ msgstr ""\n\n{message(SENTENCE, "목적")}'),
        ("empty file", 1, ""),
    )
]

_DUPLICATES = [
    _file(name, 8, GOOD + entry, Code.CATALOG_DUPLICATE)
    for name, entry in (
        ("msgid twice", message(SENTENCE, "용도")),
        ("entry twice", message(SENTENCE, "목적")),
        ("msgid twice, once fuzzy", f"#, fuzzy\n{message(SENTENCE, '용도')}"),
        ("msgid twice, in pieces", 'msgid ""\n"Pur"\n"pose"\nmsgstr "용도"\n'),
    )
]

_GAPS = [
    _file(name, 5, HEADER + entry, Code.CATALOG_INCOMPLETE)
    for name, entry in (
        ("fuzzy", f"#, fuzzy\n{message(SENTENCE, '목적')}"),
        ("fuzzy among other marks", f"#, no-wrap, fuzzy\n{message(SENTENCE, '목적')}"),
        ("fuzzy with a hidden script", f"#, fuzzy\n{message(SENTENCE, '<script>')}"),
        ("fuzzy by a comment in between", f"#, fuzzy\n# c\n{message(SENTENCE, '목적')}"),
        ("no translation", message(SENTENCE, "")),
        ("translation of spaces", message(SENTENCE, "   ")),
        ("translation of a space that does not break", message(SENTENCE, "\u00a0")),
    )
]

_DROPPED = _texts(
    Code.CATALOG_DROPPED,
    ("numbered list", SENTENCE, "1. 목적"),
    ("numbered list with a bracket", SENTENCE, "5) 목적"),
    ("date as a list", "1 January 2026", "2026. 1. 1."),
    ("list with a dash", SENTENCE, "- 목적"),
    ("list with a star", SENTENCE, "* 목적"),
    ("list in the second line", SENTENCE, "목적\n- 이용"),
    ("heading", SENTENCE, "# 목적"),
    ("heading by its underline", SENTENCE, "목적\n==="),
    ("quotation", SENTENCE, "> 목적"),
    ("two paragraphs", SENTENCE, "목적\n\n회사는 책임을 지지 않습니다."),
    ("rule", SENTENCE, "***"),
    ("comment of MyST", SENTENCE, "% 목적"),
    ("comment of MyST in the second line", SENTENCE, "목적\n% 숨은 문장"),
    ("target", SENTENCE, "(art-1)=\n목적"),
    ("attributes", SENTENCE, "{.visually-hidden}\n목적"),
    ("id", SENTENCE, "{#art-1}\n목적"),
    ("front matter", SENTENCE, "---\nmyst: {enable_extensions: [substitution]}\n---\n목적"),
    ("block break", SENTENCE, "+++ 목적"),
    ("table", SENTENCE, "| 가 | 나 |\n|---|---|\n| 다 | 라 |"),
    ("link definition", SENTENCE, "[목적]: https://evil.example"),
    ("definition of a footnote", SENTENCE, "[^1]: 목적"),
    ("mark that Sphinx cuts off", SENTENCE, "목적 # noqa"),
    ("hard line break", SENTENCE, "목적\\\n이용"),
    ("hard line break of spaces", SENTENCE, "목적  \n이용"),
)

_COMMAND = f'cycler.__init__.__globals__.os.popen("touch {CANARY}").read()'
_RUNNING = [
    *_texts(
        Code.CATALOG_SUBSTITUTION,
        ("substitution", SENTENCE, "{{ version }}"),
        ("substitution that runs a command", SENTENCE, f"{{{{ {_COMMAND} }}}}"),
        ("substitution after words", SENTENCE, f"목적 {{{{{_COMMAND}}}}}"),
    ),
    *_texts(
        Code.CATALOG_DIRECTIVE,
        ("include", SENTENCE, f"```{{include}} ../{PRIVATE_FILE}\n```"),
        ("include between colons' cousins", SENTENCE, f"~~~{{include}} ../{PRIVATE_FILE}\n~~~"),
        ("literal include", SENTENCE, f"```{{literalinclude}} ../{PRIVATE_FILE}\n```"),
        ("table of a file", SENTENCE, f"```{{csv-table}}\n:file: ../{PRIVATE_FILE}\n```"),
        ("reStructuredText", SENTENCE, f"```{{eval-rst}}\n.. include:: ../{PRIVATE_FILE}\n```"),
        ("raw HTML by a directive", SENTENCE, "```{raw} html\n<script>alert(1)</script>\n```"),
        ("directive after words", SENTENCE, f"목적\n```{{include}} ../{PRIVATE_FILE}\n```"),
        ("indented block", SENTENCE, "    목적"),
        ("indented block by a tab", SENTENCE, "\t목적"),
    ),
    *_texts(
        Code.CATALOG_HTML,
        ("script as a block", SENTENCE, "<script>alert(1)</script>"),
        ("script in a sentence", SENTENCE, "목적 <script>alert(1)</script>"),
        ("handler of an event", SENTENCE, '목적 <b onclick="alert(1)">목적</b>'),
        ("picture with a handler", SENTENCE, "목적 <img src=x onerror=alert(1)>"),
        ("frame", SENTENCE, '<iframe src="https://evil.example"></iframe>'),
        ("comment of HTML", SENTENCE, "목적 <!-- 숨은 문장 -->"),
        ("open comment of HTML", SENTENCE, "<!-- 목적"),
        ("processing instruction", SENTENCE, "목적 <?php system(1) ?>"),
        ("CDATA", SENTENCE, "목적 <![CDATA[x]]>"),
        ("script behind a long line", SENTENCE, f"{'목적 ' * 300}<script>"),
        ("tag in two lines", SENTENCE, "목적 <b\nclass=x>목적</b>"),
    ),
]

_FILES_NAMED = _texts(
    Code.CATALOG_PATH,
    ("download of a file of the machine", SENTENCE, "{download}`/etc/passwd`"),
    ("download of a file of the project", SENTENCE, f"{{download}}`../{PRIVATE_FILE}`"),
    ("download from a Windows path", SENTENCE, "{download}`C:/private.txt`"),
    ("include as a role", SENTENCE, f"{{include}}`../{PRIVATE_FILE}`"),
    ("image of a folder above", SENTENCE, f"![](../../{PRIVATE_FILE})"),
    ("image by its full path", SENTENCE, "![목적](/etc/passwd)"),
    ("image of a folder that goes up", SENTENCE, f"![목적](a/../../{PRIVATE_FILE})"),
    ("link to a file", SENTENCE, f"[목적](../{PRIVATE_FILE})"),
    ("link to a file in angle brackets", SENTENCE, f"[목적](<../{PRIVATE_FILE}>)"),
    ("link without a protocol", SENTENCE, "[목적](//evil.example/)"),
)

_LAW = "See [the law](https://law.go.kr)."
_TWO_LAWS = "See [one](https://one.example) and [another](https://another.example)."
_HOME = "See {doc}`index`."
_LINKS = _texts(
    Code.CATALOG_LINK,
    ("link to another address", _LAW, "[법률](https://evil.example) 참조."),
    ("link to another protocol", _LAW, "[법률](http://law.go.kr) 참조."),
    ("link to a longer address", _LAW, "[법률](https://law.go.kr.evil.example) 참조."),
    ("link with a user", _LAW, "[법률](https://law.go.kr@evil.example) 참조."),
    ("link with a letter of another script", _LAW, "[법률](https://lаw.go.kr) 참조."),
    ("link removed", _LAW, "법률 참조."),
    ("link added", SENTENCE, "[목적](https://evil.example)"),
    ("link twice", _LAW, "[법률](https://law.go.kr), [법률](https://law.go.kr) 참조."),
    ("one of two links", _TWO_LAWS, "[하나](https://one.example), [둘](https://one.example) 참조."),
    ("link in angle brackets", SENTENCE, "목적 <https://evil.example>"),
    ("e-mail link", SENTENCE, "목적 <a@evil.example>"),
    ("link that runs a script", _LAW, "[법률](javascript:alert) 참조."),
    ("link that runs a script, escaped", _LAW, "[법률](&#106;avascript:alert) 참조."),
    ("link that holds a page", _LAW, "[법률](data:text/html,x) 참조."),
    ("link to a heading", SENTENCE, "[목적](#art-1)"),
    ("link with the role of a link", _LAW, "{doc}`index` 참조."),
)

_MARKUP = _texts(
    Code.CATALOG_MARKUP,
    ("role changed", _HOME, "{doc}`terms/history` 참조."),
    ("role removed", _HOME, "목차 참조."),
    ("role of another name", _HOME, "{ref}`index` 참조."),
    ("role with another title", _HOME, "{doc}`목차 <index>` 참조."),
    ("role twice", _HOME, "{doc}`index`, {doc}`index` 참조."),
    ("role added", SENTENCE, "{ref}`art-1`"),
    ("role in a role", SENTENCE, "{strong}`{download}`../x``"),
    ("role that runs reStructuredText", SENTENCE, "{eval-rst}`x`"),
    ("raw role", SENTENCE, "{raw}`<b>`"),
    ("formula", SENTENCE, "{math}`x`"),
    ("role that is not closed", SENTENCE, "{download}`x"),
    ("image added", SENTENCE, "![목적](x.png)"),
    ("image from another host", SENTENCE, "![목적](https://evil.example/x.png)"),
    ("image as data", SENTENCE, "![목적](data:image/png;base64,AAAA)"),
    ("footnote added", SENTENCE, "목적[^1]"),
    ("code changed", "Set `a`.", "`b` 설정."),
    ("code added", SENTENCE, "`목적`"),
)

# Their documents would be refused as well, so they say something else.
_MARKUP_OF_NO_DOCUMENT = [
    case._replace(msgid="")
    for case in _texts(
        Code.CATALOG_MARKUP,
        ("image changed", "![A](a.png)", "![가](b.png)"),
        ("footnote removed", "Note[^1]", "주"),
    )
]

_EMPHASIS = _texts(
    Code.CATALOG_EMPHASIS,
    ("bold lost", "In **Article 1 (Purpose)**.", "제1조(목적)에서."),
    ("bold added", SENTENCE, "**목적**"),
    ("bold before a particle", "In **Article 1 (Purpose)**.", "**제1조(목적)**에."),
    ("bold quotation before a particle", "The **“quotation”** is.", "**“인용”**은."),
    ("stars that pair with later ones", "In **(A)** and **(B)**.", "**(가)**에, **(나)**에."),
    ("slanted for bold", "In **bold**.", "*굵게*."),
    ("star left over", SENTENCE, "목적*"),
    ("underscore left over", SENTENCE, "목적_"),
)

_PLACEHOLDERS = _texts(
    Code.CATALOG_PLACEHOLDER,
    ("placeholder renamed", "View v.{version}.", "{vesion} 보기."),
    ("placeholder lost", "View v.{version}.", "보기."),
    ("placeholder added", SENTENCE, "목적 {version}"),
    ("placeholder with an attribute", "View v.{version}.", "{version.__class__} 보기."),
    ("date of a pattern lost", "View v.{version} ({YYYY}.{MM}.{DD}).", "{version} 보기."),
)

_UNSEEN = [
    *_texts(
        Code.CATALOG_CHARACTER,
        ("direction turned around", SENTENCE, "목\u202e적"),
        ("direction isolated", SENTENCE, "목\u2067적"),
        ("space without width", SENTENCE, "목\u200b적"),
        ("joiner", SENTENCE, "목\u200d적"),
        ("soft hyphen", SENTENCE, "목\u00ad적"),
        ("Hangul filler", SENTENCE, "목\u3164적"),
        ("Hangul filler of half width", SENTENCE, "목\uffa0적"),
        ("choseong filler", SENTENCE, "목\u115f적"),
        ("byte order mark in a message", SENTENCE, "목\ufeff적"),
        ("blank of Braille", SENTENCE, "목\u2800적"),
        ("tag characters", SENTENCE, "목\U000e0041적"),
        ("character for private use", SENTENCE, "목\ue000적"),
        ("character that replaces others", SENTENCE, "목\ufffd적"),
        ("direction behind an entity", SENTENCE, "목&#8238;적"),
        ("space without width behind an entity", SENTENCE, "목&ZeroWidthSpace;적"),
        ("soft hyphen behind an entity", SENTENCE, "목&shy;적"),
        ("Hangul filler behind an entity", SENTENCE, "목&#x3164;적"),
        ("NUL behind an entity", SENTENCE, "목&#0;적"),
        ("joiner of graphemes", SENTENCE, "목\u034f적"),
        ("variation selector", SENTENCE, "목\ufe0f적"),
        ("vowel that is not seen", SENTENCE, "목\u17b4적"),
        ("struck out by marks", SENTENCE, "목\u0336적\u0336"),
        ("letters of another script", SENTENCE, "Соmраnу 목적"),
        ("mathematical letters", SENTENCE, "목적 𝐞𝐯𝐢𝐥"),
        ("letter of another script at a mailbox", "Write to a@b.org.", "аa@b.org로 연락."),
        ("many wide spaces", SENTENCE, "목\u2003\u2003\u2003적"),
        ("carriage return", SENTENCE, "목\r적"),
        ("word joiner in a date", "1 January 2026", "2026년 1월 1\u2060일"),
    ),
    *_texts(
        Code.CATALOG_NFC,
        ("letters taken apart", SENTENCE, "\u1106\u1169\u11a8\u110c\u1165\u11a8"),
        ("accent apart", "See the café.", "cafe\u0301 참조."),
    ),
]

_MARKS = _texts(
    Code.CATALOG_MARK,
    ("circled mark", SENTENCE, "① 목적"),
    ("mark with a full stop", SENTENCE, "1\\. 목적"),
    ("mark with a bracket", SENTENCE, "1\\) 목적"),
    ("mark in brackets", SENTENCE, "(1) 목적"),
    ("Hangul mark", SENTENCE, "가. 목적"),
    ("dash as a mark", SENTENCE, "\\- 목적"),
    ("bullet as a mark", SENTENCE, "• 목적"),
    ("mark behind an entity", SENTENCE, "&#49;. 목적"),
    ("another mark", "① Purpose", "② 목적"),
    ("mark lost", "(1) Purpose", "목적"),
)

_FACTS = [
    *_texts(
        Code.CATALOG_NUMBER,
        ("another article", "Under Article 9.", "제8조에 따라."),
        ("an article for a paragraph", "Under paragraph 2.", "제2조에 따라."),
        ("inserted article", "Under Article 9-2.", "제9조에 따라."),
        ("article lost", "Under Article 9.", "관련 조항에 따라."),
        ("article added", "Under the policy.", "제9조에 따라."),
        ("another circled paragraph", "Under Article 9 ②.", "제9조 ③에 따라."),
    ),
    *_texts(
        Code.CATALOG_FIGURE,
        ("another number", "Pay 30 won.", "50원을 낸다."),
        ("number ten times as large", "Pay 30 won.", "30만원을 낸다."),
        ("number of full width", "Pay 30 won.", "３１원을 낸다."),
        ("number behind entities", "Pay 30 won.", "&#51;&#49;원을 낸다."),
        ("number with a backslash", "Pay 30 won.", "3\\.0원을 낸다."),
        ("thousands and decimals", "Pay 1,000 won.", "1.000원을 낸다."),
        ("number lost", "Pay 30 won.", "돈을 낸다."),
        ("number added", "Pay the fee.", "요금의 10배를 낸다."),
        ("version of a standard", "Under ISO 27001.", "ISO 27002에 따라."),
    ),
    *_texts(
        Code.CATALOG_MEANING,
        ("over for under", "Children under the age of 14.", "만 14세를 초과하는 아동."),
        ("at least for under", "Children under the age of 14.", "만 14세 이상의 아동."),
        ("at least for at most", "Keep at most 3 copies.", "사본을 3부 이상 둔다."),
        ("duty for a right", "The request may be granted.", "요구를 들어주어야 한다."),
        ("negation lost", "Data are not sold.", "정보를 판매합니다."),
        ("negation added", "The fee is paid by the buyer.", "요금은 구매자가 내지 않습니다."),
        (
            "another country for that of the source",
            "Servers are in the United States.",
            "서버는 대한민국에 있습니다.",
        ),
        ("another name in Latin letters", "Google runs it.", "Amazon이 운영한다."),
    ),
    *_texts(
        Code.CATALOG_SENTENCE,
        ("sentence lost", "The fee is paid. It is small.", "요금을 냅니다."),
        ("sentence twice", "The fee is paid.", "요금을 냅니다. 요금을 냅니다."),
    ),
    *_texts(
        Code.CATALOG_DATE,
        (
            "month and day changed round in a pattern",
            "View v.{version} ({YYYY}.{MM}.{DD}).",
            "v.{version}({YYYY}년 {D}월 {M}일) 보기",
        ),
        ("another day", "From 27 December 2024.", "2024년 12월 28일부터."),
        ("another year", "From 27 December 2024.", "2025년 12월 27일부터."),
        ("day and month changed round", "From 5 June 2024.", "2024년 5월 6일부터."),
        ("date lost", "From 27 December 2024.", "시행일부터."),
        ("date of full width", "From 27 December 2024.", "２０２４년 １２월 ２８일부터."),
    ),
    *_texts(
        Code.CATALOG_PERIOD,
        ("another period", "Within 30 days.", "60일 이내."),
        ("another unit", "Within 3 months.", "3일 이내."),
        ("working days for days", "Within 3 days.", "영업일 3일 이내."),
        ("period in words", "Within ten days.", "열흘이 아니라 보름 이내."),
        ("period lost", "Within 30 days.", "지체 없이."),
        ("period added", "Without delay.", "5년 동안."),
    ),
    *_texts(
        Code.CATALOG_CONTACT,
        ("another telephone number", "Call 02-1234-5678.", "02-1234-5679로 전화."),
        ("telephone number lost", "Call 1644-2243.", "전화."),
        ("another country", "Call +82-2-1234-5678.", "+81-2-1234-5678로 전화."),
        ("another mailbox", "Write to help@example.org.", "hilfe@example.org로 연락."),
        ("mailbox of another host", "Write to help@example.org.", "help@example.com으로 연락."),
        ("mailbox of full width", "Write to help@example.org.", "ｈelp＠evil.example로 연락."),
        ("mailbox with a letter of another script", "Write to help@a.org.", "hеlp@a.org로 연락."),
        ("mailbox behind an entity", "Write to help@example.org.", "help&#64;evil.org로 연락."),
        ("another web address", "See www.example.org.", "www.example.com 참조."),
        ("web address added", SENTENCE, "목적: www.evil.example"),
        ("web address without www", SENTENCE, "목적: evil.example"),
        ("another page", "See example.org/a.", "example.org/b 참조."),
    ),
]

_TERMS = [
    *_texts(
        Code.CATALOG_TERM,
        ("term missing", "The company deletes it.", "이를 지운다."),
        ("term of another concept", "The user deletes it.", "회사는 이를 지운다."),
    ),
    *_texts(
        Code.CATALOG_FORBIDDEN,
        ("forbidden term", "The company deletes it.", "당사는 이를 지운다."),
        ("forbidden term beside the right one", "The company and users.", "회사(당사)와 이용자."),
        ("forbidden term over a line", "Personal information.", "개인\n정보, 곧 개인정보."),
        (
            "forbidden term in bold",
            "The **company** deletes it.",
            "{strong}`당사`는, 곧 회사는 지운다.",
        ),
    ),
    *_texts(
        Code.CATALOG_UNTRANSLATED,
        ("source as it is", "The law applies.", "The law applies."),
        ("source in other type", "The law applies.", "The  law applies"),
        (
            "half of the source",
            "The law applies. It is not applied to anything that is older than the law itself.",
            "법이 적용된다. It is not applied to anything that is older than the law itself.",
        ),
        (
            "half of the source behind entities",
            "The law applies. It is not applied to what is older.",
            "법이 적용된다. I&#116; is not applied to what is older.",
        ),
    ),
]

_WAIVERS = [
    *(
        _text(Code.CATALOG_WAIVER, name, "Pay 30 won.", "50원을 낸다.", f"# {comment}\n")
        for name, comment in (
            ("waiver without a reason", "waive catalog-figure"),
            ("waiver with an empty reason", "waive catalog-figure: "),
            ("waiver with a reason of dots", "waive catalog-figure: ..."),
            ("waiver of an unknown rule", "waive catalog-everything: it is late"),
            ("waiver of no rule", "waive: it is late"),
            ("waiver of all rules", "waive *: it is late"),
            ("waiver that waives nothing", "waive catalog-date: it is late"),
        )
    ),
    *(
        _text(
            Code.CATALOG_WAIVER, f"waiver of {code}", SENTENCE, msgstr, f"# waive {code}: I may\n"
        )
        for code, msgstr in (
            (Code.CATALOG_HTML, "<b>목적</b>"),
            (Code.CATALOG_SUBSTITUTION, f"{{{{ {_COMMAND} }}}}"),
            (Code.CATALOG_DIRECTIVE, f"```{{include}} ../{PRIVATE_FILE}\n```"),
            (Code.CATALOG_PATH, "{download}`/etc/passwd`"),
            (Code.CATALOG_MARKUP, "![목적](x.png)"),
            (Code.CATALOG_DROPPED, "1. 목적"),
            (Code.CATALOG_CHARACTER, "목\u202e적"),
            (Code.CATALOG_PLACEHOLDER, "목적 {version}"),
            (Code.CATALOG_SYNTAX, "목적"),
        )
    ),
    _text(
        Code.CATALOG_HTML,
        "waiver that does not help",
        SENTENCE,
        "<b>목적</b>",
        "# waive catalog-html: I may\n",
    ),
    _text(
        Code.CATALOG_FIGURE,
        "waiver in the comment of a program",
        "Pay 30 won.",
        "50원을 낸다.",
        "#. waive catalog-figure: the fee has risen\n",
    ),
    _text(
        Code.CATALOG_FIGURE,
        "waiver of another rule",
        "Pay 30 won by 1 May.",
        "50원을 5월 2일까지 낸다.",
        "# waive catalog-date: the day has moved\n",
    ),
]

_FROM_ATTACKS = [
    _file(
        "entry hidden by a carriage return",
        5,
        f'{HEADER}# c\r#~ msgid "Purpose"\rmsgstr "[가](https://evil.example/)"\n',
    ),
    _file(
        "obsolete with a tab",
        5,
        f'{HEADER}#~\tmsgid "Purpose"\n#~\tmsgstr "목적"\n\n{message("B", "나")}',
    ),
    _file("msgid without msgstr", 7, f'{HEADER}msgid "B"\n# c\n{message(SENTENCE, "목적")}'),
    _file("msgid without msgstr at the end", 8, f'{GOOD}msgid "B"\n'),
    _file(
        "previous string that goes on as a translation",
        7,
        f'{HEADER}msgid "Within 30 days."\nmsgstr "지체 없이."\n#| "30일 이내"\n',
    ),
    _file("obsolete previous msgid after an entry", 7, f'{GOOD.strip()}\n#~| msgid "o"\n'),
    _file("NUL in a msgid", 5, f'{HEADER}msgid "Purpose\0<b>"\nmsgstr "목적<b>"\n'),
    _file("bell", 6, f'{HEADER}msgid "A"\nmsgstr "목\a적"\n'),
    _file("escape of a terminal", 6, f'{HEADER}msgid "A"\nmsgstr "목\x1b[31m적"\n'),
    _file(
        "encoding named twice",
        1,
        HEADER.replace("charset=UTF-8", "xcharset=UTF-8; charset=raw_unicode_escape")
        + message("A", "가"),
        Code.CATALOG_ENCODING,
    ),
    _file(
        "encoding in a second field",
        1,
        f'{HEADER.rstrip()}\n"content-type: text/plain; charset=utf-7\\n"\n\n{message("A", "가")}',
        Code.CATALOG_ENCODING,
    ),
    _file(
        "invalid plural rule",
        1,
        f'{HEADER.rstrip()}\n"Plural-Forms: nplurals=1; plural=__import__(1);\\n"\n\n{message("A", "가")}',
    ),
    _file(
        "invalid date",
        1,
        f'{HEADER.rstrip()}\n"POT-Creation-Date: yesterday\\n"\n\n{message("A", "가")}',
    ),
    _text(Code.CATALOG_LENGTH, "flood of letters", SENTENCE, "a" * 200_000),
    _text(Code.CATALOG_NFC, "letters apart by entities", SENTENCE, "&#x1106;&#x1169;&#x11A8;적"),
    _text(
        Code.CATALOG_LINK,
        "title of a link added",
        "See [the law](https://law.go.kr).",
        '[법률](https://law.go.kr "책임 없음") 참조.',
    ),
    *_texts(
        Code.CATALOG_DROPPED,
        ("definition of a link before words", SENTENCE, "[목적]: https://evil.example\n[목적]"),
        ("definition of a link to a Hangul host", SENTENCE, "[a]: https://악성.한국/\n[a] 목적"),
    ),
    *_texts(
        Code.CATALOG_MARK,
        ("double circled mark", SENTENCE, "⓵ 목적"),
        ("dark circled mark", SENTENCE, "❶ 목적"),
        ("mark in brackets as one letter", SENTENCE, "⑴ 목적"),
        ("Roman mark", SENTENCE, "Ⅰ. 목적"),
        ("circled Hangul", SENTENCE, "㉮ 목적"),
        ("letter as a mark", SENTENCE, "a. 목적"),
    ),
    _text(
        Code.CATALOG_PLACEHOLDER,
        "placeholder twice",
        "View v.{version}.",
        "{version} {version} 보기.",
    ),
    *_texts(
        Code.CATALOG_UNTRANSLATED,
        ("nothing but a dash", "Delete the data.", "—"),
        ("nothing but a backslash", "Delete the data.", "\\"),
    ),
]

CASES = [
    *_FILES,
    *_ENCODINGS,
    *_DUPLICATES,
    *_GAPS,
    *_DROPPED,
    *_RUNNING,
    *_FILES_NAMED,
    *_LINKS,
    *_MARKUP,
    *_MARKUP_OF_NO_DOCUMENT,
    *_EMPHASIS,
    *_PLACEHOLDERS,
    *_UNSEEN,
    *_MARKS,
    *_FACTS,
    *_TERMS,
    *_WAIVERS,
    *_FROM_ATTACKS,
]
