"""The styles of a Word file: names that Word knows, typefaces by name (of a theme nobody knows which it is), the language of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.editions.edition_lines import DEEPEST
from policysite.editions.word_markup import element
from policysite.languages.language_data import direction, tag, with_territory
from policysite.languages.language_files import script_of

if TYPE_CHECKING:
    from lxml import etree

LATIN = "Arial"
_INK, _GREY, _LINK, _RULE, _SHADE = "1A1A1A", "595959", "0B5394", "8C8C8C", "F2F2F2"
_STEP = 460
"""Twentieths of a point by which what is inside something is indented."""
_HEADINGS = (15, 12.5, 11.5)
"""Sizes of the first headings in points; deeper ones are as large as the text."""
_SIZE = 10.5


def font_of(language: str) -> str:
    """Return the typeface of texts in *language*."""
    return str(script_of(language).get("font", LATIN))


def styles(language: str, headings: int = 1) -> etree._Element:
    """Return ``w:styles`` for a text in *language*, a tag."""
    font, name = font_of(language), tag(with_territory(language))
    fonts = element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)
    right_to_left = direction(language) == "rtl"
    defaults = element(
        "docDefaults",
        element(
            "rPrDefault",
            element(
                "rPr",
                fonts,
                element("color", val=_INK),
                *_sizes(_SIZE),
                element("lang", val=name, eastAsia=name, bidi=name),
            ),
        ),
        element(
            "pPrDefault", element("pPr", *_paragraph(before=70, after=50, line=288, tight=True))
        ),
    )
    normal = _style("Normal", "Normal", based="", default=True)
    if right_to_left:
        normal.append(element("pPr", element("bidi")))
        normal.append(element("rPr", element("rtl")))
    return element(
        "styles", defaults, normal, *_of_characters(), *_of_tables(), *_of_lines(headings)
    )


def _of_lines(headings: int) -> list[etree._Element]:
    found = [
        _style(
            "Title",
            "Title",
            _paragraph(keep=True, before=0, after=60, line=264),
            _text(20, bold=True),
        ),
        _style(
            "Subtitle", "Subtitle", _paragraph(after=280, rule=True), _text(_SIZE, colour=_GREY)
        ),
        _style("BodyText", "Body Text", _paragraph()),
        _style(
            "EditorialNote",
            "Editorial Note",
            _paragraph(boxed=True),
            _text(9.5, colour=_GREY),
        ),
        _style("Spacer", "Spacer", _paragraph(after=0, line=120, exact=True), _text(4)),
        _style(
            "EndMark", "End Mark", _paragraph(before=280, centred=True), _text(_SIZE, colour=_GREY)
        ),
        _style("TableText", "Table Text", _paragraph(before=30, after=30, line=252), _text(9.5)),
        _style(
            "TableHead",
            "Table Head",
            _paragraph(keep=True, before=40, after=40, line=252),
            _text(9.5, bold=True),
        ),
        _style("Header", "header", _paragraph(after=0), _text(8.5, colour=_GREY)),
        _style("Footer", "footer", _paragraph(after=0, centred=True), _text(8.5, colour=_GREY)),
    ]
    for depth in range(1, DEEPEST + 1):
        size = dict(enumerate(_HEADINGS, 1 if headings > 1 else 0)).get(depth, 11)
        space = 320 if depth == 1 else 240
        found.append(
            _style(
                f"Heading{depth}",
                f"heading {depth}",
                _paragraph(keep=True, before=space, after=100, level=depth - 1),
                _text(size, bold=True),
            )
        )
        found.append(
            _style(
                f"Provision{depth}",
                f"Provision {depth}",
                _paragraph(indent=depth * _STEP, hanging=_STEP),
            )
        )
        found.append(
            _style(
                f"ProvisionText{depth}", f"Provision Text {depth}", _paragraph(indent=depth * _STEP)
            )
        )
    return found


def _of_characters() -> list[etree._Element]:
    link = element(
        "style",
        element("name", val="Hyperlink"),
        element("uiPriority", val=99),
        element("rPr", element("color", val=_LINK), element("u", val="single")),
        type="character",
        styleId="Hyperlink",
    )
    return [link]


def _of_tables() -> list[etree._Element]:
    edges = [
        element(edge, val="single", sz=4, space=0, color=_RULE)
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [element(edge, w=90, type="dxa") for edge in ("left", "right")]
    shaded = element("tcPr", element("shd", val="clear", color="auto", fill=_SHADE))
    table = element(
        "style",
        element("name", val="Policy Table"),
        element("uiPriority", val=39),
        element("tblPr", element("tblBorders", *edges), element("tblCellMar", *margins)),
        element("tblStylePr", shaded, type="firstRow"),
        type="table",
        styleId="PolicyTable",
    )
    return [table]


def _style(
    style_id: str,
    name: str,
    paragraph: list[etree._Element] | None = None,
    text: list[etree._Element] | None = None,
    *,
    based: str = "Normal",
    default: bool = False,
) -> etree._Element:
    found = element(
        "style",
        element("name", val=name),
        type="paragraph",
        default=1 if default else None,
        styleId=style_id,
    )
    if based:
        found.append(element("basedOn", val=based))
    found.append(element("qFormat"))
    if paragraph:
        found.append(element("pPr", *paragraph))
    if text:
        found.append(element("rPr", *text))
    return found


def _paragraph(
    *,
    keep: bool = False,
    before: int | None = None,
    after: int | None = None,
    line: int | None = None,
    exact: bool = False,
    indent: int = 0,
    hanging: int = 0,
    level: int | None = None,
    rule: bool = False,
    boxed: bool = False,
    tight: bool = False,
    centred: bool = False,
) -> list[etree._Element]:
    """Return properties of a paragraph, in the order of the schema; lengths are in twentieths of a point."""
    found = [element("keepNext"), element("keepLines")] if keep else []
    border = {"val": "single", "sz": 4, "space": 6, "color": _RULE}
    if rule:
        found.append(element("pBdr", element("bottom", **border)))
    if boxed:
        found.append(element("pBdr", element("left", **{**border, "sz": 12})))
    if hanging:
        found.append(element("tabs", element("tab", val="left", pos=indent)))
    if tight:
        # No space comes between letters of two scripts that has none in the text.
        found += [element("autoSpaceDE", val=0), element("autoSpaceDN", val=0)]
    if (before, after, line) != (None, None, None):
        rule_of_line = "exact" if exact else "auto"
        found.append(
            element(
                "spacing",
                before=before,
                after=after,
                line=line,
                lineRule=rule_of_line if line else None,
            )
        )
    if indent or boxed:
        found.append(element("ind", left=indent or 200, hanging=hanging or None))
    if centred:
        found.append(element("jc", val="center"))
    if level is not None:
        found.append(element("outlineLvl", val=level))
    return found


def _text(size: float, *, bold: bool = False, colour: str = "") -> list[etree._Element]:
    found = [element("b"), element("bCs")] if bold else []
    if colour:
        found.append(element("color", val=colour))
    return [*found, *_sizes(size)]


def _sizes(points: float) -> list[etree._Element]:
    half = int(points * 2)
    return [element("sz", val=half), element("szCs", val=half)]
