"""A small site in two languages whose table has merged cells, headers of rows, lists and several paragraphs in a cell, in two versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polib
from support import write_files

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
```{list-table}
:header-rows: 2
:stub-columns: 1

* - {rspan}`1` Purpose
  - {cspan}`1` Items
  - {rspan}`1` Kept for
* - Required
  - Optional
* - {rspan}`1` Members
  - Name

    E-mail address
  - - Telephone number
    - Company

      - its address
      - its branch
  - {rspan}`1` Until the account is closed
* - Password
  -
* - Visitors
  - {cspan}`1`
    1. Kind of device
    2. Language
  - One year
```
"""
"""Two head rows, cells over rows and over columns, row headers, a group of them, lists in each other, an empty cell."""

TEXT = """\
---
version: "{number}"
effective: {day}
---

# Terms

## Article 1 (Items)

We keep these.

{table}
The rest is deleted.

## Article 2 (Other)

Nothing else is kept.
"""

KOREAN = {
    "Terms": "약관",
    "Article 1 (Items)": "제1조(항목)",
    "We keep these.": "다음 항목을 보유합니다.",
    "The rest is deleted.": "나머지는 삭제합니다.",
    "Article 2 (Other)": "제2조(그 밖의 사항)",
    "Nothing else is kept.": "그 밖에는 아무것도 보유하지 않습니다.",
    "Purpose": "구분",
    "Items": "항목",
    "Kept for": "보유 기간",
    "Required": "필수",
    "Optional": "선택",
    "Members": "회원",
    "Name": "이름",
    "E-mail address": "전자우편 주소",
    "Telephone number": "전화번호",
    "Company": "회사",
    "its address": "회사 주소",
    "its branch": "회사 지점",
    "Until the account is closed": "계정을 해지할 때까지",
    "Password": "비밀번호",
    "Visitors": "방문자",
    "Kind of device": "기기 종류",
    "Language": "언어",
    "One year": "1년",
    # Of the second version.
    "Postal address": "우편 주소",
    "Two years": "2년",
    "Partners": "제휴사",
    "Contract number": "계약 번호",
}
CHANGES = (
    ("    E-mail address\n", "    Postal address\n"),
    ("  - One year\n", "  - Two years\n"),
    (
        "* - Visitors\n",
        "* - Partners\n  - {cspan}`1` Contract number\n  - One year\n* - Visitors\n",
    ),
)
"""A line of a cell and a cell are amended, and a row is inserted."""


def changed(table: str = TABLE) -> str:
    """Return *table* as it is in the second version."""
    for old, new in CHANGES:
        assert table.count(old) == 1
        table = table.replace(old, new)
    return table


def write_site(root: Path, first: str = TABLE, second: str | None = None) -> Path:
    """Write the site: version 1.0 with the table *first*, 2.0 with *second*, each in English and Korean."""
    tables = {"1.0": ("2024-01-01", first), "2.0": ("2025-01-01", second or changed(first))}
    texts = {
        f"terms/{number}.md": TEXT.format(number=number, day=day, table=table)
        for number, (day, table) in tables.items()
    }
    write_files(root, texts, {"en": "English", "ko": "한국어"})
    for number, (_, table) in tables.items():
        lines = f"{TEXT}\n{table}"
        said = [m for m in KOREAN if re.search(rf"(?:^|[ `]){re.escape(m)}$", lines, re.MULTILINE)]
        write_catalog(root, number, said)
    others = {
        "index": {"Test policies": "시험 약관"},
        "terms/history": {"Version history": "개정 이력"},
    }
    for name, messages in others.items():
        _write(root, name, messages)
    return root


def write_catalog(root: Path, number: str, messages: list[str]) -> None:
    """Write the Korean catalog of a version."""
    _write(root, f"terms/{number}", {message: KOREAN[message] for message in messages})


def _write(root: Path, name: str, messages: dict[str, str]) -> None:
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {
        "Language": "ko",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    catalog.extend(polib.POEntry(msgid=msgid, msgstr=said) for msgid, said in messages.items())
    path = root / f"locales/ko/LC_MESSAGES/{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{catalog}\n", "utf-8")
