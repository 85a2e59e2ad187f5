"""The pages on what programs read: the JSON files with their schemas, and the events of a build."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policysite.base.package import PACKAGE
from reference_pages.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMAS = {
    "versions.schema.json": "/versions.json",
    "policy-version.schema.json": "/<lang>/<policy>/<version>.json",
    "ledger.schema.json": "/ledger/<policy>.json",
    "manifest.schema.json": "/manifest.json",
    "timestamps.schema.json": "/ledger/<policy>.timestamps.json",
}
FOR_APPS = {
    "current.schema.json": "/<lang>/<policy>/current.json",
    "notice.schema.json": "<policy>-<version>-<lang>.json",
}
"""The schemas by file, and what each describes."""


def data_page() -> Iterator[str]:
    """Yield the lines of the page on JSON files."""
    yield from (
        "# Data",
        "",
        "Each file has a [JSON Schema](https://json-schema.org/), which comes with the engine.",
        "The site's own files are checked against the schemas by the tests.",
        "A name or a meaning in them is never changed; something new may be added.",
        "[Data for apps](app-data.md) has what apps read.",
        "",
    )
    yield from _described(SCHEMAS)


def app_data_page() -> Iterator[str]:
    """Yield the lines of the page on what apps read."""
    yield from (
        "# Data for apps",
        "",
        "[For apps](../apps.md) says what to do with `current.json`, [Notices](../notices.md) what a notice is; [Data](data.md) has the other files.",
        "",
    )
    yield from _described(FOR_APPS)


def _described(schemas: Mapping[str, str]) -> Iterator[str]:
    for name, address in schemas.items():
        schema = json.loads((PACKAGE / "schemas" / name).read_text("utf-8"))
        yield from (f"## {schema['title']}", "")
        yield from (
            f"{code(address)}, described by {code(f'policysite/schemas/{name}')}.",
            *schema["description"].replace(". ", ".\n").splitlines(),
            "",
        )
        yield from _properties(schema, schema)
        for part, definition in schema.get("$defs", {}).items():
            if "properties" in definition:
                yield from (f"Each {part} has these.", "")
                yield from _properties(definition, schema)


def _properties(definition: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    needed = definition.get("required", [])
    yield from table(
        ("field", "type", "what"),
        (
            (
                code(name),
                _type(found, schema) + ("" if name in needed else ", optional"),
                found.get("description", ""),
            )
            for name, found in definition["properties"].items()
        ),
    )


def _type(found: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return the type of a value in words."""
    if "$ref" in found:
        name = found["$ref"].rpartition("/")[2]
        definition = schema["$defs"][name]
        named = "properties" in definition or definition.get("type") == "string"
        return name if named else _type(definition, schema)
    if "const" in found:
        return code(json.dumps(found["const"]))
    if choices := found.get("enum"):
        return ", ".join(map(code, choices))
    if choices := found.get("oneOf"):
        return " or ".join(_type(choice, schema) for choice in choices)
    return _plain_type(found, schema)


def _plain_type(found: dict[str, Any], schema: dict[str, Any]) -> str:
    kinds = found["type"] if isinstance(found["type"], list) else [found["type"]]
    inner = found.get("items", found.get("additionalProperties"))
    of_what = f" of {_type(inner, schema)}" if isinstance(inner, dict) else ""
    return " or ".join(kinds) + of_what
