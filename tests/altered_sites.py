"""Ways to make a published site show other words than those that were recorded; each must be found.

A way changes a copy of the real site as it was published, compressed forms and all, as somebody would who wants readers to see
something else. ``named`` is what a check that looks at words alone has to name; one that looks at bytes names the file.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import brotli

from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EN, KO = "en/privacy/1.6.html", "ko/privacy/1.6.html"
PARAGRAPH = "<p>The company processes users"
ARTICLE = '<section id="art-1">'
NOT = "will not be used for any"
OTHER = "We sell all of it."


@dataclass(frozen=True)
class Way:
    """A way to show other words: what is done to a site, and the file and the words with which it must be named."""

    does: Callable[[Path], None]
    file: str
    named: str = ""


def write(path: Path, content: str | bytes) -> None:
    """Write a file of a release, with its compressed forms."""
    plain = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, plain)
    for suffix, form in (
        (".br", brotli.compress(plain, quality=1)),
        (".gz", gzip.compress(plain, 1)),
    ):
        kept = path.with_name(path.name + suffix)
        if kept.exists():
            _replace(kept, form)


def _replace(path: Path, content: bytes) -> None:
    """Write a file that may share its content with the site that was copied."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def change(name: str, *pairs: tuple[str, str]) -> Callable[[Path], None]:
    """Return what replaces words in the file *name*, once each."""

    def does(site: Path) -> None:
        text = (site / name).read_text("utf-8")
        for old, new in pairs:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        write(site / name, text)

    return does


def change_all(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what replaces *old* wherever it stands in the file *name*."""

    def does(site: Path) -> None:
        text = (site / name).read_text("utf-8")
        assert old in text
        write(site / name, text.replace(old, new))

    return does


def put(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Return what adds a file."""
    return lambda site: write(site / name, content)


def copied(source: str, target: str, *pairs: tuple[str, str]) -> Callable[[Path], None]:
    """Return what copies a file to another name, with words replaced."""

    def does(site: Path) -> None:
        text = (site / source).read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        write(site / target, text)

    return does


def forms_only(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what changes the compressed forms of a file and not the file."""

    def does(site: Path) -> None:
        text = (site / name).read_text("utf-8")
        assert old in text
        plain = text.replace(old, new).encode()
        _replace(site / f"{name}.br", brotli.compress(plain))
        _replace(site / f"{name}.gz", gzip.compress(plain))

    return does


def one_form(name: str, suffix: str, content: bytes) -> Callable[[Path], None]:
    """Return what replaces one compressed form."""
    return lambda site: _replace(site / f"{name}{suffix}", content)


def another_in_force(site: Path) -> None:
    """Have the list call a record the version in force, and show other words at the timeless address."""
    data = json.loads((site / "versions.json").read_text("utf-8"))
    versions = data["policies"][0]["versions"]
    versions[0]["status"], versions[1]["status"] = "superseded", "in-force"
    write(site / "versions.json", json.dumps(data))
    change("en/privacy/index.html", (NOT, "will be used for any"))(site)


def a_record_since(site: Path) -> None:
    """Have the list know a record that has taken the place of the text in force."""
    data = json.loads((site / "versions.json").read_text("utf-8"))
    versions = data["policies"][0]["versions"]
    record = versions[1] | {
        "version": "1.7",
        "status": "in-force",
        "effective": "2026-01-01",
        "until": None,
    }
    record["pages"] = {"en": "en/privacy/1.7.html", "ko": "ko/privacy/1.7.html"}
    record["texts"] = {"en": "en/privacy/1.7.json", "ko": "ko/privacy/1.7.json"}
    versions[0] |= {"status": "superseded", "until": "2025-12-31"}
    versions.insert(0, record)
    write(site / "versions.json", json.dumps(data))
    write(
        site / "en/privacy/index.html",
        f"<!doctype html><html lang=en><body><main><article><p>{OTHER}</p></article></main></body></html>",
    )


def without_policy(site: Path) -> None:
    """Take the policy out of the list, so that nobody looks for its ledger."""
    data = json.loads((site / "versions.json").read_text("utf-8"))
    data["policies"] = []
    write(site / "versions.json", json.dumps(data))
    change(EN, (NOT, "will be used for any"))(site)


def repeated_key(name: str, key: str, value: str) -> Callable[[Path], None]:
    """Return what adds a key at the beginning of an object that has it already: programs take the one or the other."""
    return change(name, ("{", f'{{"{key}": {value},'))


def utf_16(site: Path) -> None:
    """Have the page be read as something else by those who look at its first bytes."""
    write(site / EN, "\ufeff" + (site / EN).read_text("utf-8"))


def swapped(site: Path) -> None:
    """Put one article in the place of another."""
    text = (site / EN).read_text("utf-8")
    start, middle, end = (text.index(f'<section id="art-{n}">') for n in (4, 5, 6))
    write(site / EN, text[:start] + text[middle:end] + text[start:middle] + text[end:])


def gone(site: Path) -> None:
    """Take one article out."""
    text = (site / EN).read_text("utf-8")
    start, end = (text.index(f'<section id="art-{n}">') for n in (5, 6))
    write(site / EN, text[:start] + text[end:])


def script_with_its_digest(site: Path) -> None:
    """Have a page load a script from another host."""
    change(
        EN,
        (
            '<script src="../_static/',
            '<script src="https://evil.example/x.00000000.js"></script><script src="../_static/',
        ),
    )(site)


def style_sheet_changed(site: Path) -> None:
    """Change the style sheet, and leave its name."""
    (sheet,) = (site / "en/_static").glob("policysite.*.css")
    write(
        sheet,
        sheet.read_text("utf-8") + "#art-1 p{font-size:0}#art-1::after{content:'We sell it.'}",
    )


def later_script_changed(site: Path) -> None:
    """Change the script that another one loads when it is wanted, and leave its name."""
    (script,) = (site / "en/_static").glob("tools.*.js")
    write(script, script.read_text("utf-8") + "document.body.textContent = 'We sell it.'")


def of_its_own(suffix: str, content: str, link: str) -> Callable[[Path], None]:
    """Return what has a page load a file that was added, whose name has its digest."""

    def does(site: Path) -> None:
        name = addresses.with_digest(f"policysite{suffix}", content.encode())
        write(site / "en/_static" / name, content)
        change(EN, ("</head>", f"{link.format(name=name)}</head>"))(site)

    return does


def script_without_digest(site: Path) -> None:
    """Have a page load a script under the name of one that may have no digest."""
    write(site / "en/_static/translations.js", "document.body.textContent = 'We sell it.'")
    change(EN, ('src="../_static/policysite.', 'src="../_static/translations.js?policysite.'))(site)
    change(EN, ("translations.js?", 'translations.js"></script><script src="../_static/'))(site)


def unlinked(name: str) -> Callable[[Path], None]:
    """Return what removes a file with its forms."""

    def does(site: Path) -> None:
        for path in site.glob(f"{name}*"):
            path.unlink()

    return does


def copied_over(source: str, target: str) -> Callable[[Path], None]:
    """Return what puts the page *source* in the place of *target*, forms and all."""

    def does(site: Path) -> None:
        for suffix in ("", ".br", ".gz"):
            _replace(site / f"{target}{suffix}", (site / f"{source}{suffix}").read_bytes())

    return does


TO_KO = '<a href="../../ko/privacy/1.6.html" lang="ko" hreflang="ko" data-keep'
SELLS = f"<p>{OTHER}</p>"
ODD = "could show other words"
PRINTS = "which this software does not print there"
WAYS: dict[str, Way] = {
    # The words themselves.
    "a word": Way(change(EN, (NOT, "will be used for any")), EN, "'art-1'"),
    "a word in Korean": Way(change(KO, ("3개월까지", "2개월까지")), KO, "'art-3'"),
    "at the timeless address": Way(change("ko/privacy/index.html", ("3개월까지", "2개월까지")), "ko/privacy/index.html", "'art-3'"),
    "in the data": Way(change("ko/privacy/1.6.json", ("3개월까지", "2개월까지")), "ko/privacy/1.6.json", "'art-3'"),
    "in the script that has the text": Way(change("en/privacy/1.6.text.js", (NOT, "will be used for any")), "en/privacy/1.6.text.js", "'art-1'"),
    "an article gone": Way(gone, EN, "'art-5'"),
    "articles swapped": Way(swapped, EN, "the order of the provisions"),
    "an article added": Way(change(EN, ('<section id="art-2">', f'<section id="art-99"><h2>Article 99</h2>{SELLS}</section><section id="art-2">')), EN, "'art-99'"),
    "another mark": Way(change(KO, ('printed-mark">①', 'printed-mark">②')), KO, "'art-9-para-1'"),
    "invisible": Way(change(EN, (NOT, "will n\u200bot be used for any")), EN, "'art-1'"),
    "turned round": Way(change(EN, (NOT, "will \u202enot\u202c be used for any")), EN, "'art-1'"),
    # Compressed forms, which browsers ask for.
    "compressed forms": Way(forms_only(EN, NOT, "will be used for any"), f"{EN}.br", "browsers get another file"),
    "a form of the data": Way(forms_only("en/privacy/1.6.json", NOT, "will be used for any"), "en/privacy/1.6.json.gz", "browsers get another file"),
    "a form that is none": Way(one_form(EN, ".gz", b"We sell it."), f"{EN}.gz", "cannot be read"),
    "a form that goes on": Way(one_form(EN, ".gz", gzip.compress(b"a") + gzip.compress(b"b")), f"{EN}.gz", "has trailing data"),
    "a form of the ledger": Way(forms_only("ledger/privacy.json", "2024-12-27", "2025-12-27"), "ledger/privacy.json.br", "browsers get another file"),
    # Beside and over the words.
    "shadow root": Way(change(EN, ('content" data-policy="privacy">', f'content" data-policy="privacy"><template shadowrootmode="open">{SELLS}</template>')), EN, "shadowrootmode"),
    "shadow root in main": Way(change(EN, ('<div class="status-notice', f'<template shadowrootmode="open">{SELLS}</template><div class="status-notice')), EN, "shadowrootmode"),
    "note in a sentence": Way(change(EN, (NOT, 'will <span class="fallback-note">certainly </span>not be used for any')), EN, "in the middle of a text"),
    "note in a sentence in Korean": Way(change(KO, ("<p>회사는 다음의", '<p>회사는 <span class="fallback-note">결코 </span>다음의')), KO, "in the middle of a text"),
    "note at an end": Way(change(EN, ("separate consent.</p>", 'separate consent.<span class="fallback-note" lang="en">This is void.</span></p>')), EN, "not in another language"),
    "note of arrival": Way(change(EN, (PARAGRAPH, f'<p class="arrival-note">{OTHER}</p>{PARAGRAPH}')), EN, "arrival-note"),
    "note of arrival with an id": Way(change(EN, (PARAGRAPH, f'<p class="arrival-note" id="absent-art-7">{OTHER}</p>{PARAGRAPH}')), EN, PRINTS),
    "links beside an article": Way(change(EN, ('<details class="article-links">', f'<details class="article-links" open><p>{OTHER}</p>')), EN, "article-links"),
    "words of a link": Way(change(EN, ("Version 1.5 (the one before)", OTHER)), EN, PRINTS),
    "words of a link in Korean": Way(change(KO, ("(이전 버전)", "(모두 판매합니다)")), KO, PRINTS),
    "words of a link everywhere": Way(change_all(EN, "Version 1.5 (the one before)", OTHER), EN, PRINTS),
    "a link that leads elsewhere": Way(change(EN, ('<a href="1.5.html#text-not-held">', '<a href="https://evil.example/">')), EN, "evil.example"),
    "changes beside an article": Way(change(EN, (PARAGRAPH, f'<div class="article-changes"><details class="article-news"><summary>Amended</summary><div class="redline"><div class="redline-row depth-0 changed"><div class="new"><div class="words">{SELLS}</div></div></div></div></details></div>{PARAGRAPH}')), EN, "which no version has"),
    "a note of a lost table": Way(change_all(EN, "Its contents are not held on this site.", "It says that we sell all of it."), EN, PRINTS),
    "a note of a lost table in Korean": Way(change(KO, ('<span class="editorial">', '<span class="editorial">모두 판매합니다. ')), KO, "differ from each other"),
    "picture with words": Way(change(EN, ('<div class="point provision" id="art-1-point-1" role="listitem">', f'<div class="point provision" id="art-1-point-1" role="img" aria-label="{OTHER}">')), EN, 'role="img"'),
    "label of a provision": Way(change(EN, ('<section id="art-2">', f'<section id="art-2" aria-label="{OTHER}">')), EN, "aria-label"),
    "label of a link": Way(change(EN, ('href="1.6.html#art-1" aria-label="Article 1"', f'href="1.6.html#art-1" aria-label="{OTHER}"')), EN, PRINTS),
    "a notice": Way(change(EN, ("</strong>\n    Version 1.6 has applied", "</strong>\n    Version 1.6 has never applied")), EN, "The notice says"),
    "a notice in Korean": Way(change(KO, ("시행 중</strong>", "철회</strong>")), KO, "The notice says"),
    "a date": Way(change(EN, ('<time datetime="2024-12-27">27 December 2024', '<time datetime="2024-12-27">27 December 2034')), EN, "27 December 2034"),
    "a second notice": Way(change(EN, ('<ul class="version-links">', f'<div class="translation-note" role="note">{SELLS}</div><ul class="version-links">')), EN, PRINTS),
    "a word of the frame in Korean": Way(change(KO, ("본문으로 건너뛰기", "이 본문은 무효입니다")), KO, PRINTS),
    "a title": Way(change(EN, ("<title>SpaceONE Service Privacy Policy v1.6 (In force)", f"<title>{OTHER}")), EN, PRINTS),
    "the publisher": Way(change(EN, ('translate="no">MEGAZONE CLOUD Corp.', 'translate="no">Another Corp.')), "en/privacy/index.html", "where others have"),
    "words in main": Way(change(EN, ("<article>", f"{OTHER}<article>")), EN, "words beside the text"),
    "a section around": Way(change(EN, ("<article>", f"<section>{SELLS}</section><article>")), EN, "outside the text"),
    "text hidden": Way(change(EN, ("<article>", f"<div>{SELLS}</div><article hidden>")), EN, "hidden"),
    "text in details": Way(change(EN, (ARTICLE, f"<details><summary></summary>{ARTICLE}")), EN, "<details>"),
    "style": Way(change(EN, (ARTICLE, '<section id="art-1" style="display:none">')), EN, "style"),
    "style element": Way(change(EN, ("</head>", "<style>#art-1 p::before{content:'NOT '}</style></head>")), EN, "<style>"),
    "style sheet of another host": Way(change(EN, ("</head>", '<link rel="stylesheet" href="//evil.example/x.css"></head>')), EN, "evil.example"),
    "style sheet changed": Way(style_sheet_changed, "en/privacy/1.6.html", "no file of the site whose name has its digest"),
    "script loaded later": Way(later_script_changed, "en/privacy/1.6.html", "no file of the site whose name has its digest"),
    "script of another host": Way(script_with_its_digest, EN, "evil.example"),
    "script inline": Way(change(EN, ("</head>", "<script>document.body.textContent=1</script></head>")), EN, "<script>"),
    "handler": Way(change(EN, ("<body", '<body onload="x()"')), EN, "onload"),
    "another page after a second": Way(change(EN, ("</head>", '<meta http-equiv="refresh" content="1;url=https://evil.example"></head>')), EN, "http-equiv"),
    "base": Way(change(EN, ("</head>", '<base href="https://evil.example/"></head>')), EN, "<base"),
    "frame": Way(change(EN, (PARAGRAPH, f'<iframe srcdoc="{OTHER}"></iframe>{PARAGRAPH}')), EN, "<iframe"),
    "drawing": Way(change(EN, (PARAGRAPH, f"<svg><text>{OTHER}</text></svg>{PARAGRAPH}")), EN, "<svg>"),
    "drawing in the frame": Way(change(EN, ('class="icons">', f'class="icons"><text>{OTHER}</text>')), EN, "<text>"),
    "struck out": Way(change(EN, (NOT, "will <del>not</del> be used for any")), EN, "<del>"),
    "slot": Way(change(EN, (PARAGRAPH, f'<p slot="x">{PARAGRAPH[3:]}')), EN, "slot"),
    "comment that is read in two ways": Way(change(EN, ("<article>", f"<!-->{SELLS}<!-- --><article>")), EN, "read in different ways"),
    "declaration": Way(change(EN, ("<article>", f"<![CDATA[>{SELLS}<!]]><article>")), EN, "read in different ways"),
    "byte order mark": Way(utf_16, EN, "read in different ways"),
    # Pages in the place of others.
    "a version in the place of the choice of languages": Way(copied_over("en/privacy/1.6.html", "index.html"), "index.html", "The page has"),
    "words beside the choice of languages": Way(change("index.html", ("</ul>", f"</ul>{SELLS}")), "index.html", "The page has"),
    "a language that leads to a version": Way(change("index.html", ('<a href="ko/index.html"', '<a href="ko/privacy/1.5.html"')), "index.html", "The page has"),
    "a version in the place of a home page": Way(copied_over("en/privacy/1.6.html", "en/index.html"), "en/index.html", "does not have the policy"),
    "a version in the place of a day": Way(copied_over("en/privacy/1.6.html", "en/privacy/on/2024-01-18.html"), "en/privacy/on/2024-01-18.html", "The page leads to another version"),
    "a version in the place of the history": Way(copied_over("en/privacy/1.6.html", "en/privacy/history.html"), "en/privacy/history.html", "does not have version 1.5"),
    "a language in the place of another": Way(copied_over(KO, EN), EN, "'art-1'"),
    # What is in force.
    "a record is called in force": Way(another_in_force, "en/privacy/index.html", "By the days in the ledger version 1.6 is in force"),
    "a record has taken its place": Way(a_record_since, "versions.json", "of which nothing is recorded"),
    "status in the list": Way(change("versions.json", ('"status": "in-force"', '"status": "upcoming"')), "versions.json", "is said to be upcoming"),
    "day in the list": Way(change("versions.json", ('"effective": "2024-12-27"', '"effective": "2024-12-28"')), "versions.json", "found effective: 2024-12-28"),
    "address in the list": Way(change("versions.json", ("ko/privacy/1.6.html", "ko/good/1.6.html")), "versions.json", "which is not its address"),
    "policy not in the list": Way(without_policy, "ledger/privacy.json", "that the list of versions does not have"),
    "list with two values": Way(repeated_key("versions.json", "timeZone", '"UTC"'), "versions.json", "cannot be read"),
    "data with two values": Way(repeated_key("en/privacy/1.6.json", "title", f'"{OTHER}"'), "en/privacy/1.6.json", "cannot be read"),
    "title in the data": Way(change("en/privacy/1.6.json", ('"title": "SpaceONE', f'"title": "{OTHER} SpaceONE')), "en/privacy/1.6.json", "Found title"),
    "another version for programs": Way(change("en/privacy/current.json", ('"version": "1.6"', '"version": "1.5"')), "en/privacy/current.json", "by the days in the ledger it is version 1.6"),
    "another digest for programs": Way(change("ko/privacy/current.json", ('"digest": "', '"digest": "0')), "ko/privacy/current.json", "Found inForce.digest"),
    "another entry for programs": Way(change("ko/privacy/current.json", ('"number": ', '"number": 1')), "ko/privacy/current.json", "Found inForce.ledgerEntry"),
    "a version to come for programs": Way(change("en/privacy/current.json", ('"upcoming": null', '"upcoming": {"version": "1.7"}')), "en/privacy/current.json", "Found upcoming: '1.7'"),
    "another page for programs": Way(change("en/privacy/current.json", ('"page": "en/privacy/1.6.html"', '"page": "https://evil.example"')), "en/privacy/current.json", "Found inForce.page"),
    "an earlier version gone for programs": Way(change("en/privacy/current.json", ('"1.5": {', '"1.55": {')), "en/privacy/current.json", "expected the versions '1.1', '1.2', '1.3', '1.4', '1.5'"),
    "day in the data": Way(change("en/privacy/1.6.json", ('"until": null', '"until": "2025-01-01"')), "en/privacy/1.6.json", "Found until"),
    "history": Way(change("en/privacy/history.html", ('data-status="in-force" data-effective="2024-12-27"', 'data-status="withdrawn" data-effective="2024-12-27" data-withdrawn="2025-01-01"')), "en/privacy/history.html", "found status: withdrawn"),
    "word in the history": Way(change("en/privacy/history.html", ('<td><span class="status-word status-in-force" data-of="1.6">In force', '<td><span class="status-word status-in-force" data-of="1.6">Withdrawn')), "en/privacy/history.html", "is called 'Withdrawn'"),
    "home": Way(change("en/index.html", ('data-version="1.6" data-status="in-force"', 'data-version="1.6" data-status="superseded"')), "en/index.html", "found status: superseded"),
    "page of a day": Way(change("en/privacy/on/2024-12-27.html", ('href="../1.6.html" data-keep-fragment data-forward', 'href="../1.5.html" data-keep-fragment data-forward')), "en/privacy/on/2024-12-27.html", "The page leads to another version"),
    "feed": Way(change("en/feed.atom", ("<updated>2024-12-27T", "<updated>2025-12-27T"), ("<updated>2024-12-27T", "<updated>2025-12-27T")), "en/feed.atom", "The feed tells of"),
    "feed with another version": Way(change("ko/feed.atom", ('href="privacy/1.6.html"', 'href="privacy/1.5.html"')), "ko/feed.atom", "The feed tells of"),
    "text on the page of a record": Way(change("en/privacy/1.5.html", ("</section>\n<div", f"{SELLS}</section>\n<div")), "en/privacy/1.5.html", "none is recorded"),
    "text of a record as data": Way(change("en/privacy/1.5.json", ('"provisions": []', '"provisions": [{"id": "top", "text": "We sell it."}]')), "en/privacy/1.5.json", "The file has a text"),
    "text in the place of another": Way(copied_over("en/privacy/1.5.html", "en/privacy/index.html"), "en/privacy/index.html", "By the days in the ledger version 1.6 is in force"),
    "a page gone": Way(unlinked(EN), "versions.json", "is in the ledger and not on the site"),
    # Files in the place of others.
    "case": Way(copied(EN, "EN/privacy/1.6.html", (NOT, "will be used for any")), "EN/privacy/1.6.html", "in the place of en/privacy/1.6.html"),
    "without a suffix": Way(copied(EN, "en/privacy/1.6", (NOT, "will be used for any")), "en/privacy/1.6", "in the place of en/privacy/1.6.html"),
    "folder with an index": Way(copied(EN, "en/privacy/1.6/index.html", (NOT, "will be used for any")), "en/privacy/1.6/index.html", "in the place of en/privacy/1.6.html"),
    "another suffix": Way(copied(EN, "en/privacy/1.6.htm", (NOT, "will be used for any")), "en/privacy/1.6.htm", "in the place of en/privacy/1.6.html"),
}  # fmt: skip
MORE_WAYS: dict[str, Way] = {
    # Where links lead, what they say, and what is loaded.
    "a switcher of the language that leads to another version": Way(change(EN, (TO_KO, TO_KO.replace("1.6", "1.5"))), EN, "leads elsewhere"),
    "a switcher of the language that stays": Way(change(EN, (TO_KO, TO_KO.replace("../../ko", "../../en"))), EN, "leads elsewhere"),
    "a switcher of the version that leads to another": Way(change(EN, ('<a href="1.5.html" data-keep-fragment', '<a href="1.4.html" data-keep-fragment')), EN, "leads elsewhere"),
    "a switcher of the version that says another": Way(change(EN, ('version-number">Version 1.5', 'version-number">Version 1.4')), EN, "leads elsewhere"),
    "a day in the switcher": Way(change(EN, ('version-period">since <time datetime="2024-12-27">27 December 2024', 'version-period">since <time datetime="2022-07-01">1 July 2022')), EN, "leads elsewhere"),
    "a permanent link to another article": Way(change(EN, ('href="1.6.html#art-1" aria-label', 'href="1.6.html#art-2" aria-label')), EN, "leads elsewhere"),
    "a permanent link that is called otherwise": Way(change(EN, ('#art-1" aria-label="Article 1"', '#art-1" aria-label="Article 2"')), EN, "leads elsewhere"),
    "a link to an article of another version": Way(change(EN, ("../../ko/privacy/1.6.html#art-1", "../../ko/privacy/1.5.html#art-1")), EN, "leads elsewhere"),
    "a link to another article": Way(change(EN, ("../../ko/privacy/1.6.html#art-1", "../../ko/privacy/1.6.html#art-2")), EN, "leads elsewhere"),
    "a link to both languages": Way(change(EN, ('<a href="../../ko/privacy/parallel/1.6.html"', '<a href="../../ko/privacy/1.5.html"')), EN, "leads elsewhere"),
    "contents that lead to another article": Way(change(EN, ('internal" href="#art-2"', 'internal" href="#art-3"')), EN, "leads elsewhere"),
    "the text in force in the menu": Way(change(EN, ('href="index.html">Text in force', 'href="1.5.html">Text in force')), EN, "of a menu"),
    "the ledger": Way(change(EN, ("../../ledger/privacy.json", "../../ledger/other.json")), EN, "leads elsewhere"),
    "the search": Way(change(EN, ('action="../search.html"', 'action="1.5.html"')), EN, "<form"),
    "the logo of another host": Way(change(EN, ('sidebar-logo" src="../_static/', 'sidebar-logo" src="//evil.example/')), EN, "sidebar-logo"),
    "a large logo": Way(change(EN, ('width="40" height="40"', 'width="4000" height="4000"')), EN, "sidebar-logo"),
    "an icon of another file": Way(change(EN, ('<use href="#icon-menu"', '<use href="../_static/logo.svg#a"')), EN, "<use"),
    "a large drawing": Way(change(EN, ('d="M4 6h16', f'd="{"M4 6h16" * 50}')), EN, "<path"),
    "a style sheet with its digest": Way(of_its_own(".css", "#art-1 { display: none }", '<link rel="stylesheet" href="../_static/{name}">'), EN, "where it loads one script and one style sheet"),
    "a script with its digest": Way(of_its_own(".js", "document.title = 1", '<script src="../_static/{name}"></script>'), EN, "where it loads one script and one style sheet"),
    "a script that needs no digest": Way(script_without_digest, EN, "translations.js"),
    "a style sheet to choose": Way(change(EN, ("</head>", '<link rel="alternate stylesheet" title="x" href="../x.css"></head>')), EN, "alternate stylesheet"),
    # The head.
    "a second title": Way(change(EN, ("<title>", "<title>SpaceONE Service Privacy Policy v1.5 (Superseded) – SpaceONE policies</title><title>")), EN, "2 <title>"),
    "the title of another version": Way(change(EN, ("<title>SpaceONE Service Privacy Policy v1.6", "<title>SpaceONE Service Privacy Policy v1.5")), EN, "the title"),
    "a status in the title": Way(change(EN, ("v1.6 (In force) –", "v1.6 (Withdrawn) –")), EN, "the title"),
    "a status in the title in Korean": Way(change(KO, ("v1.6 (시행 중) –", "v1.6 (철회) –")), KO, "the title"),
    "a title for other sites": Way(change(EN, ('og:title" content="', f'og:title" content="{OTHER}')), EN, "og:title"),
    "a description": Way(change(EN, ('name="description" content="', f'name="description" content="{OTHER}')), EN, PRINTS),
    "a description for other sites": Way(change(EN, ('og:description" content="', f'og:description" content="{OTHER}')), EN, "og:description"),
    "a description in Korean": Way(change(KO, ('name="description" content="', 'name="description" content="모두 판매합니다. ')), KO, "og:description"),
    "a description for programs": Way(change(EN, ("schema.org/InForce", "schema.org/NotInForce")), EN, "legislationLegalForce"),
    "words for programs": Way(change(EN, ('"@type":"Legislation",', f'"@type":"Legislation","abstract":"{OTHER}",')), EN, "'abstract'"),
    "another address": Way(change(EN, ('<link rel="icon"', '<link rel="canonical" href="https://evil.example/"><link rel="icon"')), EN, "which is not the address"),
    "the address in another language": Way(change(EN, ('<link rel="icon"', '<link rel="alternate" hreflang="ko" href="https://evil.example/ko/privacy/1.5.html"><link rel="icon"')), EN, "alternate"),
    "another feed": Way(change(EN, ('href="../feed.atom"', 'href="https://evil.example/feed.atom"')), EN, "feed.atom"),
    "another encoding": Way(change(EN, ('<meta charset="utf-8">', '<meta charset="windows-1252">')), EN, "another encoding than UTF-8"),
    "a narrow view": Way(change(EN, ("width=device-width,initial-scale=1", "width=1,initial-scale=99")), EN, "viewport"),
    "another language": Way(change(EN, ('<html lang="en"', '<html lang="ar"')), EN, '<html lang="ar"'),
    "a folder for scripts": Way(change(EN, ('data-content_root="../"', 'data-content_root="//evil.example/"')), EN, "<html"),
    "a time zone for scripts": Way(change(EN, ("Asia/Seoul", "America/Lima")), EN, "<html"),
    # Notices.
    "a status that is hidden": Way(change(EN, ('class="status-notice status-in-force"', 'hidden class="status-notice status-in-force"')), EN, "which is hidden"),
    "a status for print alone": Way(change(EN, ('class="status-notice status-in-force"', 'class="status-notice status-in-force print-only"')), EN, "print-only"),
    "another version at the head of the paper": Way(change(EN, ("<span>Version 1.6</span>", "<span>Version 1.5</span>")), EN, "of another version than 1.6"),
    "another status at the head of the paper": Way(change(EN, ('data-of="1.6">In force</span> <span class="print-address"', 'data-of="1.6">Withdrawn</span> <span class="print-address"')), EN, "is called 'Withdrawn'"),
    "other words at the head of the paper": Way(change(EN, ("<span>Version 1.6</span>", "<span>No longer valid</span>")), EN, PRINTS),
    "a second status": Way(change(EN, ("<article>", '<div class="status-notice status-withdrawn" role="note"><p class="status-line"><strong class="status-word">Withdrawn</strong></p></div><article>')), EN, "2 notices of the status"),
    "words in the line on a translation": Way(change(KO, ('<details class="translation-note">', f'<details class="translation-note"><p>{SELLS}</p>')), KO, PRINTS),
    "details that are open": Way(change(KO, ('<details class="translation-note">', '<details class="translation-note" open>')), KO, PRINTS),
    "tools of another name": Way(change(EN, ('data-named="Link and citation: ', 'data-named="No longer valid: ')), EN, PRINTS),
    "a note in words of another place": Way(change(EN, ("<article>", '<div class="translation-note" role="note"><p>Superseded</p></div><article>')), EN, PRINTS),
    "a mark in words of another place": Way(change(EN, ("<article>", '<p class="sample-mark">Draft</p><article>')), EN, PRINTS),
    "a correction": Way(change(EN, ("<article>", '<div class="correction-notice" role="note"><p class="correction">Corrected on 27 December 2024:</p></div><article>')), EN, "notices of corrections"),
    "a version that comes": Way(change(EN, ('role="note" data-version="1.6"', 'role="note" data-other="1.5" data-other-start="2027-01-01" data-version="1.6"')), EN, "data-other"),
    "the words of a status": Way(change(EN, ('data-status="in-force">In force', 'data-status="in-force">Superseded'), ('status-word">In force', 'status-word">Superseded')), EN, "among the words for its script"),
    "a sentence for the script": Way(change(EN, ("Version {number} has applied since {start}", "Version {number} was withdrawn on {start}")), EN, "among the words for its script"),
    "a sentence on another version": Way(change(EN, ('names is not in version 1.6."></p>', 'names is not in version 1.5."></p>')), EN, "of another version than 1.6"),
    "a text that is said to be foreign": Way(change(EN, (PARAGRAPH, '<p lang="ko">The company processes users')), EN, '<p lang="ko">'),
    # Of comparisons and other pages, and of nothing on this one.
    "a side of a comparison": Way(change(EN, (PARAGRAPH, f'<div class="article-changes"><details class="article-news"><summary>Amended</summary><div class="redline"><div class="redline-row depth-0 changed"><div class="old"><span class="side">Superseded</span></div></div></div></details></div>{PARAGRAPH}')), EN, '<div class="old">'),
    "what differs from another language": Way(change(EN, (PARAGRAPH, f'<div class="article-changes"><details class="article-news"><summary>Amended</summary><div class="redline"><p class="differs">Superseded</p></div></details></div>{PARAGRAPH}')), EN, '<p class="differs">'),
    "a stressed name": Way(change(EN, ('translate="no">MEGAZONE CLOUD Corp.', 'translate="no"><em>MEGAZONE CLOUD Corp.</em>')), EN, "<em>"),
    "a large button": Way(change(EN, ('<button type="submit"', '<button class="button" type="submit"')), EN, '<button class="button"'),
    # Elements that browsers show otherwise.
    "an object": Way(change(EN, (PARAGRAPH, f'<object data="x.html">{OTHER}</object>{PARAGRAPH}')), EN, "'art-1'"),
    "a dialog": Way(change(EN, ('<div class="page">', f'<dialog open>{OTHER}</dialog><div class="page">')), EN, "<dialog"),
    "inert": Way(change(EN, ('<div class="page">', '<div class="page" inert>')), EN, "inert"),
    "found by searching alone": Way(change(EN, (ARTICLE, '<section id="art-1" hidden="until-found">')), EN, "until-found"),
    "ruby": Way(change(EN, (NOT, "will <ruby>not<rt>surely</rt></ruby> be used for any")), EN, "'art-1'"),
    "a soft hyphen": Way(change(EN, (NOT, "will n&shy;ot be used for any")), EN, "'art-1'"),
    "a letter of another script": Way(change(EN, (NOT, "will n\u043et be used for any")), EN, "'art-1'"),
    "a line that may break": Way(change(EN, (NOT, "will n<wbr>ot be used for any")), EN, "<wbr>"),
    "a style in a drawing": Way(change(EN, ('class="icons">', 'class="icons"><style>p{display:none}</style>')), EN, "<style>"),
}  # fmt: skip
"""Changes of a page that bytes show as those of any other file."""
ONLY_BYTES: dict[str, Way] = {
    "a version that nobody recorded": Way(copied(EN, "en/privacy/1.7.html", (NOT, "will be used for any")), "en/privacy/1.7.html", "it was not recorded"),
    "rules for a server": Way(put(".htaccess", "Redirect / https://evil.example/\n"), ".htaccess", "it was not recorded"),
    "rules for a host": Way(put("_redirects", "/* https://evil.example/ 301\n"), "_redirects", "it was not recorded"),
    "another encoding": Way(put(f"{EN}.zst", b"x"), f"{EN}.zst", "in the place of en/privacy/1.6.html"),
    "a comparison": Way(change("en/privacy/compare/index.html", ("not held", "held")), "en/privacy/compare/index.html", "is not the one that was published"),
    "a drawing": Way(put("en/_static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"), "en/_static/logo.svg", "is not the one that was published"),
    "a manifest with two readings": Way(change("manifest.json", ("{", '{"day":"2026-01-01",')), "manifest.json", "The manifest cannot be read"),
    "another manifest": Way(change("manifest.json", ('"baseUrl":""', '"baseUrl":"x"')), "manifest.json", "is that of no release"),
}  # fmt: skip
