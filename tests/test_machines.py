"""What machines read: the feed, what search engines read, structured data, and the schemas."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import lxml.etree
import pytest
from support import ROOT, build_site, copy_project, page, swap

from policysite.languages.labels import label_of_heading
from policysite.model import provision_ids
from policysite.project.project import load_project
from policysite.proofread.proofread_site import proofread

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
    # The page for missing pages has no address that could be published.
    found = sorted(set(site.rglob("*.html")) - {site / "404.html"})
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
    corrected, *korean = korean
    assert corrected == (
        "SpaceONE 서비스 개인정보 처리방침: 버전 1.6 정정",
        "2026-11-30T00:00:00+09:00",
    )
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


@pytest.mark.thorough
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


@pytest.mark.thorough
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
        # The newest tells of the correction of 1.6.
        expected = [f"{start}privacy/1.{n}.html" for n in (6, 6, 5, 4, 3, 2, 1)]
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


# What search engines and other sites show ----------------------------------------------------------


def meta(path: Path) -> dict[str, str]:
    found = page(path).xpath("//head/meta[@name or @property]")
    names = [element.get("name") or element.get("property") for element in found]
    repeated = {name for name in names if names.count(name) > 1} - {"og:locale:alternate"}
    assert repeated == set(), path
    return dict(zip(names, (element.get("content") for element in found), strict=True))


@pytest.mark.parametrize(
    ("name", "description"),
    [
        (
            "en/index.html",
            "SpaceONE policies: the text in force, earlier versions and the period of each. "
            "Publisher: MEGAZONE CLOUD Corp.",
        ),
        (
            "en/privacy/1.6.html",
            "SpaceONE Service Privacy Policy. Version 1.6 has applied since 27 December 2024. "
            "Publisher: MEGAZONE CLOUD Corp.",
        ),
        (
            "ko/privacy/index.html",
            "SpaceONE 서비스 개인정보 처리방침. 버전 1.6: 2024년 12월 27일부터 시행되고 "
            "있습니다. 게시자: MEGAZONE CLOUD Corp.",
        ),
        (
            "en/privacy/1.5.html",
            "SpaceONE Service Privacy Policy. Version 1.5 applied from 18 January 2024 to 26 "
            "December 2024. It no longer applies. The text of version 1.5 is not held on this site. "
            "Publisher: MEGAZONE CLOUD Corp.",
        ),
        (
            "en/privacy/history.html",
            "All versions of SpaceONE Service Privacy Policy with the period of each. "
            "Publisher: MEGAZONE CLOUD Corp.",
        ),
        (
            "ko/search.html",
            "시행 중인 본문에서 단어를 찾거나 조항 번호로 바로 이동합니다. "
            "게시자: MEGAZONE CLOUD Corp.",
        ),
    ],
)
def test_the_description_says_what_the_page_is(site: Path, name: str, description: str) -> None:
    found = meta(site / name)
    assert found["description"] == description
    assert found["og:description"] == description


def test_every_page_has_its_description_and_open_graph_properties(site: Path) -> None:
    for path in pages_of(site):
        found = meta(path)
        assert len(found["description"]) > 20, path
        document = page(path)
        title = document.findtext(".//title")
        assert title is not None
        assert found["og:title"], path
        assert title.startswith(found["og:title"]), path
        policy_text = bool(document.xpath("//*[contains(@class, 'status-notice')]"))
        assert found["og:type"] == ("article" if policy_text else "website")
        korean = document.get("lang") == "ko"
        assert found["og:site_name"] == ("SpaceONE 정책" if korean else "SpaceONE policies")
        locales = ["ko_KR", "en_US"] if korean else ["en_US", "ko_KR"]
        assert [found["og:locale"], found["og:locale:alternate"]] == locales
        # Without an address of the site there is none to tell.
        assert "og:url" not in found


def test_titles_are_escaped_in_the_head(write_project: WriteProject) -> None:
    text = version("1.0", "2024-01-01").replace("# Terms", '# "Terms" & \\<conditions\\>')
    root = write_project({"terms/1.0.md": text})
    build_site(root)
    for name in ("1.0", "index", "history"):
        found = meta(root / f"_build/html/en/terms/{name}.html")
        assert '"Terms" & <conditions>' in found["description"]
    assert found["og:title"] == "Version history"
    assert meta(root / "_build/html/en/terms/1.0.html")["og:title"].startswith('"Terms" & <cond')


def test_a_policy_of_which_nothing_is_in_force(write_project: WriteProject) -> None:
    root = write_project({"terms/1.0.md": version("1.0", "2030-01-01")})
    build_site(set_base_url(root))
    found = meta(root / "_build/html/en/terms/index.html")
    assert found["description"] == (
        "Terms. No version of this policy is in force today. Publisher: Hanbit Test Co."
    )
    assert found["og:type"] == "website"
    assert locations(root / "_build/html") == [
        f"{BASE}/en/",
        f"{BASE}/",
        f"{BASE}/en/terms/history.html",
    ]


# Addresses for search engines ----------------------------------------------------------------------

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def locations(site: Path) -> list[str]:
    root = lxml.etree.parse(site / "sitemap.xml").getroot()
    return [loc.text or "" for loc in root.iterfind("s:url/s:loc", SITEMAP)]


def file_of(site: Path, address: str) -> Path:
    assert address.startswith(f"{BASE}/")
    path = address.removeprefix(f"{BASE}/")
    return site / (f"{path}index.html" if path.endswith("/") or not path else path)


def test_robots_may_read_everything(site: Path, site_with_address: Path) -> None:
    allowed = "User-agent: *\nAllow: /\n"
    assert (site / "robots.txt").read_text("utf-8") == allowed
    assert not (site / "sitemap.xml").exists()
    told = (site_with_address / "robots.txt").read_text("utf-8")
    assert told == f"{allowed}\nSitemap: {BASE}/sitemap.xml\n"


def test_the_site_map_lists_what_shall_be_found_and_nothing_else(site_with_address: Path) -> None:
    site = site_with_address
    found = locations(site)
    assert sorted(found) == sorted(
        [f"{BASE}/"]
        + [
            f"{BASE}/{code}/{name}"
            for code in ("en", "ko")
            for name in ("", "privacy/", "privacy/history.html")
        ]
    )
    for address in found:
        document = page(file_of(site, address))
        assert document.xpath("//link[@rel='canonical']/@href") == [address]
        assert not document.xpath("//meta[@name='robots']")
    # What is not listed says that it is not to be found, or names the page that is.
    for path in set(pages_of(site)) - {file_of(site, address) for address in found}:
        noindex = page(path).xpath("//meta[@name='robots']/@content") == ["noindex"]
        (canonical,) = page(path).xpath("//link[@rel='canonical']/@href")
        assert noindex or canonical in found, path


def test_pages_in_other_languages_are_told_alike_and_each_tells_of_itself(
    site_with_address: Path,
) -> None:
    """Search engines believe alternates only if each of them names the others, and itself."""
    site = site_with_address
    for path in pages_of(site):
        document = page(path)
        alternates = {
            link.get("hreflang"): link.get("href")
            for link in document.xpath("//link[@rel='alternate'][@hreflang][not(@type)]")
        }
        assert set(alternates) == {"en", "ko", "x-default"}, path
        assert path in {file_of(site, address) for address in alternates.values()}
        for code, address in alternates.items():
            other = page(file_of(site, address))
            told = other.xpath("//link[@rel='alternate'][@hreflang][not(@type)]/@href")
            assert told == list(alternates.values()), (path, code)
        (canonical,) = document.xpath("//link[@rel='canonical']/@href")
        assert document.xpath("//meta[@property='og:url']/@content") == [canonical]
        if canonical != f"{BASE}/":
            assert (
                file_of(site, canonical).parts[len(site.parts)] == path.relative_to(site).parts[0]
            )
    root = lxml.etree.parse(site / "sitemap.xml").getroot()
    for url in root.iterfind("s:url", SITEMAP):
        told = {a.get("hreflang"): a.get("href") for a in url.iterfind("x:link", SITEMAP)}
        document = page(file_of(site, url.findtext("s:loc", "", SITEMAP)))
        links = document.xpath("//link[@rel='alternate'][@hreflang][not(@type)]")
        assert told == {link.get("hreflang"): link.get("href") for link in links}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("ko/feed.atom", f"{BASE}/ko/privacy/1.5.html", f"{BASE}/ko/privacy/1.55.html"),
        ("sitemap.xml", f"{BASE}/ko/privacy/<", f"{BASE}/ko/terms/<"),
        (
            "ko/privacy/1.6.html",
            f'"@id":"{BASE}/en/privacy/1.6.html"',
            f'"@id":"{BASE}/en/privacy/2.html"',
        ),
        (
            "ko/privacy/1.6.html",
            f'"{BASE}/ko/privacy/1.6.html#art-3"',
            f'"{BASE}/ko/privacy/1.6.html#x"',
        ),
        (
            "ko/index.html",
            f'rel="canonical" href="{BASE}/ko/"',
            f'rel="canonical" href="{BASE}/kr/"',
        ),
        ("ko/index.html", f'hreflang="en" href="{BASE}/en/"', 'hreflang="en" href="../kr/"'),
    ],
)
def test_an_address_for_machines_that_leads_nowhere_is_found(
    site_with_address: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    project = site_with_address.parents[1]
    site = Path(shutil.copytree(site_with_address, tmp_path / "site"))
    assert proofread(load_project(project, DAY), site) == []
    swap(name, old, new)(site)
    found = [str(p) for p in proofread(load_project(project, DAY), site)]
    assert len(found) == 1
    assert found[0].startswith(f"{name}: [broken-link] The address '")


# Structured data -----------------------------------------------------------------------------------


def legislation(path: Path) -> dict[str, Any]:
    (block,) = page(path).xpath("//script[@type='application/ld+json']/text()")
    found: dict[str, Any] = json.loads(block)
    return found


def test_a_version_in_force_is_described(site: Path) -> None:
    found = legislation(site / "ko/privacy/1.6.html")
    parts = found.pop("hasPart")
    assert found == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": "1.6.html",
        "url": "1.6.html",
        "name": "SpaceONE 서비스 개인정보 처리방침",
        "legislationIdentifier": "privacy/1.6",
        "version": "1.6",
        "inLanguage": "ko",
        "legislationLegalForce": "https://schema.org/InForce",
        "legislationDateVersion": "2024-12-27",
        "temporalCoverage": "2024-12-27/..",
        "publisher": {"@type": "Organization", "name": "MEGAZONE CLOUD Corp."},
        "exampleOfWork": {"@type": "Legislation", "@id": "index.html"},
        "translationOfWork": {
            "@type": "Legislation",
            "@id": "../../en/privacy/1.6.html",
            "inLanguage": "en",
        },
    }
    assert [part["url"] for part in parts] == [f"1.6.html#art-{n}" for n in range(1, 16)]
    assert parts[8] == {
        "@type": "Legislation",
        "name": "제9조(개인정보 자동 수집 장치의 설치·운영 및 거부)",
        "legislationIdentifier": "제9조",
        "url": "1.6.html#art-9",
    }
    # The timeless page shows the same version, and names its permanent page.
    assert legislation(site / "ko/privacy/index.html") == {**found, "hasPart": parts}


def test_a_record_is_described_without_parts(site: Path) -> None:
    found = legislation(site / "en/privacy/1.5.html")
    assert found["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert found["temporalCoverage"] == "2024-01-18/2024-12-26"
    assert not {"hasPart", "translationOfWork", "datePublished"} & found.keys()


def test_announced_and_withdrawn_versions_are_described(write_project: WriteProject) -> None:
    root = write_project(STATES)
    build_site(root)
    found = {n: legislation(root / f"_build/html/en/terms/1.{n}.html") for n in range(5)}
    assert [found[n].get("temporalCoverage") for n in found] == [
        "2024-01-01/2026-10-31",
        "2026-11-01/2026-11-19",
        None,  # withdrawn before it took effect
        "2027-02-01/2027-02-28",
        "2027-03-01/..",
    ]
    assert [found[n].get("datePublished") for n in found] == [
        "2023-12-01",
        None,
        "2026-11-10",
        "2026-11-21",
        "2026-12-01",
    ]
    force = {found[n]["legislationLegalForce"] for n in found}
    assert force == {"https://schema.org/NotInForce"}


def test_structured_data_names_full_addresses_when_the_site_has_one(
    site_with_address: Path,
) -> None:
    found = legislation(site_with_address / "ko/privacy/index.html")
    assert found["@id"] == found["url"] == f"{BASE}/ko/privacy/1.6.html"
    assert found["exampleOfWork"]["@id"] == f"{BASE}/ko/privacy/"
    assert found["translationOfWork"]["@id"] == f"{BASE}/en/privacy/1.6.html"
    assert found["hasPart"][0]["url"] == f"{BASE}/ko/privacy/1.6.html#art-1"


def test_other_pages_are_not_described_as_a_version(site: Path) -> None:
    for name in ("index", "search", "privacy/history"):
        assert not page(site / f"en/{name}.html").xpath("//script[@type='application/ld+json']")


def test_a_title_cannot_end_the_script_element(write_project: WriteProject) -> None:
    title = "</script><!-- & <script>"
    written = title.replace("<", "\\<")
    body = f"## Article 1 ({written})\n\nOne.\n"
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", body=body)})
    build_site(root)
    path = root / "_build/html/en/terms/1.0.html"
    assert legislation(path)["hasPart"][0]["name"] == f"Article 1 ({title})"
    block = re.search(r'ld\+json">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert block
    assert not set("<>&") & set(block[1])


# The schemas ---------------------------------------------------------------------------------------


def read_schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (ROOT / f"src/policysite/schemas/{name}.schema.json").read_text("utf-8")
    )
    return found


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = read_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_versions_json_follows_its_schema(site: Path, write_project: WriteProject) -> None:
    validator("versions").validate(json.loads((site / "versions.json").read_text("utf-8")))
    root = write_project(STATES)
    build_site(root, DAY | {"POLICYSITE_DRAFTS": "1"})
    every_status = json.loads((root / "_build/html/versions.json").read_text("utf-8"))
    assert {v["status"] for v in every_status["policies"][0]["versions"]} > {"draft", "upcoming"}
    validator("versions").validate(every_status)


VERSION = {
    "version": "1.6",
    "status": "in-force",
    "announced": None,
    "effective": "2024-12-27",
    "until": None,
    "withdrawn": None,
    "text": "held",
    "pages": {"en": "en/privacy/1.6.html", "zh_TW": "zh_TW/privacy/1.6.html"},
    "texts": {"en": "en/privacy/1.6.json", "zh_TW": "zh_TW/privacy/1.6.json"},
}


def is_version(**changes: object) -> bool:
    values = {name: value for name, value in (VERSION | changes).items() if value != "(left out)"}
    policy = {"policy": "privacy", "versions": [values]}
    whole = {"timeZone": "Asia/Seoul", "languages": ["en", "zh_TW"], "policies": [policy]}
    return validator("versions").is_valid(whole)


def test_the_schema_of_versions_accepts_a_version() -> None:
    assert is_version()
    assert is_version(announced="2024-12-20", until="2025-12-31", text="not-held")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "valid"},
        {"effective": None},
        {"effective": "27.12.2024"},
        {"effective": "2024-13-27"},
        {"until": ""},
        {"until": "(left out)"},
        {"version": "1.06"},
        {"version": "v.1.6"},
        {"version": 1.6},
        {"text": True},
        {"pages": {}},
        {"pages": {"en": "/en/privacy/1.6.html"}},
        {"pages": {"../en": "en/privacy/1.6.html"}},
        {"texts": {"en": "en/privacy/1.6.html"}},
        {"texts": "(left out)"},
        {"more": 1},
    ],
)
def test_the_schema_of_versions_refuses(changes: dict[str, object]) -> None:
    assert not is_version(**changes)


PROVISION: dict[str, object] = {
    "id": "art-9-para-2",
    "mark": "②",
    "citation": "Article 9 ②",
    "text": "Cookies.",
}
ARTICLE: dict[str, object] = {
    "id": "art-9",
    "mark": "",
    "citation": "Article 9",
    "heading": "Article 9",
    "title": "Article 9",
    "text": "",
}
TOP: dict[str, object] = {
    "id": "top",
    "mark": "",
    "citation": "",
    "heading": "Privacy Policy",
    "title": "Privacy Policy",
    "text": "Dec 27",
}


def is_text(*provisions: dict[str, object], **changes: object) -> bool:
    names = ("version", "announced", "effective", "until", "withdrawn", "text")
    whole = {name: VERSION[name] for name in names} | {
        "policy": "privacy",
        "language": "en",
        "title": "Privacy Policy",
        "page": "en/privacy/1.6.html",
        "provisions": list(provisions),
    }
    return validator("policy-version").is_valid(whole | changes)


def test_the_schema_of_a_text_accepts_a_text_and_a_record() -> None:
    assert is_text(TOP, ARTICLE, PROVISION, {**PROVISION, "omitted": 2})
    assert is_text({**PROVISION, "links": ["https://example.org/"], "foreign": [-1, 0]})
    assert is_text(text="not-held")


@pytest.mark.parametrize(
    ("provision", "changes"),
    [
        (PROVISION, {"text": "not-held"}),
        (PROVISION, {"page": "privacy/1.6.html"}),
        (PROVISION, {"policy": "Privacy"}),
        (PROVISION, {"language": "English"}),
        (PROVISION, {"more": 1}),
        ({**PROVISION, "omitted": 0}, {}),
        ({**PROVISION, "omitted": 1.5}, {}),
        ({**PROVISION, "heading": "Cookies"}, {}),
        ({**PROVISION, "title": "Cookies"}, {}),
        ({**PROVISION, "links": []}, {}),
        ({**PROVISION, "foreign": [-2]}, {}),
        ({**PROVISION, "mark": ""}, {}),
        ({**PROVISION, "citation": ""}, {}),
        ({**PROVISION, "more": 1}, {}),
        ({**ARTICLE, "mark": "①"}, {}),
        ({name: value for name, value in ARTICLE.items() if name != "heading"}, {}),
        ({**TOP, "citation": "Title"}, {}),
        ({"id": "art-1"}, {}),
    ],
)
def test_the_schema_of_a_text_refuses(
    provision: dict[str, object], changes: dict[str, object]
) -> None:
    assert not is_text(provision, **changes)


def corpus() -> list[str]:
    lines = (ROOT / "tests/data/provision-ids.tsv").read_text("utf-8").splitlines()
    parts = {line.partition("\t")[2] for line in lines if not line.startswith("#")} - {"-"}
    return sorted(
        part if part.startswith(("art", "add", "ann")) else f"art-1-{part}" for part in parts
    )


NO_IDS = (
    "",
    "art",
    "art-0",
    "art-01",
    "art-1-",
    "part-a-light",
    "art-1-pre",
    "pre-0",
    "Art-1",
    "id1",
    "search",
    "was-art-1",
)


OTHER_IDS = ("what-we-collect", "what-we-light-point-1", "the-point", "sec-1-subsec-1-item-a-subitem-iv", "art-4-x2", "pre-point-1", "art-1-list-2-point-1", "para-1")  # fmt: skip


@pytest.mark.parametrize(
    "text", [*corpus(), "art-9-2-para-2-point-3-indent-1", *OTHER_IDS, *NO_IDS]
)
def test_the_schema_of_a_text_knows_the_same_ids_as_the_software(text: str) -> None:
    provision = read_schema("policy-version")["$defs"]["provision"]
    pattern = provision["properties"]["id"]["pattern"]
    assert bool(re.search(pattern, text)) == provision_ids.is_provision_id(text)


def test_every_text_that_versions_json_names_is_there_and_follows_its_schema(site: Path) -> None:
    listed = json.loads((site / "versions.json").read_text("utf-8"))["policies"]
    names = {name for p in listed for v in p["versions"] for name in v["texts"].values()}
    assert len(names) == 12
    current = {f"{language}/privacy/current.json" for language in ("en", "ko")}
    files = {path.relative_to(site).as_posix() for path in site.glob("*/*/*.json")}
    assert names | current == files
    for name in names:
        validator("policy-version").validate(json.loads((site / name).read_text("utf-8")))


def test_citations_are_unique_in_a_version_and_print_no_label_of_ours(site: Path) -> None:
    count = 0
    for file in site.glob("*/*/[0-9]*.json"):
        data = json.loads(file.read_text("utf-8"))
        printed = {p["id"]: p.get("heading") or p["mark"] for p in data["provisions"]}
        cited = [p["citation"] for p in data["provisions"] if p["id"] != "top"]
        assert len(set(cited)) == len(cited)
        for provision in data["provisions"][1:]:
            label = label_of_heading(provision["citation"], data["language"])
            assert label is not None
            root = str(provision_ids.parts(provision["id"])[0])
            assert printed[root].startswith(label.text)
            count += 1
    assert count > 90


def test_what_a_reader_cites_is_the_permanent_address(site_with_address: Path) -> None:
    for name in ("1.6", "index"):
        document = page(site_with_address / f"ko/privacy/{name}.html")
        address = f"{BASE}/ko/privacy/1.6.html"
        assert document.xpath("//*[@id='tools']/@data-page") == [address]
        assert document.xpath("//*[@class='print-address']/text()") == [address]
