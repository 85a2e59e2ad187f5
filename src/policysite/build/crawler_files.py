"""What search engines ask for: ``robots.txt``, and ``sitemap.xml`` where the site has an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.project.project import Project

SITEMAP = "sitemap.xml"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def write_crawler_files(project: Project, site: Path) -> None:
    """Write them into the folder *site*, which holds the pages."""
    # Crawlers must come in to see which pages say noindex.
    robots = "User-agent: *\nAllow: /\n"
    # A file cannot say of itself that it is not to be found: its page is.
    robots += "".join(f"Disallow: /*/*/*.{kind}$\n" for kind in project.settings.editions)
    if base_url := project.settings.base_url:
        (site / SITEMAP).write_bytes(sitemap(project, site))
        robots += f"\nSitemap: {addresses.root(base_url)}{SITEMAP}\n"
    (site / "robots.txt").write_text(robots, encoding="utf-8")


def sitemap(project: Project, site: Path) -> bytes:
    """Return the site map: each page that may be indexed, with the same page in other languages."""
    base_url = project.settings.base_url
    root = etree.Element(f"{{{SITEMAPS}}}urlset", nsmap={None: SITEMAPS, "xhtml": XHTML})
    for page in _indexable(project):
        languages = [
            code
            for code in project.completeness.published
            if (site / code / f"{page}{addresses.SUFFIX}").is_file()
        ]
        alternates = addresses.alternates(base_url, languages, page)
        # On the home page the default is an address of its own; on others it is listed already.
        for address in dict.fromkeys(href for _, href in alternates):
            _add_address(root, address, alternates)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _indexable(project: Project) -> Iterator[str]:
    """Yield the pages that are their own canonical address and may be indexed."""
    yield addresses.HOME
    for policy in project.register.policies.values():
        if policy.in_force(project.register.day):
            yield addresses.timeless_page(policy.name)
        yield addresses.history_page(policy.name)


def _add_address(root: etree._Element, address: str, alternates: list[tuple[str, str]]) -> None:
    url = etree.SubElement(root, f"{{{SITEMAPS}}}url")
    etree.SubElement(url, f"{{{SITEMAPS}}}loc").text = address
    for code, href in alternates:
        attributes = {"rel": "alternate", "hreflang": code, "href": href}
        etree.SubElement(url, f"{{{XHTML}}}link", attributes)
