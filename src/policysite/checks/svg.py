"""Pictures in SVG are documents: they can run scripts, load from other hosts and say words that nobody looks for.

Only what draws may stand in one: what is listed here. There are libraries that take the rest away; here it is named with its
line, so that the publisher mends the picture, and what is published is the file that was reviewed.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import lxml.etree
import tinycss2

from policysite.base.problems import Code, Problem, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LARGEST = 256_000
"""Bytes of a picture in SVG. A drawing has a tenth of that, and what was traced from a photograph belongs into a PNG."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset(
    """
    circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g line
    linearGradient marker mask path pattern polygon polyline radialGradient rect stop style svg symbol text textPath title
    tspan use
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
_ATTRIBUTES = frozenset(
    """
    alignment-baseline amplitude aria-hidden aria-label aria-labelledby azimuth baseFrequency baseProfile baseline-shift bias class
    clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters cx cy d diffuseConstant direction
    display divisor dominant-baseline dx dy edgeMode elevation enable-background exponent fill fill-opacity fill-rule filter
    filterRes filterUnits flood-color flood-opacity focusable font-family font-feature-settings font-size font-stretch
    font-style font-variant font-weight fr fx fy gradientTransform gradientUnits height href id in in2 intercept
    isolation k1 k2 k3 k4 kernelMatrix kernelUnitLength lengthAdjust letter-spacing lighting-color
    limitingConeAngle marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type maskContentUnits
    maskUnits method mix-blend-mode mode numOctaves offset opacity operator order orient overflow paint-order
    pathLength patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ points preserveAlpha
    preserveAspectRatio primitiveUnits r radius refX refY result role rotate rx ry scale seed shape-rendering side slope
    spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity
    stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    style surfaceScale tableValues targetX targetY text-anchor text-decoration text-rendering textLength transform
    transform-origin type values vector-effect version viewBox visibility width word-spacing writing-mode x x1 x2
    xChannelSelector y y1 y2 yChannelSelector z
    """.split()  # noqa: SIM905
) | {"{http://www.w3.org/XML/1998/namespace}space", "{http://www.w3.org/XML/1998/namespace}lang"}
# Their values are words, numbers or lists of them.
_PLAIN = frozenset("aria-label aria-labelledby class d id points role values viewBox".split())  # noqa: SIM905
_LOADING = frozenset(
    "src image image-set -webkit-image-set element -moz-element cross-fade -webkit-cross-fade paint".split()  # noqa: SIM905
)
_AREAS = ("clipPath", "marker", "mask", "pattern")
# Comments and blanks between rules are left out.
_TIDY = (True, True)
_RUNS = frozenset({"script", "handler", "listener"})
_MOST_NAMED = 20
"""Problems of one picture: it is mended in one step."""
_MOST_USES = 200
"""How often a drawing may draw a part of it again; what is drawn again must not do so itself."""
# Everything with "<!" but comments and CDATA, which has entities and files: and what a browser is told beside the picture.
_DECLARATION = re.compile(r"<!(?!--|\[CDATA\[)")
_INSTRUCTION = re.compile(r"<\?(?!xml\s)")
_ENCODING = re.compile(r"""^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)""")
_REMEDY = "Save it as plain SVG, without what only the drawing program needs (in Inkscape: Optimized SVG); or as a PNG."


def check_svg(content: bytes, path: str) -> Iterator[Problem]:
    """Yield what in the picture *path* with this *content* does more than draw, with the lines."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield _problem(path, content.count(b"\n", 0, error.start) + 1, "a text that is not UTF-8")
        return
    declared = list(_declared(text, path))
    yield from declared
    if declared:
        return
    # What would be fetched or replaced was refused; this is the second lock.
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    try:
        picture = lxml.etree.fromstring(text.encode(), parser)
    except lxml.etree.XMLSyntaxError as error:
        yield _problem(
            path, error.lineno or 0, f"what is not XML: {error.msg.partition(', line')[0]}"
        )
        return
    if picture.tag != f"{{{_SVG}}}svg":
        yield _problem(path, 1, f"the element {excerpt(_name(picture))}, which is no picture")
    for element, found in islice((*_elements(picture), *_repeated(picture)), _MOST_NAMED):
        yield _problem(path, element.sourceline or 0, found)


def _declared(text: str, path: str) -> Iterator[Problem]:
    """Find what would be read before, or beside, the picture itself."""
    encoding = _ENCODING.match(text)
    if encoding and encoding[1].lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        yield _problem(path, 1, f"the encoding {excerpt(encoding[1])}; expected UTF-8")
    for pattern, what in (
        (_DECLARATION, "a DOCTYPE or an entity, which could bring in files"),
        (_INSTRUCTION, "a processing instruction, which could load a style sheet"),
    ):
        if match := pattern.search(text):
            yield _problem(path, text.count("\n", 0, match.start()) + 1, what)


def _problem(path: str, line: int, found: str) -> Problem:
    return Problem(path, line, Code.UNSAFE_PICTURE, f"Found {found}.", _REMEDY)


def _name(element: lxml.etree._Element) -> str:
    return lxml.etree.QName(element).localname


def _elements(picture: lxml.etree._Element) -> Iterator[tuple[lxml.etree._Element, str]]:
    for element in picture.iter(lxml.etree.Element):
        found = list(_element(element))
        # What an element of another kind has does not matter.
        for what in found or _attributes(element):
            yield element, what


def _element(element: lxml.etree._Element) -> Iterator[str]:
    name = _name(element)
    if lxml.etree.QName(element).namespace != _SVG:
        yield f"the element {excerpt(str(element.tag))}, which is not of SVG"
    elif name in _RUNS:
        yield f"the element {name!r}, which runs code"
    elif name not in _ELEMENTS:
        yield f"the element {name!r}, which does more than draw"
    elif name == "style":
        text = "".join(map(str, element.itertext()))
        yield from _style(tinycss2.parse_stylesheet(text, *_TIDY))


def _attributes(element: lxml.etree._Element) -> Iterator[str]:
    for key, value in element.attrib.items():
        name = str(key)
        if name.lower().startswith("on"):
            yield f"the attribute {excerpt(name)}, which runs code"
        elif name in {"href", _XLINK_HREF}:
            if not value.strip().startswith("#"):
                yield f"a reference to {excerpt(value)}; expected one inside the picture, like '#part'"
        elif name not in _ATTRIBUTES and not name.startswith("data-"):
            yield f"the attribute {excerpt(name)}, which does more than draw"
        elif name not in _PLAIN and "(" in value:
            yield from _references(tinycss2.parse_component_value_list(value), name)


def _style(rules: Iterable[Any]) -> Iterator[str]:
    """Find in the rules of a style sheet what loads something; but for those of media, a rule with '@' draws nothing."""
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            yield from _style(tinycss2.parse_rule_list(rule.content, *_TIDY))
        elif rule.type == "qualified-rule":
            yield from _references([*rule.prelude, *rule.content], "style")
        else:
            what = f"'@{rule.at_keyword}'" if rule.type == "at-rule" else "what is no rule"
            yield f"{what} in a style sheet"


def _references(values: Iterable[Any], name: str) -> Iterator[str]:
    """Find what names a file or an address in the value of an attribute; ``url(#part)`` is a part of the picture."""
    for value in _all(values):
        if value.type == "error":
            yield f"a value of {name!r} that browsers read in different ways"
        elif value.type in {"url", "function"}:
            function = "url" if value.type == "url" else value.lower_name
            target = _target(value)
            if function == "url" and not target.startswith("#"):
                yield f"the address {excerpt(target)} in {name!r}; expected a part of the picture"
            elif function != "url" and function in _LOADING:
                yield f"'{function}(…)' in {name!r}, which could load something"


def _target(value: Any) -> str:
    """Return the address in ``url(…)``, with quotation marks or without; what tinycss2 reads has no escapes any more."""
    if value.type == "url":
        return str(value.value)
    return next((str(inner.value) for inner in value.arguments if inner.type == "string"), "")


def _all(values: Iterable[Any]) -> Iterator[Any]:
    """Yield *values*, and what stands in their brackets and functions."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        yield value
        waiting += getattr(value, "content", None) or getattr(value, "arguments", None) or ()


def _repeated(picture: lxml.etree._Element) -> Iterator[tuple[lxml.etree._Element, str]]:
    """Find a drawing that repeats itself again and again: a few lines could keep a browser busy for ever."""
    uses = list(picture.iter(f"{{{_SVG}}}use"))
    if len(uses) > _MOST_USES:
        yield uses[_MOST_USES], f"{len(uses)} elements 'use'; expected at most {_MOST_USES}"
        return
    again = {_id(e) for use in uses for e in (use, *use.iterancestors())} - {""}
    for use in uses:
        if (use.get("href") or use.get(_XLINK_HREF) or "").strip().removeprefix("#") in again:
            yield use, "a 'use' of what has a 'use' itself"
    areas = list(picture.iter(*(f"{{{_SVG}}}{name}" for name in _AREAS)))
    named = {_id(area) for area in areas} - {""}
    for area in areas:
        for element in area.iter(lxml.etree.Element):
            for value in element.attrib.values() if named else ():
                if "(" in value and named & _parts(value):
                    yield element, f"a pattern, mask or marker inside {_name(area)!r}"


def _id(element: lxml.etree._Element) -> str:
    return element.get("id") or ""


def _parts(value: str) -> set[str]:
    """Return the parts of the picture that *value* names."""
    found = _all(tinycss2.parse_component_value_list(value))
    return {_target(v).removeprefix("#") for v in found if v.type in {"url", "function"}}
