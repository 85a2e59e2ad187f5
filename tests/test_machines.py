"""What machines read: the feed, what search engines are told, structured data, and the schemas."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.etree
import pytest
from support import build_site, copy_project, page, swap

WriteProject = Callable[..., Path]
BASE = "https://example.org/p"
DAY = {"POLICYSITE_DATE": "2026-11-22"}


def version(number: str, effective: str, more: str = "", body: str = "") -> str:
    body = body or "## Article 1 (Scope)\n\nOne.\n"
    return f'---\nversion: "{number}"\neffective: {effective}\n{more}---\n\n# Terms\n\n{body}'


# Every event and every status.
STATES = {
    "terms/1.0.md": version("1.0", "2024-01-01", "announced: 2023-12-01\n"),
    "terms/1.1.md": version("1.1", "2026-11-01", "withdrawn: 2026-11-20\n"),
    "terms/1.2.md": version("1.2", "2027-01-01", "announced: 2026-11-10\nwithdrawn: 2026-11-20\n"),
    "terms/1.3.md": version("1.3", "2027-02-01", "announced: 2026-11-21\n"),
    "terms/1.4.md": version("1.4", "2027-03-01", "announced: 2026-12-01\n"),
    "terms/1.5.md": version("1.5", "2027-06-01", "announced: 2026-11-01\ndraft: true\n"),
}


def set_base_url(root: Path) -> Path:
    """Give the project in *root* an address."""
    conf = (root / "conf.py").read_text("utf-8")
    conf = "\n".join(line for line in conf.splitlines() if "policysite_base_url" not in line)
    (root / "conf.py").write_text(f'{conf}\npolicysite_base_url = "{BASE}/"\n', "utf-8")
    return root


@pytest.fixture(scope="module")
def site_with_address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built for an address; tests must not change it."""
    root = set_base_url(copy_project(tmp_path_factory.mktemp("address")))
    build_site(root)
    return root / "_build/html"


def pages_of(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 3
    return found


# The feed ------------------------------------------------------------------------------------------

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(path: Path) -> lxml.etree._Element:
    """Parse a feed and check what RFC 4287 asks of every one."""
    root = lxml.etree.parse(path).getroot()
    assert root.tag == f"{{{ATOM['a']}}}feed"
    for element in [root, *root.iterfind("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"a:{name}", ATOM)
            assert only.text
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", element.findtext("a:updated", "", ATOM)
        )
    ids = [element.text for element in root.iter(f"{{{ATOM['a']}}}id")]
    assert len(ids) == len(set(ids))
    assert all(
        re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", i or "") for i in ids
    )
    assert root.findtext("a:author/a:name", None, ATOM)
    return root


def entries(path: Path, *names: str) -> list[tuple[str, ...]]:
    found = feed(path).iterfind("a:entry", ATOM)
    return [tuple(entry.findtext(f"a:{name}", "", ATOM) for name in names) for entry in found]


def test_the_feed_tells_what_has_happened_newest_first(write_project: WriteProject) -> None:
    root = write_project(STATES)
    build_site(root, DAY | {"POLICYSITE_DRAFTS": "1"})
    midnight = "T00:00:00+00:00"
    path = root / "_build/html/en/feed.atom"
    assert entries(path, "title", "updated", "summary") == [
        (
            "Terms: version 1.3 announced",
            f"2026-11-21{midnight}",
            "Version 1.3 was announced on 21 November 2026, to take effect on 1 February 2027.",
        ),
        (
            "Terms: version 1.2 withdrawn",
            f"2026-11-20{midnight}",
            "Version 1.2 was withdrawn on 20 November 2026.",
        ),
        (
            "Terms: version 1.1 withdrawn",
            f"2026-11-20{midnight}",
            "Version 1.1 was withdrawn on 20 November 2026.",
        ),
        (
            "Terms: version 1.2 announced",
            f"2026-11-10{midnight}",
            "Version 1.2 was announced on 10 November 2026, to take effect on 1 January 2027.",
        ),
        (
            "Terms: version 1.1 in force",
            f"2026-11-01{midnight}",
            "Version 1.1 took effect on 1 November 2026.",
        ),
        (
            "Terms: version 1.0 in force",
            f"2024-01-01{midnight}",
            "Version 1.0 took effect on 1 January 2024.",
        ),
        (
            "Terms: version 1.0 announced",
            f"2023-12-01{midnight}",
            "Version 1.0 was announced on 1 December 2023, to take effect on 1 January 2024.",
        ),
    ]
    assert feed(path).findtext("a:updated", None, ATOM) == f"2026-11-21{midnight}"


def test_the_feed_of_the_real_site(site: Path) -> None:
    english, korean = (
        entries(site / code / "feed.atom", "title", "updated") for code in ("en", "ko")
    )
    midnights = [
        f"{day}T00:00:00+09:00"
        for day in (
            "2024-12-27",
            "2024-01-18",
            "2022-12-30",
            "2022-08-26",
            "2022-07-25",
            "2022-07-01",
        )
    ]
    assert [updated for _, updated in english] == midnights
    assert [updated for _, updated in korean] == midnights
    assert english[0][0] == "SpaceONE Service Privacy Policy: version 1.6 in force"
    assert korean[0][0] == "SpaceONE 서비스 개인정보 처리방침 버전 1.6 시행"
    summaries = entries(site / "en/feed.atom", "summary")
    assert summaries[1][0] == (
        "Version 1.5 took effect on 18 January 2024. "
        "The text of version 1.5 is not held on this site."
    )
    assert feed(site / "ko/feed.atom").get("{http://www.w3.org/XML/1998/namespace}lang") == "ko"


def test_the_ids_of_news_never_change(project: Path) -> None:
    def ids() -> list[str]:
        paths = [project / "_build/html" / code / "feed.atom" for code in ("en", "ko")]
        return [i for path in paths for (i,) in entries(path, "id")]

    before = ids()
    # Written down, as a build of next year must give the same ones.
    assert before[0] == "urn:uuid:2b4c3c78-6dbd-5e19-9949-b0a6b6a52af2"
    swap("conf.py", '"MEGAZONE CLOUD Corp."', '"M. C."')(project)
    swap("docs/index.md", "# SpaceONE policies", "# Policies of SpaceONE")(project)
    swap("locales/ko/LC_MESSAGES/index.po", '"SpaceONE policies"', '"Policies of SpaceONE"')(
        project
    )
    set_base_url(project)
    shutil.rmtree(project / "_build")
    build_site(project, {"POLICYSITE_DATE": "2031-01-01"})
    assert ids() == before


def test_a_site_without_an_id_is_known_by_its_publisher(write_project: WriteProject) -> None:
    root = write_project(STATES)
    build_site(root)
    path = root / "_build/html/en/feed.atom"
    before = entries(path, "id")
    set_base_url(root)
    build_site(root)
    assert entries(path, "id") == before
    swap("conf.py", '"Hanbit Test Co."', '"Another Co."')(root)
    build_site(root)
    assert not set(before) & set(entries(path, "id"))


def test_an_announcement_is_news_on_its_day(write_project: WriteProject) -> None:
    root = write_project(STATES)
    path = root / "_build/html/en/feed.atom"
    build_site(root, {"POLICYSITE_DATE": "2026-11-30"})
    before = entries(path, "id", "title", "updated")
    # Nothing else happens on that day.
    build_site(root, {"POLICYSITE_DATE": "2026-12-01"})
    after = entries(path, "id", "title", "updated")
    assert after[0][1] == "Terms: version 1.4 announced"
    assert after[1:] == before


def test_a_feed_before_anything_has_happened(write_project: WriteProject) -> None:
    root = write_project({"terms/1.0.md": version("1.0", "2030-01-01")})
    build_site(root)
    path = root / "_build/html/en/feed.atom"
    assert entries(path, "id") == []
    assert feed(path).findtext("a:updated", None, ATOM) == "1970-01-01T00:00:00+00:00"


def test_titles_are_escaped_in_the_feed(write_project: WriteProject) -> None:
    text = version("1.0", "2024-01-01").replace("# Terms", '# "Terms" & \\<conditions\\>')
    root = write_project({"terms/1.0.md": text})
    build_site(root)
    (found,) = entries(root / "_build/html/en/feed.atom", "title")
    assert found == ('"Terms" & <conditions>: version 1.0 in force',)


def links(path: Path) -> dict[str, str | None]:
    return {str(a.get("rel")): a.get("href") for a in feed(path).iterfind("a:link", ATOM)}


def test_links_of_the_feed(site: Path, site_with_address: Path) -> None:
    assert links(site / "ko/feed.atom") == {"alternate": "index.html"}
    assert links(site_with_address / "ko/feed.atom") == {
        "alternate": f"{BASE}/ko/",
        "self": f"{BASE}/ko/feed.atom",
    }
    for folder, start in ((site, ""), (site_with_address, f"{BASE}/ko/")):
        found = feed(folder / "ko/feed.atom").findall("a:entry/a:link", ATOM)
        expected = [f"{start}privacy/1.{n}.html" for n in (6, 5, 4, 3, 2, 1)]
        assert [link.get("href") for link in found] == expected


def test_every_page_names_the_feed_of_its_language(site: Path) -> None:
    for path in pages_of(site):
        found = page(path).xpath("//link[@type='application/atom+xml']")
        targets = [(path.parent / link.get("href")).resolve() for link in found]
        languages = [path.relative_to(site).parts[0]]
        if path.parent == site:
            languages = ["en", "ko"]
        assert targets == [(site / code / "feed.atom").resolve() for code in languages], path
        assert {link.get("rel") for link in found} == {"alternate"}
