"""What the core reads from Markdown is what Sphinx finds: provisions, words, messages and what is wrong."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from random_policies import Author
from support import DAY, build_site, write_files

from policysite.base.problems import Code, PolicysiteError
from policysite.build.extract_messages import extract_messages
from policysite.checks.check_project import check_project
from policysite.model.provision_ids import title_of_heading
from policysite.project.project import load_project
from policysite.sphinx_ext.shared.node_words import as_read
from policysite.text.messages import messages_of
from policysite.text.outline import Document, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from random_policies import Article

    from policysite.sphinx_ext.shared.found_provision import FoundProvision
    from policysite.text.message_templates import Message

OWN = {Code.PROVISION_ID, Code.PROVISION_MARK, Code.PROVISION_ORDER, Code.RECORD_TEXT}
LANGUAGES = {"en": "English", "ko": "한국어"}


def found_by_sphinx(root: Path, language: str = "en") -> Mapping[str, Any]:
    """Return what a build of the project in *root* has kept of its documents."""
    (path,) = (root / "_build/work" / language).rglob("environment.pickle")
    data: Mapping[str, Any] = pickle.loads(path.read_bytes()).domaindata["policy"]  # noqa: S301
    return data


def read(root: Path, page: str, *, held: bool | None = True) -> Document:
    path = f"docs/{page}.md"
    return read_document((root / path).read_text("utf-8"), path, held=held)


def words_of(texts: Iterable[FoundProvision], language: str) -> Iterator[tuple[str, str]]:
    """Yield provisions by id with their titles and words in *language*, as far as they are known when they are read."""
    for found in texts:
        words = [as_read(cell) for block in found.blocks for cell in block.words]
        if found.heading:
            words[0] = title_of_heading(words[0], language)
        yield found.id, " ".join(" ".join(words).split())


def assert_same_provisions(root: Path) -> int:
    """Compare the provisions of all versions that Sphinx has found; return how many there are."""
    data, count = found_by_sphinx(root), 0
    for page, provisions in data["provisions"].items():
        document = read(root, page)
        assert document.problems == ()
        passages = document.outline.passages
        assert [(p.id, p.mark, p.heading, p.line) for p in passages] == [
            (p.id, p.mark, p.title, p.line) for p in provisions
        ]
        found = tuple(p for piece in data["texts"][page] for p in piece.provisions.value)
        words = dict(words_of(found, "en"))
        assert {p.id: p.words for p in passages} == {k: w for k, w in words.items() if k != "top"}
        count += len(passages)
    return count


def assert_same_messages(root: Path) -> None:
    """Compare the messages of all documents with those that Sphinx's own builder finds, which names each once, and does not know the lines of the rows of a table."""
    for page, theirs in extract_messages(load_project(root, DAY)).items():
        path = root / f"docs/{page}.md"
        if not path.is_file():
            continue
        text = path.read_text("utf-8")
        is_version = text.startswith("---")
        document = read(root, page, held="\n## " in text if is_version else None)
        ours: dict[str, Message] = {}
        for message in messages_of(document.blocks):
            ours.setdefault(message.msgid, message)
        # The author's note and the labels are in the front matter, and are not a part of the document.
        fields = text[: text.index("\n---\n") + 1].count("\n") if is_version else 0
        found = {m.msgid: m for m in theirs if m.line > fields or m.msgid in ours}
        assert {*ours} == {*found}, page
        # It has what is in tables behind the rest.
        in_order = [one for one in found if found[one].line == ours[one].line]
        assert in_order == [one for one in ours if one in in_order], page
        lines = text.splitlines()
        assert [
            (m.line, found[m.msgid].line)
            for m in ours.values()
            if m.line != found[m.msgid].line and lines[m.line - 1].strip()[:1] != "|"
        ] == []


def test_the_real_policy(built_project: Path) -> None:
    assert assert_same_provisions(built_project) == 49
    assert_same_messages(built_project)


def test_the_sample_policy(sample_site: Path) -> None:
    root = sample_site.parent.parent
    assert assert_same_provisions(root) == 281
    assert_same_messages(root)


# Random policies ------------------------------------------------------------------------------------


def markdown(author: Author) -> str:
    """Write a random policy with everything that a provision may hold."""
    articles = [_article(author, n, a) for n, a in enumerate(author.articles, start=1)]
    return "# Terms\n\nFirst words.\n\n" + "\n".join(articles)


def _article(author: Author, number: int, article: Article) -> str:
    title = article.title.replace("\t", " ")
    lines = [f"## Article {number} ({title})", ""]
    for block in article.text.splitlines():
        lines += [*author.chance.choice(_BLOCKS)(block.replace("\t", " ")), ""]
    if author.chance.random() < 0.4:
        lines += ["① First *paragraph*.", "", "Its own second block.", "", "② Second.", ""]
    for place, point in enumerate(article.points, start=1):
        lines.append(f"{place}. {point.text}")
        lines += author.chance.choice(_INSIDE)
    lines += ["", article.after.replace("\t", " "), ""]
    return "\n".join(lines)


_BLOCKS = (
    lambda words: [words],
    lambda words: [f"**{words}** and\nmore of it, see {{policy:provision}}`art-1`."],
    lambda words: [f"[{words}](https://example.org/) and `code`, 2024\\. 1. 1."],
    lambda words: ["| A | B |", "|---|---|", f"| {words} | ① b |", "| c | |"],
    lambda words: ["```{table}", "| A | B |", "|---|---|", f"| {words} | b |", "```"],
    lambda words: [f"> {words}", ">", "> quoted"],
    lambda words: ["```{omitted}", "```"] if len(words) > 9 else [f"- {words}", "- dash"],
    lambda words: ["```{version-links}", f"See {words} v.{{version}}.", "```"],
)
_INSIDE: tuple[list[str], ...] = (
    [],
    ["", "   More of the point.", ""],
    ["", "   1) An indent", "   2) Another", "", "      - with a dash", ""],
    ["", "   가. 가목", "", "   나. 나목", ""],
    ["", "   ```{omitted}", "   ```", ""],
    ["", "   | A | B |", "   |---|---|", "   | c | d |", ""],
)


@pytest.mark.thorough
def test_random_policies(tmp_path: Path) -> None:
    """Some; ``tests/slow/test_outline_agrees_often.py`` has more."""
    assert assert_random_policies_agree(tmp_path / "random", range(6)) > 60


def assert_random_policies_agree(folder: Path, seeds: range) -> int:
    """Compare both readings of the policies that *seeds* make; return how many provisions there were."""
    names = [f"p{seed}" for seed in seeds]
    documents = {}
    for seed, name in zip(seeds, names, strict=True):
        front = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n'
        documents[f"{name}/1.0.md"] = front + markdown(Author(seed))
        documents[f"{name}/history.md"] = "# Version history\n\n```{version-history}\n```\n"
    root = with_policies(folder, documents, names)
    build_site(root)
    count = assert_same_provisions(root)
    assert_same_messages(root)
    assert check_project(root, {}).found.problems == []
    return count


def with_policies(root: Path, documents: dict[str, str], names: list[str]) -> Path:
    """Write a project with several policies, and with Korean that may have gaps."""
    write_files(root, documents, LANGUAGES)
    (root / "docs/terms/history.md").unlink()
    conf = root / "conf.py"
    policies: dict[str, dict[str, str]] = {name: {} for name in names}
    conf.write_text(
        f"{conf.read_text('utf-8')}\npolicysite_policies = {policies!r}\n"
        'policysite_incomplete_languages = ["ko"]\n',
        "utf-8",
    )
    return root


# What is wrong --------------------------------------------------------------------------------------

BROKEN = {
    "two titles": "# Terms\n\n## Article 1 (A)\n\nOne.\n\n# More\n",
    "no title": "## Article 1 (A)\n\nOne.\n\n## Article 2 (B)\n\nTwo.\n",
    "no article": "# Terms\n\nWords.\n",
    "a gap": "# Terms\n\n## Article 1 (A)\n\nOne.\n\n## Article 3 (B)\n\nTwo.\n",
    "numbered twice": "# Terms\n\n## Article 1 (A)\n\n① One.\n\n① Two.\n",
    "a branch": "# Terms\n\n## Article 1 (A)\n\nOne.\n\n## Article 1-3 (B)\n\nTwo.\n",
    "no number": "# Terms\n\n## Scope\n\nOne.\n",
    "a deep heading": "# Terms\n\n## Article 1 (A)\n\nOne.\n\n### Deeper\n\n1. Two.\n",
    "merged marks": "# Terms\n\n## Article 1 (A)\n\nOne.\n② Two.\n",
    "a merged number": "# Terms\n\n## Article 1 (A)\n\nOne.\n2. Two.\n",
    "a bold mark": "# Terms\n\n## Article 1 (A)\n\n**①** One.\n",
    "a list that begins at 3": "# Terms\n\n## Article 1 (A)\n\n3. Three.\n4. Four.\n",
    "a list that begins at 0": "# Terms\n\n## Article 1 (A)\n\n0. None.\n",
    "a number twice in a list": "# Terms\n\n## Article 1 (A)\n\n1. One.\n1. Two.\n",
    "two lists": "# Terms\n\n## Article 1 (A)\n\n1. One.\n\nWords.\n\n1. Two.\n",
    "a list before the articles": "# Terms\n\n1. One.\n\n## Article 1 (A)\n\nOne.\n",
    "a mark in a quotation": "# Terms\n\n## Article 1 (A)\n\n> ① One.\n",
    "a paragraph indented too little": "# Terms\n\n## Article 1 (A)\n\n1. One.\n\n  Two.\n",
    "a word as an id": "# Terms\n\n{#scope}\n## Article 1 (A)\n\nOne.\n",
    "a number as an id": "# Terms\n\n{#part-a-light}\n## Article 1 (A)\n\nOne.\n",
    "two readings": "# Terms\n\n## Article 1 (A)\n\n(a) One.\n\n(b) Two.\n\n(a) Three.\n",
    "a decimal": "# Terms\n\n## Article 1 (A)\n\n1.5 litres.\n",
    "letters merged": "# Terms\n\n## Article 1 (A)\n\n(a) One.\n(b) Two.\n",
    "an id elsewhere": "# Terms\n\n## Article 1 (A)\n\n{#art-1-para-1}\nOne.\n",
    "an id of another article": "# Terms\n\n## Article 1 (A)\n\n{#art-2-para-1}\n① One.\n",
    "an id that is taken": "# Terms\n\n## Article 1 (A)\n\nOne.\n\n{#art-1}\n## More\n\nTwo.\n",
    "an id for a heading": "# Terms\n\n{#art-1}\n## Scope\n\n{#art-1-para-1}\n① One.\n",
    "Korean": "# 약관\n\n## 제1조(목적)\n\n① 하나.\n\n1. 호\n\n   가. 목\n\n   다. 목\n\n## 제1조의2(정의)\n\n둘.\n",
}


@pytest.mark.thorough
def test_the_same_is_wrong_for_both(tmp_path: Path) -> None:
    documents = {}
    names = [f"p{number}" for number in range(len(BROKEN))]
    for name, body in zip(names, BROKEN.values(), strict=True):
        documents[f"{name}/1.0.md"] = f'---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n{body}'
        documents[f"{name}/history.md"] = "# Version history\n\n```{version-history}\n```\n"
    root = with_policies(tmp_path / "broken", documents, names)
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    by_sphinx = [problem for problem in caught.value.problems if problem.code in OWN]
    by_check = sorted({p for p in check_project(root, {}).found.problems if p.code in OWN})
    assert by_check == by_sphinx
    fine = {
        "an id for a heading",
        "a bold mark",
        "two lists",
        "a list before the articles",
        "a mark in a quotation",
        "a word as an id",
    }
    wrong = {problem.path for problem in by_check}
    assert {
        f"docs/{n}/1.0.md" for n, case in zip(names, BROKEN, strict=True) if case not in fine
    } == wrong


def test_a_text_that_sphinx_reads_otherwise_is_refused(tmp_path: Path) -> None:
    front = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n'
    body = "# Terms\n\n## Article 1 (A)\n\n:::{omitted}\n:::\n"
    root = write_files(tmp_path / "site", {"terms/1.0.md": front + body})
    assert build_site(root).versions == 1
    conf = root / "conf.py"
    conf.write_text(
        f'{conf.read_text("utf-8")}\nmyst_enable_extensions = ["colon_fence"]\n', "utf-8"
    )
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("docs/terms/1.0.md", Code.UNKNOWN_MARKUP)
    assert "Sphinx reads other blocks" in problem.message
