"""Pages made at random, whose rules undo each other in every way, as a browser shows them and as an import reads them."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from policysite.importing import html_source

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("a", "b", "c")
SIMPLE = (".a", ".b", ".c", "#i", "p", "div", "span", "b", "li", "*", "[title]", "[title=x]", ":not(.a)", ":is(.b, p)",
          ":first-child", ":last-child", ":nth-child(2n)", ":nth-child(odd)", ":first-of-type", ":only-child", ":empty", ":root",
          ":has(> .c)", ":where(.a)", "b:hover")  # fmt: skip
JOINS = (" ", " > ", " + ", " ~ ", "")
DECLARATIONS = (
    "display:none", "display:block", "display:inline", "display:inherit", "display:initial", "display:var(--d)", "display:nothing",
    "visibility:hidden", "visibility:visible", "visibility:inherit", "visibility:collapse", "visibility:unset", "--d:none", "--d:block",
    "all:unset", "all:revert", "content-visibility:hidden", "content-visibility:visible",
)  # fmt: skip
GROUPS = (
    "{}", "{}", "{}", "@media screen{{{}}}", "@media print{{{}}}", "@media (max-width:900px){{{}}}", "@media (width >= 900px){{{}}}",
    "@media not all and (min-width:1px){{{}}}", "@layer x{{{}}}", "@layer y{{{}}}", "@supports (display:grid){{{}}}",
)  # fmt: skip


ALWAYS = "all:revert!important;display:block!important;visibility:visible!important"
# What is not rendered at all says all of its words.
SHOWN = """() => document.body.checkVisibility() && getComputedStyle(document.documentElement).contentVisibility !== "hidden"
  ? document.body.innerText : ''"""


def selector(choose: random.Random) -> str:
    found = choose.choice(SIMPLE)
    for _ in range(choose.randint(0, 2)):
        join = choose.choice(JOINS)
        following = choose.choice(SIMPLE[:4] + SIMPLE[10:13]) if not join else choose.choice(SIMPLE)
        # A name of an element cannot come behind another selector.
        found = f"{found}{join}{following}" if join or following[0] in ".#:" else found
    return found


def rule(choose: random.Random) -> str:
    important = choose.choice(("", "", "", "!important"))
    written = f"{selector(choose)}{{{choose.choice(DECLARATIONS)}{important}}}"
    if choose.random() < 0.2:
        nested = f"{choose.choice(('&', '& ', ''))}{choose.choice(SIMPLE[:4])}{{{choose.choice(DECLARATIONS)}}}"
        written = f"{selector(choose)}{{{choose.choice(DECLARATIONS)};{nested}}}"
    return choose.choice(GROUPS).format(written)


def element(choose: random.Random, depth: int, words: list[str]) -> str:
    tag = (
        choose.choice(("p", "span", "b"))
        if depth > 2
        else choose.choice(("div", "div", "p", "span", "b", "ul"))
    )
    inner = []
    for _ in range(choose.randint(1, 3)):
        words.append(f"w{len(words)}x")
        inner.append(words[-1])
        # A paragraph cannot hold blocks: a browser would end it.
        if depth < 4 and tag in {"div", "ul"}:
            inner.append(element(choose, depth + 1, words))
    if tag == "ul":
        inner = [f"<li>{part}</li>" for part in inner]
    names = " ".join(name for name in NAMES if choose.random() < 0.3)
    more = choose.choice(
        (
            "",
            "",
            "",
            " id=i",
            " title=x",
            " hidden",
            " style='display:inline'",
            " style='visibility:hidden!important'",
        )
    )
    return f"<{tag} class='{names}'{more}>{' '.join(inner)}</{tag}>"


def assert_alike(page: Page, seeds: range) -> None:
    """See that made-up pages, by their *seeds*, are read as *page*, a tab of a browser, shows them."""
    shown_any = hidden_any = 0
    for seed in seeds:
        choose = random.Random(seed)
        words: list[str] = []
        body = "".join(element(choose, 0, words) for _ in range(4))
        rules = "\n".join(rule(choose) for _ in range(choose.randint(1, 9)))
        html = (
            f"<!doctype html><html><head><style>@layer y,x;\n{rules}</style></head><body>{body}"
            f"<p style='{ALWAYS}'>end</p></body></html>"
        )
        page.set_content(html)
        shown = re.findall(r"w[0-9]+x", page.evaluate(SHOWN))
        try:
            _, _, read = html_source.prepared(html)
        except html_source.NoPageError:
            read = ""
        assert re.findall(r"w[0-9]+x", read) == shown, (seed, rules, body)
        shown_any += len(shown)
        hidden_any += len(words) - len(shown)
    # Neither side of the comparison is empty.
    assert min(shown_any, hidden_any) > 3 * len(seeds)
