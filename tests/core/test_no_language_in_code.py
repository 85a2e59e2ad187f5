"""No module of the engine names a language: what is particular to one stands in ``languages/``."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel import localedata

import policysite

ENGINE = Path(policysite.__file__).parent
# Letters of scripts other than Latin; marks and digits that all languages share are none.
LETTERS = re.compile(
    "[\u0370-\u052f\u0531-\u058f\u05d0-\u05f4\u0620-\u06d3\u0900-\u0dff\u0e01-\u0e4e\u0e80-\u0eff\u1000-\u1049\u1050-\u10ff"
    "\u1100-\u11ff\u1780-\u17d2\u3041-\u30fa\u3131-\u318e\u3400-\u9fff\uac00-\ud7a3]"
)
CODES = {code.replace("_", "-") for code in localedata.locale_identifiers()} | set(
    localedata.locale_identifiers()
)
# Words that are codes of some language too, and are not meant as one.
WORDS = {
    "to", "as", "is", "it", "no", "or", "id", "so", "am", "be", "my", "he", "el", "br", "th", "tr", "kw", "de", "kok", "os", "mt", "ii",
    "dz", "rm", "sg", "se", "si", "ia", "ie", "sc", "lt", "es", "ha", "hi", "en-dash", "root", "ta", "ar", "ak", "da", "ki", "sn", "vi", "et", "fo",
    "pt", "ann", "hr", "km", "an", "ast", "mas", "sat", "seh", "cad", "agr", "bas", "mus", "vai", "lag", "rn", "gv", "gl", "mk", "nd", "ms", "sl", "sk", "co", "ur", "st", "ga",
}  # fmt: skip
# What may stand in code, with the reason.
ALLOWED = {
    # An example in a message or in a help text: how a setting is written, what a heading looks like.
    "model/settings_reader.py": {"ko", "한국어", "서비스팀"},
    "text/numbering.py": {"제9조", "부칙"},
    "text/numbering_problems.py": {"제9조의2"},
    "authoring/composed_source.py": {"제1조"},
    "authoring/new_site_request.py": {"ko", "zh_TW", "en"},
    "authoring/init_site.py": {"ko", "ja", "de", "fr", "es", "pt", "zh_TW"},
    "cli/begin_commands.py": {"en"},
}
# Letters that are taken for digits or for Latin ones, in whatever language they stand.
LOOKALIKES = {"text/facts/letters.py", "text/facts/fact_patterns.py"}
# The language of the engine's templates, before it is imported from one place.
TEMPLATES = {
    "model/settings.py", "catalogs/glossary.py", "catalogs/update_catalog.py", "release/site_answers.py",
    "release/serve.py", "authoring/new_site_request.py", "cli/begin_commands.py", "authoring/init_site.py",
}  # fmt: skip


def strings(module: Path) -> list[str]:
    """Return the strings of a module, without its docstrings."""
    docs: set[int] = set()
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append((id(node), node.value))
        elif isinstance(node, ast.Module | ast.ClassDef):
            # Of a module and a class also those of what is in it.
            docs |= {id(one.value) for one in node.body if isinstance(one, ast.Expr)}
        elif isinstance(node, ast.FunctionDef) and isinstance(node.body[0], ast.Expr):
            docs.add(id(node.body[0].value))
    return [text for node, text in found if node not in docs]


MODULES = sorted(
    path.relative_to(ENGINE).as_posix()
    for path in ENGINE.rglob("*.py")
    if not {"skeleton", "languages"} & {*path.relative_to(ENGINE).parts}
)


def languages_named(name: str) -> set[str]:
    """Return the codes and letters of languages that stand in the module *name*, and may not."""
    allowed = ALLOWED.get(name, set())
    found = set()
    for text in strings(ENGINE / name):
        if (
            text in CODES
            and text not in WORDS | allowed
            and not (text == "en" and name in TEMPLATES)
        ):
            found.add(text)
        rest = text
        for example in sorted(allowed, key=len, reverse=True):
            rest = rest.replace(example, "")
        if name not in LOOKALIKES and (letters := LETTERS.findall(rest)):
            found.add("".join(letters))
    return found


def test_no_module_names_a_language() -> None:
    assert len(MODULES) > 400
    assert {name: found for name in MODULES if (found := languages_named(name))} == {}


@pytest.mark.parametrize("name", sorted({*ALLOWED, *LOOKALIKES, *TEMPLATES}))
def test_the_list_of_exceptions_is_no_longer_than_it_must_be(name: str) -> None:
    texts = strings(ENGINE / name)
    letters = any(LETTERS.search(text) for text in texts)
    codes = any(text in CODES - WORDS for text in texts)
    assert letters or codes
