"""Pages of every language cite provisions by what their own text prints, and by nothing else."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import polib
import pytest
from printed_labels import labels_of_ours
from support import build_site, page, swap, text
from test_translators import pseudo

from policysite.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENT = """\
    ---
    version: "1.0"
    effective: 2024-01-01
    ---

    # Terms

    ## Article 1 (Scope)

    ① See {policy:provision}`art-2-para-1-point-1`.

    ## Article 2 (End)

    ① These terms end when:

    1. the user leaves;
    2. the service ends.
    """
TRANSLATED = {
    "de": ["Bedingungen", "§ 1 Geltung", "Siehe {policy:provision}`art-2-para-1-point-1`.", "§ 2 Ende", "Diese Bedingungen enden, wenn:", "der Nutzer geht;", "der Dienst endet."],
    "ja": ["利用規約", "第一条（範囲）", "{policy:provision}`art-2-para-1-point-1`を見よ。", "第二条（終了）", "本規約は、次の場合に終了する。", "利用者が退会したとき", "サービスが終了したとき"],
    "ar": ["الشروط", "المادة الأولى (النطاق)", "انظر {policy:provision}`art-2-para-1-point-1`.", "المادة الثانية (النهاية)", "تنتهي هذه الشروط عندما:", "يغادر المستخدم؛", "تنتهي الخدمة."],
}  # fmt: skip
ENGLISH = ["Terms", "Article 1 (Scope)", "See {policy:provision}`art-2-para-1-point-1`.", "Article 2 (End)", "These terms end when:", "the user leaves;", "the service ends."]  # fmt: skip
CITED = {
    "de": "Siehe § 2 Abs. 1 Nr. 1.",
    "ja": "第二条第一項第一号を見よ。",
    "ar": "انظر المادة الثانية، الفقرة 1، البند 1.",
}


@pytest.mark.one_in(8)
@pytest.mark.parametrize("language", TRANSLATED)
def test_a_page_cites_what_its_own_text_prints(
    language: str, write_project: Callable[..., Path]
) -> None:
    root = write_project({"terms/1.0.md": DOCUMENT})
    assert main(["add-language", "--root", str(root), language]) == 0
    folder = root / "locales" / language
    (folder / "glossary.csv").write_text("source,target\nhttp,http\n", "utf-8")
    for path in folder.rglob("*.po"):
        catalog = polib.pofile(str(path), wrapwidth=0)
        own = iter(TRANSLATED[language])
        for entry in catalog:
            entry.msgstr = next(own) if path.stem == "1.0" else pseudo(entry.msgid)
        catalog.save(str(path))
    build_site(root, {"POLICYSITE_DATE": "2026-03-15"})
    site = root / "_build" / "html" / language
    document = page(site / "terms/1.0.html")
    assert CITED[language] in text(document.get_element_by_id("art-1"))
    # The text in both languages shows the source too.
    shown = [file for file in site.rglob("*.html") if file.parent.name != "parallel"]
    assert len(shown) > 5
    for file in shown:
        assert not re.search(r"Article [0-9]", text(page(file))), file
        labels = page(file).xpath("//@aria-label")
        assert [label for label in labels if "Article" in label] == []


def test_no_page_of_the_real_site_has_a_label_of_ours(site: Path) -> None:
    assert labels_of_ours(site) == []


def test_no_page_of_the_sample_has_a_label_of_ours(sample_site: Path) -> None:
    assert labels_of_ours(sample_site) == []


def test_a_label_of_ours_would_be_found(site: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(site, tmp_path / "site")
    file = changed / "ko/privacy/1.6.html"
    words = file.read_text("utf-8")
    assert "제9조" in words
    file.write_text(
        words.replace("</article>", "<p>제99조, 제9조의7, Article 9</p></article>", 1), "utf-8"
    )
    assert labels_of_ours(changed) == [
        f"ko/privacy/1.6.html: {label}" for label in ("제99조", "제9조의7", "Article 9")
    ]


def test_a_text_cites_itself_as_it_prints(write_project: Callable[..., Path]) -> None:
    """The Japanese words are the source here, and the only text."""
    words = TRANSLATED["ja"]
    document = DOCUMENT
    for english, japanese in zip(ENGLISH, words, strict=True):
        assert english in document
        document = document.replace(english, japanese)
    root = write_project({"terms/1.0.md": document}, {"ja": "日本語"})
    swap("conf.py", 'language = "en"', 'language = policysite_source_language = "ja"')(root)
    site = build_site(root, {"POLICYSITE_DATE": "2026-03-15"}).output
    article = page(site / "ja/terms/1.0.html").get_element_by_id("art-1")
    assert CITED["ja"] in text(article)
