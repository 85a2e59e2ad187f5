"""What may stand in the template of a notice: words, values, choices, loops over what is given. All else is named with its line.

What is not listed here is refused, so that a template neither calls, calculates nor grows, whatever Jinja can do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from policysite.languages.unseen_characters import hidden_characters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    Fault = tuple[int, str]
    """A line, and what is wrong there."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.Getattr, nodes.Getitem,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.List,
    nodes.Tuple, nodes.Keyword,
)  # fmt: skip
_TRANSLATE = {"gettext", "ngettext", "pgettext", "npgettext"}
"""What ``{% trans %}`` becomes."""
_CALLED = {
    nodes.Assign: "'set'",
    nodes.AssignBlock: "'set'",
    nodes.Include: "'include': a notice is one file",
    nodes.Import: "'import': a notice is one file",
    nodes.FromImport: "'import': a notice is one file",
    nodes.Extends: "'extends': a notice is one file",
    nodes.Macro: "a macro",
    nodes.Call: "a call",
    nodes.Concat: "the operator ~",
}
_MOST_LOOPS = 2
"""In each other."""


def faults_of(template: nodes.Template, known: Collection[str]) -> list[Fault]:
    """Return what in *template* is none of a notice, in the order of its lines; *known* are the values that it is given."""
    return sorted({*_nodes(template), *_names(template, known)})


def hidden_in(text: str, language: str) -> Iterator[Fault]:
    """Yield the characters in *text*, a template for *language*, that no reader sees."""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := hidden_characters(line, language):
            yield number, f"{found[0]!r}, an invisible or bidirectional-control character"


def line_of(template: nodes.Template, name: str) -> int:
    """Return the last line on which *template* prints the value *name*; 0 if it does not."""
    lines = (
        one.lineno
        for output in template.find_all(nodes.Output)
        for one in output.nodes
        if isinstance(one, nodes.Name) and one.name == name
    )
    return max(lines, default=0)


def _nodes(node: nodes.Node, loops: int = 0, joined: bool = False) -> Iterator[Fault]:  # noqa: FBT001, FBT002 - of one that is inside another
    if isinstance(node, nodes.For):
        loops += 1
        if loops > _MOST_LOOPS:
            yield node.lineno, f"more than {_MOST_LOOPS} loops in each other"
        if _joins(node.iter):
            yield node.lineno, "'join' in what a loop goes over"
    if isinstance(node, nodes.Filter) and node.name == "join":
        if joined:
            yield node.lineno, "'join' in what is joined"
        joined = True
    is_translation = (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name in _TRANSLATE
    )
    if not (is_translation or isinstance(node, _ALLOWED)):
        yield node.lineno, _name_of(node)
        return
    for child in node.iter_child_nodes():
        yield from _nodes(child, loops, joined)


def _joins(node: nodes.Node) -> bool:
    filters = [*node.find_all(nodes.Filter), *([node] if isinstance(node, nodes.Filter) else ())]
    return any(one.name == "join" for one in filters)


def _name_of(node: nodes.Node) -> str:
    if isinstance(node, nodes.BinExpr) and node.operator:
        return f"the operator {node.operator}"
    return _CALLED.get(type(node), f"'{type(node).__name__.lower()}'")


def _names(template: nodes.Template, known: Collection[str]) -> Iterator[Fault]:
    """Yield the values that are not given: those that no loop around them names."""

    def unknown(node: nodes.Node, names: frozenset[str]) -> Iterator[Fault]:
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in names:
            yield node.lineno, f"the value {node.name!r}, which is not given"
        if isinstance(node, nodes.For):
            own = {"loop", *(one.name for one in _targets(node.target))}
            yield from unknown(node.iter, names)
            names |= own
        for child in node.iter_child_nodes():
            yield from unknown(child, names)

    yield from unknown(template, frozenset(known) | _TRANSLATE)


def _targets(target: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(target, nodes.Name):
        yield target
    yield from target.find_all(nodes.Name)
