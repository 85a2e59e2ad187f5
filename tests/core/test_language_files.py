"""The files of languages: their form, and that nothing else in the engine knows a language."""

from __future__ import annotations

import json
import re
import tomllib

import jsonschema
import pytest

from policysite.languages.language_files import FOLDER, known_languages, scripts
from policysite.text.facts.fact_patterns import rules

SCHEMA = json.loads((FOLDER / "language.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("language", known_languages())
def test_the_file_of_a_language_has_the_form_of_the_schema(language: str) -> None:
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    jsonschema.validate(data, SCHEMA)
    assert rules(language)


def test_a_misspelt_table_is_refused() -> None:
    with pytest.raises(jsonschema.ValidationError, match="heading"):
        jsonschema.validate({"heading": {}}, SCHEMA)


@pytest.mark.parametrize("code", sorted(scripts()))
def test_what_is_known_of_a_script_has_its_form(code: str) -> None:
    values = scripts()[code]
    assert re.fullmatch("[A-Z][a-z]{3}", code)
    jsonschema.validate(values, {"$defs": SCHEMA["$defs"], "$ref": "#/$defs/script"})
