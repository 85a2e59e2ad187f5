"""The official schema of Akoma Ntoso 3.0, which the package cobalt brings."""

from __future__ import annotations

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from lxml import etree


@cache
def _schema() -> etree.XMLSchema:
    file = distribution("cobalt").locate_file("cobalt/xsd/akomantoso30.xsd")
    return etree.XMLSchema(etree.parse(str(Path(str(file)))))


def problems_of(content: bytes) -> list[str]:
    """Return what the schema says against a file."""
    schema = _schema()
    schema.validate(etree.fromstring(content))
    return [f"{error.line}: {error.message}" for error in schema.error_log]
