"""A publisher's site through a year: one policy in English and Korean, and the commands that are typed for it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import polib
from support import write_files

from policysite.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXT = """\
---
version: "{number}"
effective: {effective}
---

# Terms

## Article 1 (Scope)

These terms hold for everybody.

## Article 2 (Fees)

There are no fees.

## Article 3 (Questions)

See Article 2 of these terms.
"""
KOREAN = {
    "Test policies": "시험용 방침",
    "Version history": "이력",
    "Terms": "약관",
    "Article 1 (Scope)": "제1조(범위)",
    "These terms hold for everybody.": "이 약관은 모든 사람에게 적용됩니다.",
    "Article 2 (Fees)": "제2조(요금)",
    "Article 2 (Cookies)": "제2조(쿠키)",
    "There are no fees.": "요금은 없습니다.",
    "There are no cookies.": "쿠키는 없습니다.",
    "There are small fees.": "적은 요금이 있습니다.",
    "There are low fees.": "낮은 요금이 있습니다.",
    "Article 3 (Questions)": "제3조(문의)",
    "Article 3 (Fees)": "제3조(요금)",
    "Article 4 (Questions)": "제4조(문의)",
    "See Article 2 of these terms.": "본 약관 제2조를 참조하십시오.",
    "See Article 3 of these terms.": "본 약관 제3조를 참조하십시오.",
    "See v.{version}.": "{version} 보기.",
    "Article 1 (Fees)": "제1조(요금)",
    "Article 2 (Scope)": "제2조(범위)",
    "See Article 1 of these terms.": "본 약관 제1조를 참조하십시오.",
}
"""What a translator writes, by message."""


class Year:
    """The site in ``root``, which is published into ``to``; each command is run on a day."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        languages = {"en": "English", "ko": "한국어"}
        first = {"terms/1.0.md": TEXT.format(number="1.0", effective="2026-01-01")}
        self.root = write_files(folder / "site", first, languages)
        self.to = folder / "served"
        self.typed: list[list[str]] = []
        self._capsys = capsys
        subprocess.run(["git", "init", "--quiet", self.root], check=True)
        for name in ("index", "terms/history", "terms/1.0"):
            path = self.root / f"locales/ko/LC_MESSAGES/{name}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            catalog = polib.POFile()
            catalog.metadata = {"Language": "ko", "Content-Type": "text/plain; charset=UTF-8"}
            catalog.save(str(path))
        self.translate()

    def run(self, *words: str, code: int = 0) -> str:
        """Type a command; return what it said, its errors behind it."""
        self.typed.append(list(words))
        done = main([words[0], "--root", str(self.root), *words[1:]])
        said = self._capsys.readouterr()
        assert done == code, said.out + said.err
        return said.out + said.err

    def change(self, number: str, *swaps: tuple[str, str]) -> None:
        """Edit the text of a version: each of *swaps* is what stands there once, and what is written instead."""
        path = self.root / f"docs/terms/{number}.md"
        text = path.read_text("utf-8")
        for old, new in swaps:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    def translate(self) -> None:
        """Bring the catalogs up to date, and translate what is open."""
        self.run("update-po", "--published")
        for path in self.root.glob("locales/ko/LC_MESSAGES/**/*.po"):
            catalog = polib.pofile(str(path), wrapwidth=0)
            for entry in catalog:
                if entry.fuzzy or not entry.msgstr:
                    entry.msgstr, entry.flags = KOREAN[entry.msgid], []
                    entry.previous_msgid = entry.previous_msgctxt = None
            catalog.save(str(path))

    def publish(self, day: str) -> None:
        """Commit, publish, commit what is recorded, and have what is served verified, by its bytes and by its words."""
        self._commit()
        self.run("publish", "--day", day, "--to", str(self.to))
        self._commit()
        for attest in ("bytes", "words"):
            self.verify(day, attest)

    def verify(self, day: str, attest: str) -> None:
        assert main(["verify", str(self.to / "current"), "--day", day, "--attest", attest]) == 0
        self._capsys.readouterr()

    def page(self, name: str) -> str:
        """Return a page as it is served."""
        return (self.to / "current" / name).read_text("utf-8")

    def _commit(self) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        for command in (["add", "."], [*who, "commit", "--quiet", "--allow-empty", "-m", "x"]):
            subprocess.run(["git", "-C", self.root, *command], check=True)
