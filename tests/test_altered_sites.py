"""A site that shows other words is found, whatever way it does it; the genuine one passes in every form.

Bytes are compared alike whatever was done to them, and words by a few rules each: of the ways, some of each kind are for everybody.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import zipfile
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest
from altered_sites import EN, KO, MORE_WAYS, NOT, ONLY_BYTES, WAYS, Way
from running_server import running
from support import DAY

from policysite.base.problems import Code, PolicysiteError
from policysite.release.publish import publish
from policysite.release.release_files import COMPRESSED
from policysite.release.request_head import RequestHead
from policysite.release.serve import open_server
from policysite.release.site_answers import ServedSite, answer
from policysite.verify.report import Attest
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policysite.verify.report import VerificationReport

pytestmark = pytest.mark.thorough

TODAY = dt.date(2026, 11, 23)
EVERYTHING = {**WAYS, **ONLY_BYTES}
# A page, its forms, a form that cannot be read, files for programs, a ledger, a file that is gone, one that is new.
KINDS = {
    "a word",
    "compressed forms",
    "a form that is none",
    "in the data",
    "a form of the ledger",
    "a page gone",
    "rules for a server",
}
IN_WORDS = {**WAYS, **MORE_WAYS}


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    """A copy of it, which shares its files with it: what is changed is replaced."""
    return Path(shutil.copytree(released, tmp_path / "site", copy_function=os.link))


def zipped(site: Path, archive: Path, prefix: str = "site/") -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                file.write(path, f"{prefix}{path.relative_to(site).as_posix()}")
    return archive


def checked(where: Path | str, attest: Attest = Attest.AUTO) -> VerificationReport:
    return verify(str(where), day=TODAY, attest=attest, seconds=60)


def changed_files(site: Path, original: Path) -> set[str]:
    """Return the files of *site* that are not as they were, those that are gone among them."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (site, original)
        for path in folder.rglob("*")
        if path.is_file()
    }

    def content(folder: Path, name: str) -> bytes | None:
        return (folder / name).read_bytes() if (folder / name).is_file() else None

    return {name for name in names if content(site, name) != content(original, name)}


# The genuine site --------------------------------------------------------------------------------------


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve *site* as the product does, with each encoding."""
    with running(open_server(site, 0)) as server:
        yield server.address


@pytest.mark.one_in(5)
@pytest.mark.parametrize("attest", [Attest.BYTES, Attest.WORDS])
@pytest.mark.parametrize("form", ["folder", "zip", "zip at its root", "address"])
def test_the_genuine_site_passes(released: Path, tmp_path: Path, form: str, attest: Attest) -> None:
    if form == "address":
        with served(released) as address:
            found = checked(address, attest)
    elif form == "folder":
        found = checked(released, attest)
    else:
        prefix = "" if "root" in form else "policies/"
        found = checked(zipped(released, tmp_path / "site.zip", prefix), attest)
    assert found.problems == []
    said = str(found)
    assert "day: 2026-11-23, as was asked for" in said
    files = len(json.loads((released / "manifest.json").read_text("utf-8"))["files"])
    assert (f"manifest.json: the bytes of {files} files are those of" in said) == (
        attest is Attest.BYTES
    )
    assert ("not attested: the bytes of the files" in said) == (attest is Attest.WORDS)
    assert said.splitlines()[-1].startswith(
        "Every file" if attest is Attest.BYTES else "Every text"
    )


@pytest.mark.thorough
def test_all_three_encodings_are_asked_for(released: Path) -> None:
    asked: dict[str, set[str]] = {}
    with altered_server(released, lambda _path, _encoding, body: body, asked) as address:
        assert checked(address).problems == []
    for name in (
        EN,
        KO,
        "en/privacy/index.html",
        "versions.json",
        "ledger/privacy.json",
        "manifest.json",
    ):
        assert asked[f"/{name}"] == {"identity", "gzip", "br"}, name


def test_there_are_enough_ways() -> None:
    assert len(IN_WORDS) >= 150
    assert len(EVERYTHING) >= 95


# Other words ---------------------------------------------------------------------------------------------


@pytest.mark.one_in(80)
@pytest.mark.parametrize("way", IN_WORDS.values(), ids=IN_WORDS)
def test_words_alone_show_it(copy: Path, way: Way) -> None:
    way.does(copy)
    try:
        found = [str(problem) for problem in checked(copy, Attest.WORDS).problems]
    except PolicysiteError as error:
        found = [str(problem) for problem in error.problems]
        way = Way(way.does, f"{copy}/{way.file}", way.named)
    assert any(p.startswith(way.file) and way.named in p for p in found), "\n".join(found)


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in KINDS else pytest.mark.weekly) for n in EVERYTHING],
)
def test_bytes_show_every_file_that_is_another(copy: Path, released: Path, name: str) -> None:
    EVERYTHING[name].does(copy)
    changed = changed_files(copy, released)
    assert changed
    named = named_in(copy)
    if not any(path.startswith(str(copy)) for path in named):
        assert {name for name in changed if not name.endswith(COMPRESSED)} <= named
    if all(name.endswith(COMPRESSED) for name in changed):
        assert changed <= named


def named_in(site: Path) -> set[str]:
    """Return what a check of *site* names; itself, if it is refused as a whole."""
    try:
        problems = tuple(checked(site).problems)
    except PolicysiteError as error:
        problems = error.problems
    assert problems
    return {problem.path for problem in problems}


@pytest.mark.one_in(4)
@pytest.mark.parametrize("way", ONLY_BYTES.values(), ids=ONLY_BYTES)
def test_what_only_bytes_can_tell_is_named(copy: Path, way: Way) -> None:
    way.does(copy)
    found = checked(copy).problems
    assert any(p.path == way.file and way.named in p.message for p in found), "\n".join(
        map(str, found)
    )


# Archives ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archived(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as a zip file; tests must not change it."""
    return zipped(released, tmp_path_factory.mktemp("archived") / "site.zip", "")


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    "name",
    [
        "./en/privacy/1.6.html", "en//privacy/1.6.html", "en/./privacy/1.6.html", "en\\privacy\\1.6.html",
        "EN/privacy/1.6.html", "en/privacy/1.6.html.", "en/privacy/1.6.html ", "en/privacy/1.6.html/x", "en/privacy/1.6.HTML",
        "../site/en/privacy/1.6.html", "/en/privacy/1.6.html", "en/privacy/1.6.html::$DATA", "ｅｎ/privacy/1.6.html",
    ],
)  # fmt: skip
@pytest.mark.parametrize("attest", [Attest.BYTES, Attest.WORDS])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_that_unpacks_to_another_page_is_refused(
    released: Path, archived: Path, tmp_path: Path, name: str, attest: Attest
) -> None:
    archive = Path(shutil.copy2(archived, tmp_path))
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(name, (released / EN).read_text("utf-8").replace(NOT, "will be used for any"))
    with pytest.raises(
        PolicysiteError, match=r"twice, and programs differ|would be outside the folder"
    ):
        checked(archive, attest)


def test_an_archive_with_a_link_is_refused(released: Path, tmp_path: Path) -> None:
    archive = zipped(released, tmp_path / "site.zip", "")
    with zipfile.ZipFile(archive, "a") as file:
        info = zipfile.ZipInfo("en/privacy/other.html")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    with pytest.raises(PolicysiteError, match="neither a file nor a folder"):
        checked(archive)


def test_an_archive_with_dots_in_its_names_is_read(released: Path, tmp_path: Path) -> None:
    assert checked(zipped(released, tmp_path / "site.zip", "./policies/")).problems == []


# Servers -------------------------------------------------------------------------------------------------


@contextmanager
def altered_server(
    site: Path,
    alter: Callable[[str, str, bytes], bytes | None],
    asked: dict[str, set[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Iterator[str]:
    """Serve *site*; *alter* gets path, encoding and what would be sent without compression, and says what is."""
    whole = ServedSite(site)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            encoding = self.headers.get("Accept-Encoding", "identity")
            if asked is not None:
                asked.setdefault(self.path, set()).add(encoding)
            given = answer(whole, RequestHead("GET", self.path))
            body = alter(self.path, encoding, given.body)
            # What is sent otherwise is sent as a page that is there.
            status = 404 if body is None else 200 if body != given.body else given.status
            body = body or b""
            kept = {n: v for n, v in given.headers.items() if n != "Content-Encoding"}
            if encoding == "br" and status == 200:
                body, kept["Content-Encoding"] = brotli.compress(body, quality=1), "br"
            self.send_response(status)
            for name, value in {
                **kept,
                **(headers or {}),
                "Content-Length": str(len(body)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}/"


@pytest.mark.thorough
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("attest", [Attest.BYTES, Attest.WORDS])
def test_a_server_that_sends_some_readers_another_page_is_named(
    released: Path, encoding: str, attest: Attest
) -> None:
    def alter(path: str, asked_for: str, body: bytes) -> bytes:
        is_target = path == f"/{EN}" and asked_for == encoding
        return body.replace(NOT.encode(), b"will be used for any") if is_target else body

    with altered_server(released, alter) as address:
        found = checked(address, attest).problems
    assert any(p.path == EN for p in found), found
    # A reader who leaves out the suffix is led to the same page.
    assert {p.path for p in found} <= {EN, EN.removesuffix(".html")}


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/en/privacy/", "/en/privacy/1.6", "/en/privacy/1.6/", "/en/"])
def test_a_server_with_another_page_where_readers_look_is_named(released: Path, path: str) -> None:
    other = b"<!doctype html><p>We sell all of it.</p>"
    with altered_server_at(released, path, other) as address:
        found = checked(address).problems
    assert [p.path for p in found] == [path.lstrip("/")], found
    assert "The server has another page there" in found[0].message


def altered_server_at(site: Path, path: str, content: bytes) -> AbstractContextManager[str]:
    """Serve *site*, and *content* at one address more."""
    return altered_server(site, lambda at, _encoding, body: content if at == path else body)


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("Content-Type", "text/html; charset=utf-16le", "it is sent as utf-16le"),
        ("Refresh", "0;url=https://evil.example/", "Refresh"),
        ("Link", "</x.css>; rel=stylesheet", "brings in a style sheet"),
        ("Content-Encoding", "compress", "unknown encoding"),
    ],
)
def test_a_server_whose_headers_show_something_else_is_refused(
    released: Path, header: str, value: str, expected: str
) -> None:
    with (
        altered_server(released, lambda _p, _e, body: body, headers={header: value}) as address,
        pytest.raises(PolicysiteError, match=expected),
    ):
        checked(address)


@pytest.mark.thorough
def test_a_page_that_the_server_does_not_have_is_named(released: Path) -> None:
    with altered_server(
        released, lambda path, _e, body: None if path == f"/{KO}" else body
    ) as address:
        found = checked(address).problems
    assert any(p.path == KO and "The file is missing" in p.message for p in found)


# What is said ----------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_an_earlier_release_with_a_newer_ledger_is_named(
    released: Path, copy: Path, tmp_path: Path
) -> None:
    """Somebody serves what was published before, and leaves the ledger that came after."""
    root = Path(shutil.copytree(released.parents[2] / "project", tmp_path / "project"))
    newer = tmp_path / "newer"
    (root / "_static/site.css").write_text("p { margin: 1em }", "utf-8")
    publish(root, newer, DAY)
    for path in (newer / "current/ledger").resolve().iterdir():
        (copy / "ledger" / path.name).unlink(missing_ok=True)
        shutil.copy2(path, copy / "ledger" / path.name)
    found = checked(copy).problems
    assert [p.path for p in found] == ["ledger/privacy.json"]
    assert "The site is release 1, and the ledger goes on to release 2" in found[0].message


@pytest.mark.thorough
def test_a_site_whose_manifest_is_gone_says_that_words_are_all_that_is_attested(copy: Path) -> None:
    for path in copy.glob("manifest.json*"):
        path.unlink()
    said = str(checked(copy))
    assert "not attested: the bytes of the files" in said
    assert (
        "not attested: that the site is release 1 of the ledger of 'privacy', or any: it has no manifest.json"
        in said
    )
    (problem,) = checked(copy, Attest.BYTES).problems
    assert problem.code is Code.RELEASE_FILE
    assert "There is no manifest.json" in problem.message


def test_assets_of_earlier_releases_are_counted(copy: Path) -> None:
    (copy / "en/_static/policysite.0a1b2c3d.css").write_text("p{}", "utf-8")
    (copy / "en/_static/policysite.0a1b2c3d.css.gz").write_bytes(b"x")
    found = checked(copy)
    assert found.problems == []
    assert "not attested: 2 files of earlier releases, which no page of this one loads" in str(
        found
    )


def test_the_day_decides_what_is_in_force(copy: Path) -> None:
    """Before the day on which the version took effect none was in force, and the site says otherwise."""
    found = verify(str(copy), day=dt.date(2024, 12, 1), attest=Attest.WORDS).problems
    assert any("by the days in the ledger it is upcoming on 2024-12-01" in p.message for p in found)
    assert any("--day" in p.remedy for p in found)
