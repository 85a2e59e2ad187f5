"""Regenerates the ledger of the sample: ``.venv/bin/python tests/sample_ledger.py``.

Needed when a text of the sample is changed; what was published then has not been published by anybody. Each version is
frozen on the day it was announced. Version 3.1 was published with a typing error in either language, which is corrected,
and version 2.1 is withdrawn.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from support import SAMPLE, copy_sample

from policysite.authoring.record import Reasons, correct, freeze, withdraw

FROZEN = {
    "1.0": "2018-12-10",
    "1.1": "2020-03-10",
    "1.2": "2021-06-14",
    "2.0": "2022-09-01",
    "2.1": "2023-04-03",
    "3.0": "2024-01-02",
    "3.1": "2025-08-01",
    "3.2": "2026-11-01",
}
TEXT, CATALOG = "docs/privacy/{}.md", "locales/ko/LC_MESSAGES/privacy/{}.po"
ERRORS = {
    TEXT: {"what users may ask of the Company": "what user may ask of the Company"},
    CATALOG: {
        "what users may ask of the Company": "what user may ask of the Company",
        "이용자가 회사에": "이용자 가 회사에",
    },
}


def make(root: Path) -> None:
    """Freeze, correct and withdraw what was published in the sample in *root*, day by day."""
    for number, day in FROZEN.items():
        environ = {"POLICYSITE_DATE": day}
        originals = {}
        if number == "3.1":
            for name, errors in ERRORS.items():
                path = root / name.format(number)
                originals[path] = text = path.read_text("utf-8")
                for right, wrong in errors.items():
                    assert right in text, (path, right)
                    text = text.replace(right, wrong, 1)
                path.write_text(text, "utf-8")
        if number == "2.1":
            path = root / TEXT.format(number)
            path.write_text(path.read_text("utf-8").replace("withdrawn: 2023-04-10\n", ""), "utf-8")
        freeze(root, environ, "privacy", number)
        if number == "2.1":
            reasons = Reasons(
                "Accounts of children are dealt with in a later version.",
                {"ko": "아동의 계정에 관한 사항은 이후 버전에서 정합니다."},
            )
            day_of_withdrawal = dt.date(2023, 4, 10)
            environ = {"POLICYSITE_DATE": "2023-04-07"}
            withdraw(root, environ, "privacy", number, day_of_withdrawal, reasons)
        for path, text in originals.items():
            path.write_text(text, "utf-8")
        if originals:
            reasons = Reasons(
                "A typing error in Article 1: “user” for “users”.",
                {"ko": "제1조의 띄어쓰기를 바로잡았습니다."},
            )
            correct(root, {"POLICYSITE_DATE": "2025-08-05"}, "privacy", number, reasons)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        copied = copy_sample(Path(folder) / "sample", frozen=False)
        make(copied)
        shutil.copy2(copied / "docs/privacy/ledger.json", SAMPLE / "docs/privacy/ledger.json")
