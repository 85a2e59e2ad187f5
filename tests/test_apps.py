"""``current.json``: what programs learn of a policy, and the clients in the guide that read it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from support import ROOT, SAMPLE_DAY, build_site, copy_sample, provisions_of, swap

from policysite.base.package import PACKAGE
from policysite.ledger.agreement import provision_digests
from policysite.ledger.canonical_json import of_text
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCHEMA = json.loads((PACKAGE / "schemas" / "current.schema.json").read_text("utf-8"))
GUIDE = (ROOT / "guide" / "apps.md").read_text("utf-8")
KINDS = {"2.0": "editorial", "3.0": "adverse", "3.1": "editorial", "3.2": "material"}


def current(root: Path, language: str = "ko") -> dict[str, Any]:
    text = (root / f"_build/html/{language}/privacy/current.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample, whose versions state kinds of change, built."""
    root = copy_sample(tmp_path_factory.mktemp("apps") / "sample")
    for number, kind in KINDS.items():
        swap(f"docs/privacy/{number}.md", "change_note:", f"change_kind: {kind}\nchange_note:")(
            root
        )
    build_site(root, SAMPLE_DAY)
    return root


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_programs_learn_what_applies_and_what_comes(root: Path, language: str) -> None:
    found = current(root, language)
    ledger = load_project(root, SAMPLE_DAY).ledgers["privacy"]
    for name, number in (("inForce", "3.1"), ("upcoming", "3.2")):
        version = found[name]
        entry = ledger.texts[number, language]
        provisions = provisions_of(root / "_build/html", language, "privacy", number)
        assert version["version"] == number
        assert version["changeKind"] == KINDS[number]
        assert version["digest"] == entry.digest == of_text(provision_digests(provisions))
        assert version["ledgerEntry"] == {"number": entry.number, "sha256": entry.sha256}
    assert found["upcoming"]["effective"] == "2035-01-01"
    assert found["upcoming"]["comparison"] == f"{language}/privacy/compare/3.1/3.2.html"


def test_every_address_in_it_is_there(root: Path) -> None:
    site, found = root / "_build/html", current(root)
    named = [found["page"], found["ledger"]]
    named += [found[name][kind] for name in ("inForce", "upcoming") for kind in ("page", "data")]
    named += [one["comparison"] for one in [found["upcoming"], *found["since"].values()]]
    assert all((site / name).is_file() for name in named if name)
    # Of the record nothing is compared.
    assert named.count(None) == 1


def test_what_changed_is_said_since_each_version(root: Path) -> None:
    since = current(root)["since"]
    assert list(since) == ["3.0", "2.1", "2.0", "1.2", "1.1", "1.0", "0.9"]
    assert since["3.0"]["changeKinds"] == ["editorial"]
    assert since["2.1"]["changeKinds"] == ["adverse", "editorial"]
    # 2.1 was withdrawn before it took effect, and changed nothing for anybody.
    assert since["2.0"]["changeKinds"] == ["adverse", "editorial"]
    # 1.2 states none.
    assert since["1.1"]["changeKinds"] == ["adverse", "editorial", "unstated"]
    assert since["3.0"]["changed"] == ["top", "art-1", "art-6", "art-7", "art-10"]
    # Articles that were only renumbered are not among them; the article on cookies is gone.
    assert "art-9" not in since["2.1"]["changed"]
    assert since["2.1"]["deleted"] == ["art-7"]
    assert since["0.9"] == {
        "changeKinds": ["adverse", "editorial", "unstated"],
        "changed": None,
        "deleted": None,
        "comparison": None,
    }


@pytest.mark.thorough
def test_it_follows_the_day_and_the_texts(root: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(root, tmp_path / "sample")
    build_site(copy, {"POLICYSITE_DATE": "2035-01-01"})
    found = current(copy)
    assert (found["inForce"]["version"], found["upcoming"]) == ("3.2", None)
    assert found["since"]["3.1"]["changeKinds"] == ["material"]
    assert found["since"]["3.0"]["changeKinds"] == ["editorial", "material"]
    # Another text, built into what was built before.
    (copy / "docs/privacy/ledger.json").unlink()
    catalog = "locales/ko/LC_MESSAGES/privacy/3.2.po"
    swap(catalog, "이용자에게 그 이유를 알립니다", "그 이유를 이용자에게 알립니다")(copy)
    swap("docs/privacy/3.2.md", "change_kind: material", "change_kind: editorial")(copy)
    before = found["inForce"]["digest"]
    build_site(copy, SAMPLE_DAY)
    found = current(copy)
    assert (found["inForce"]["version"], found["upcoming"]["version"]) == ("3.1", "3.2")
    assert found["upcoming"]["changeKind"] == "editorial"
    assert "ledgerEntry" not in found["upcoming"]
    assert found["upcoming"]["digest"] != before
    assert found["ledger"] is None


@pytest.mark.thorough
def test_a_site_without_comparisons_says_no_articles(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample")
    conf = root / "conf.py"
    line = '\npolicysite_left_out_pages = ["comparisons"]\n'
    conf.write_text(conf.read_text("utf-8") + line, "utf-8")
    build_site(root, SAMPLE_DAY)
    found = current(root)
    assert found["upcoming"]["comparison"] is None
    assert found["since"]["3.0"] == {
        "changeKinds": ["unstated"],
        "changed": None,
        "deleted": None,
        "comparison": None,
    }


# The clients in the guide ------------------------------------------------------------------------

CASES: list[tuple[str, str | None, str, bool]] = [
    # What the user accepted, the day, and whether to ask again.
    ("nobody was asked yet", None, "2026-11-23", True),
    ("the version in force", "3.1", "2026-11-23", False),
    ("editorial changes since", "3.0", "2026-11-23", False),
    ("an adverse change since", "2.1", "2026-11-23", True),
    ("a change of which nobody says what it is", "1.0", "2026-11-23", True),
    ("a version that is not known", "0.1", "2026-11-23", True),
    ("the day before a material change", "3.1", "2034-12-31", False),
    ("a material change, and nobody built the site", "3.1", "2035-01-01", True),
    ("the version to come, in advance", "3.2", "2026-11-23", False),
    ("the same when it applies", "3.2", "2035-01-01", False),
]


def code(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1]


def answers_in_python(found: dict[str, Any]) -> list[Any]:
    client: dict[str, Any] = {}
    exec(compile(code("python"), "guide/apps.md", "exec"), client)  # noqa: S102 - it is ours
    kept = client["acceptance"](found, "2035-01-01")
    return [
        *(client["must_ask"](found, one and {"version": one}, day) for _, one, day, _ in CASES),
        {name: kept[name] for name in ("policy", "language", "version", "digest", "ledgerEntry")},
    ]


def answers_in_javascript(found: dict[str, Any]) -> list[Any]:
    node = shutil.which("node")
    assert node, "node is not installed"
    cases = [[one and {"version": one}, day] for _, one, day, _ in CASES]
    script = code("javascript") + (
        f"const found = {json.dumps(found)};\n"
        f"const answers = {json.dumps(cases)}.map(([one, day]) => mustAsk(found, one, day));\n"
        "const { policy, language, version, digest, ledgerEntry } = acceptance(found, '2035-01-01');\n"
        "answers.push({ policy, language, version, digest, ledgerEntry });\n"
        "console.log(JSON.stringify(answers));\n"
    )
    done = subprocess.run(
        [node, "--input-type=module"], input=script, capture_output=True, text=True, check=True
    )
    answers: list[Any] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize("ask", [answers_in_python, answers_in_javascript])
def test_the_clients_of_the_guide_ask_again_only_when_they_must(
    root: Path, ask: Callable[[dict[str, Any]], list[Any]]
) -> None:
    found = current(root)
    *answers, kept = ask(found)
    expected = {what: must for what, _, _, must in CASES}
    assert dict(zip(expected, answers, strict=True)) == expected
    version = found["upcoming"]
    assert kept == {
        "policy": "privacy",
        "language": "ko",
        **{name: version[name] for name in ("version", "digest", "ledgerEntry")},
    }


def test_the_clients_are_short() -> None:
    for language in ("python", "javascript"):
        lines = [line for line in code(language).splitlines() if line.strip()]
        assert len(lines) <= 35, language
