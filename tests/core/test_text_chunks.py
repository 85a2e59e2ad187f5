"""A text that is read in pieces is what it is when it is read as a whole."""

from __future__ import annotations

import pytest
from markdown_it.tree import SyntaxTreeNode
from support import ROOT, SAMPLE

from policysite.markdown.lost_text import check_source
from policysite.markdown.parser import parse
from policysite.markdown.text_chunks import chunks_of, trees_of
from policysite.text.source_characters import hidden_in_text

TEXTS = sorted([*ROOT.glob("docs/**/*.md"), *SAMPLE.glob("docs/**/*.md")])
MATTER = '---\nversion: "1.0"\n---\n\n'
TITLE = "# Terms\n\nFirst words.\n\n"
DIVIDED = {
    "articles": f"{TITLE}## Article 1 (A)\n\nWords.\n\n## Article 2 (B)\n\n1. One.\n2. Two.\n",
    "front matter": f"{MATTER}{TITLE}## Article 1 (A)\n\nWords.\n",
    "an id before a heading": f"{TITLE}## Article 1 (A)\n\nWords.\n\n{{#words}}\n## By word\n\nWords.\n",
    "headings below": f"{TITLE}## Article 1 (A)\n\n### One\n\nWords.\n\n## Article 2 (B)\n",
    "a heading behind a list": f"{TITLE}## Article 1 (A)\n\n1. One.\n## Article 2 (B)\n",
    "a heading behind a paragraph": f"{TITLE}## Article 1 (A)\nWords\n## Article 2 (B)\nWords\n",
    "a block of code that ends": f"{TITLE}## Article 1 (A)\n\n```{{omitted}}\n```\n\n## Article 2 (B)\n",
    "code that ends with its list": f"{TITLE}## Article 1 (A)\n\n1. ```\n   a\n\n## Article 2 (B)\n",
    "a table": f"{TITLE}## Article 1 (A)\n\n| A | B |\n|---|---|\n| a | b |\n## Article 2 (B)\n",
}
WHOLE = {
    "no heading": TITLE,
    "no title": "## Article 1 (A)\n\nWords.\n\n## Article 2 (B)\n",
    "two titles": f"{TITLE}## Article 1 (A)\n\n# Other\n\n## Article 2 (B)\n",
    "a heading in code": f"{TITLE}## Article 1 (A)\n\n```\n## Article 2 (B)\n```\n",
    "code that does not end": f"{TITLE}```\n\n## Article 1 (A)\n\nWords.\n\n## Article 2 (B)\n",
    "code in a list": f"{TITLE}## Article 1 (A)\n\n1. One.\n\n   ```\n   a\n\n## Article 2 (B)\n",
    "HTML around a heading": f"{TITLE}## Article 1 (A)\n\n<pre>\n\n## Article 2 (B)\n\n</pre>\n",
    "an underlined heading": f"{TITLE}## Article 1 (A)\n\nArticle 2\n---\n\n## Article 3 (C)\n",
    "an indented heading": f"{TITLE}## Article 1 (A)\n\n ## Article 2 (B)\n\n## Article 3 (C)\n",
    "a footnote": f"{TITLE}## Article 1 (A)\n\nWords[^1].\n\n## Article 2 (B)\n\n[^1]: Note.\n",
    "the definition of a link": f"{TITLE}## Article 1 (A)\n\n[Law]\n\n## Article 2\n\n[law]: https://example.org\n",
    "an id behind words": f"{TITLE}## Article 1 (A)\n\nWords.\n{{#words}}\n## By word\n",
    "a rule before a heading": f"{TITLE}## Article 1 (A)\n\nWords.\n\n---\n\n## Article 2 (B)\n",
    "returns": f"{TITLE}## Article 1 (A)\r\n\r\n## Article 2 (B)\r\n",
    "a line end of another kind": f"{TITLE}## Article 1 (A)\x0bWords\n\n## Article 2 (B)\n",
}


def nodes_of(tree: SyntaxTreeNode, offset: int) -> list[tuple[str, str, int]]:
    return [
        (node.type, node.content if node.is_nested is False else "", offset + node.map[0])
        if node.map
        else (node.type, "", 0)
        for node in tree.walk(include_self=False)
    ]


def as_a_whole(text: str) -> list[tuple[str, str, int]]:
    return nodes_of(SyntaxTreeNode(parse(text)[0]), 0)


def in_pieces(text: str) -> list[tuple[str, str, int]]:
    return [node for offset, tree in trees_of(text) for node in nodes_of(tree, offset)]


@pytest.mark.parametrize("name", DIVIDED)
def test_pieces_say_the_same_together(name: str) -> None:
    text = DIVIDED[name]
    assert len(chunks_of(text)) == 1 + text.count("\n## ")
    assert in_pieces(text) == as_a_whole(text)


@pytest.mark.parametrize("name", WHOLE)
def test_what_reaches_further_is_one_piece(name: str) -> None:
    text = WHOLE[name]
    assert chunks_of(text) == ((0, text),)


def test_the_texts_are_read_in_pieces() -> None:
    texts = [path.read_text("utf-8") for path in TEXTS]
    assert [in_pieces(text) == as_a_whole(text) for text in texts] == [True] * len(texts)
    assert sum(len(chunks_of(text)) > 3 for text in texts) > 6
    assert all("".join(chunk.text for chunk in chunks_of(text)) == text for text in texts)


def test_what_is_wrong_is_found_at_its_line_in_each_piece() -> None:
    wrong = "% lost\n\nA&#x202e;B\n\n"
    text = f"{TITLE}{wrong}## Article 1 (A)\n\n{wrong}## Article 2 (B)\n\n{wrong}"
    assert len(chunks_of(text)) == 3
    assert [problem.line for problem in check_source(text, "a.md")] == [5, 11, 17]
    assert {problem.path for problem in check_source(text, "a.md")} == {"a.md"}
    assert [problem.line for problem in hidden_in_text(text, "a.md", "en")] == [7, 13, 19]
