"""What is read back is all that readers see: no line, note or link can be slipped in."""

from __future__ import annotations

import dataclasses

import pytest
from made_up_editions import edition

from policysite.editions.block_order import LOST
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import READABLE, UnreadableEditionError, compact, read_edition
from policysite.model.edition_kinds import EditionKind

TEXT = (
    "## 1 A\nSee [the form](https://example.com/form) now.\n?\n① One.\n| a | b |\n| c | d |\nEnd."
)
FOUND = edition(TEXT)
WORDS = ("Policy", "1 A", "See the form now.", LOST, "① One.", "a", "b", "c", "d", "End.")


@pytest.mark.parametrize("kind", READABLE)
def test_words_notes_and_links_are_read_apart(kind: EditionKind) -> None:
    read = read_edition(kind, FORMATS[kind].make(FOUND))
    assert read[1:] == (("Table lost.",), ("https://example.com/form",))
    # What is in an element of its own is apart in XML: numbers, and words with links.
    assert read.words == WORDS or (
        kind is EditionKind.XML and compact(read.words) == compact(WORDS)
    )


SLIPPED = {
    EditionKind.TXT: [
        ("End.\n", "End.\n\n\nMore.\n"),
        ("End.\n", "End.\nMore.\n"),
        ("① One.\n", "① One.\nnot said: <https://evil.example>\n"),
        ("1 A\n---", "1 A\nMore\n---"),
        ("| a | b |\n", "| a | b |\nMore\n"),
        ("| a | b |\n", "| a | b | More\n"),
        ("+---+---+\n", "+--- More ---+\n"),
    ],
    EditionKind.XHTML: [
        ("<main>", "<main>More"),
        ("<main>", "<main><p>More</p>"),
        ("</li>", "More</li>"),
        ("</li>", "<span>More</span></li>"),
        ("<main>", "<main><!-- More -->"),
        ("<main>", "<main><svg><text>More</text></svg>"),
        ("<main>", "<main><script>document.write('More')</script>"),
        ('<p class="note">', '<p class="note" style="display: none">'),
        ('<span class="mark">', '<span class="mark" title="More">'),
        ("<h2", '<h2 class="More"'),
        ("</style>", "main { display: none }</style>"),
        ("</head>", '<link rel="stylesheet" href="more.css"/></head>'),
        ('href="https://example.com/form"', 'href="javascript:more()"'),
        ("</body>", "<p>More</p></body>"),
    ],
    EditionKind.XML: [
        ("<body>", "<body>More"),
        ("<preface", "<coverPage><p>More</p></coverPage><preface"),
        ("</content>", "<hcontainer>More</hcontainer></content>"),
        ("<intro>", "<intro><toc>More</toc>"),
    ],
    EditionKind.MD: [
        ("End.", "End.\n\n<p>More</p>"),
        ("End.", "End. *More*"),
        ("End.", "End.\n\n    More"),
        ("End.", "End. ![More](x.png)"),
        ("End.", "End.\n\n1. More"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "old", "new"), [(kind, *pair) for kind, pairs in SLIPPED.items() for pair in pairs]
)
def test_what_is_slipped_in_is_an_error_or_is_read(kind: EditionKind, old: str, new: str) -> None:
    content = FORMATS[kind].make(FOUND).decode()
    assert old in content
    try:
        read = read_edition(kind, content.replace(old, new, 1).encode())
    except UnreadableEditionError:
        return
    assert compact(read.words) != compact(WORDS)


def test_a_cell_may_have_a_bar_in_it() -> None:
    top, article, paragraph = FOUND.provisions
    text = paragraph.text.replace("a\tb", "a|x\t|b|")
    found = dataclasses.replace(
        FOUND, provisions=[top, article, dataclasses.replace(paragraph, text=text)]
    )
    for kind in READABLE:
        words = read_edition(kind, FORMATS[kind].make(found)).words
        assert words[words.index("a|x") + 1] == "|b|"
