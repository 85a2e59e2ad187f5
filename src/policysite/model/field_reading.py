"""The fields of a front matter as YAML: of it only what builds read too, and no deeper or larger than fields are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 64_000
"""Characters of all fields. Those of a version have some hundred."""
_DEEPEST = 4
"""Lists and mappings in each other."""


class FieldsError(ValueError):
    """Fields that cannot be read; it says why, without the subject, ``line`` where, from 1."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(why)


class Fields(NamedTuple):
    """What a front matter holds: ``node`` is None if that is nothing, ``fault`` says what of it a build could not read."""

    node: yaml.Node | None
    fault: str = ""


@lru_cache(maxsize=4096)
def read_fields(text: str) -> Fields:
    """Return what *text* holds; once, as the processes that build begin with what was read before.

    :raises FieldsError: if it is not YAML, has tags or anchors, is too deep or too large.
    """
    if len(text) > _LARGEST:
        found = f"has {len(text):,} characters; expected at most {_LARGEST:,}"
        raise FieldsError(1, found)
    try:
        # One event after the other, so that what is too deep is never read.
        for depth, event in _events(text):
            _check_event(depth, event)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        why = f"is not YAML: {getattr(error, 'problem', None) or error}"
        raise FieldsError(mark.line + 1 if mark else 0, why) from error
    return Fields(node, _fault(node) if node is not None else "")


def _fault(node: yaml.Node) -> str:
    """Return what MyST, which makes values of the fields, would stop at: a day, say, or a number that there is not."""
    try:
        yaml.SafeLoader("").construct_document(node)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return f"The front matter has a value that cannot be read: {getattr(error, 'problem', None) or error}"
    return ""


def _events(text: str) -> Iterator[tuple[int, yaml.Event]]:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        yield depth, event
        depth -= isinstance(event, yaml.CollectionEndEvent)


def _check_event(depth: int, event: yaml.Event) -> None:
    line = event.start_mark.line + 1 if event.start_mark else 1
    if depth > _DEEPEST:
        found = f"has lists or mappings in each other, more than {_DEEPEST} deep"
        raise FieldsError(line, found)
    if tag := getattr(event, "tag", None):
        raise FieldsError(line, f"has the tag {tag!r}")
    if (
        isinstance(event, yaml.NodeEvent)
        and event.anchor
        and not isinstance(event, yaml.AliasEvent)
    ):
        raise FieldsError(line, f"has the anchor {event.anchor!r}")


def scalars_of(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield the words in *node*, keys and values."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, yaml.ScalarNode):
            yield part
        elif isinstance(part, yaml.SequenceNode):
            waiting += part.value
        elif isinstance(part, yaml.MappingNode):
            waiting += [each for pair in part.value for each in pair]
