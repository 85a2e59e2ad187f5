"""The bytes of a release: every file is the one whose digest was recorded, and no other is served in its place."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.ledger.manifest import MalformedManifestError, Manifest, file_of, read_manifest
from policysite.model import addresses
from policysite.verify.compressed_forms import file_problem, form_problems
from policysite.verify.encodings import ENCODINGS, SUFFIXES
from policysite.verify.http_source import AddressSource
from policysite.verify.unlisted_files import address_key, is_lent, is_of_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.ledger.chain import Ledger
    from policysite.ledger.manifest import ManifestFile
    from policysite.ledger.release_records import ReleaseRecord
    from policysite.verify.site_source import SiteSource

_AT_ONCE = 8


@dataclass(frozen=True)
class CheckedBytes:
    """The ``problems``; ``fact``, what holds if there are none; ``lent``, the number of assets of earlier releases."""

    problems: tuple[Problem, ...]
    fact: str
    lent: int


def read_release(site: SiteSource) -> Manifest | Problem | None:
    """Return the manifest of *site*; what is wrong with it; or None if there is none."""
    content = site.read(addresses.MANIFEST)
    if content is None:
        return None
    try:
        return read_manifest(content)
    except MalformedManifestError as error:
        return file_problem(addresses.MANIFEST, f"The manifest cannot be read: {error}.")


def check_bytes(
    site: SiteSource, manifest: Manifest, ledgers: Mapping[str, Ledger]
) -> CheckedBytes:
    """Compare all files of *site* with its *manifest*, and the manifest with the *ledgers*."""
    record, problems = _recorded(manifest, ledgers)
    beside = [addresses.MANIFEST, *map(addresses.ledger_file, ledgers)]
    if isinstance(site, AddressSource):
        problems += _sent(site, manifest)
        lent = 0
    else:
        problems += _kept(site, manifest)
        more, lent = _unlisted(site.names() or (), manifest, ledgers)
        problems += more
    problems += form_problems(site, beside)
    where = f"release {record.number} of {record.day}" if record else "the release"
    fact = f"{addresses.MANIFEST}: the bytes of {len(manifest.files)} files are those of {where}, {manifest.digest}"
    return CheckedBytes(tuple(problems), fact, lent)


def _recorded(
    manifest: Manifest, ledgers: Mapping[str, Ledger]
) -> tuple[ReleaseRecord | None, list[Problem]]:
    """Return the record of the release, and a problem for each ledger that does not end with it."""
    problems: list[Problem] = []
    found = None
    for policy, ledger in ledgers.items():
        numbers = [r.number for r in ledger.releases if r.manifest == manifest.digest]
        if ledger.releases and ledger.releases[-1].manifest == manifest.digest:
            found = ledger.releases[-1]
        elif numbers:
            last = ledger.releases[-1]
            what = f"The site is release {numbers[-1]}, and the ledger goes on to release {last.number} of {last.day}: it is not the last one that was published."
            problems.append(file_problem(addresses.ledger_file(policy), what))
        else:
            what = f"The manifest ({manifest.digest[:12]}…) is that of no release in the ledger of {policy!r}."
            problems.append(file_problem(addresses.MANIFEST, what))
    return found, problems


def _kept(site: SiteSource, manifest: Manifest) -> Iterator[Problem]:
    """Yield the files in a folder or zip file that are not those of the manifest."""
    for file in manifest.files:
        yield from _differs(file, site.read(file.path))
    listed = manifest.by_path
    plain = [
        path for path in listed if any(f"{path}{suffix}" in listed for suffix in SUFFIXES.values())
    ]
    yield from form_problems(site, plain)


def _differs(file: ManifestFile, content: bytes | None) -> Iterator[Problem]:
    if content is None:
        yield file_problem(file.path, "The file is missing; the manifest lists it.")
    elif file_of(file.path, content) != file:
        what = f"{len(content):,} bytes" if len(content) != file.size else "other bytes"
        yield file_problem(
            file.path,
            f"The file is not the one that was published: found {what}, expected {file.size:,} with the digest {file.sha256[:12]}….",
        )


def _unlisted(
    names: Sequence[str], manifest: Manifest, ledgers: Mapping[str, Ledger]
) -> tuple[list[Problem], int]:
    """Return a problem for each file that the manifest does not list; and the number of assets of earlier releases."""
    listed = manifest.by_path
    keys = {address_key(path): path for path in listed}
    problems, lent = [], 0
    for name in names:
        if name in listed or _is_newer(name, ledgers) or is_of_host(name):
            continue
        stands_for = keys.get(address_key(name))
        if stands_for is None and is_lent(name):
            lent += 1
        elif stands_for is not None:
            problems.append(
                file_problem(
                    name,
                    f"The manifest does not list the file, and it could be served in the place of {stands_for}.",
                )
            )
        else:
            problems.append(
                file_problem(name, "The manifest does not list the file: it was not recorded.")
            )
    return problems, lent


def _is_newer(name: str, ledgers: Mapping[str, Ledger]) -> bool:
    """Whether *name* is that of the manifest, of a ledger or of what belongs to one, which are newer than the manifest."""
    plain = name.removesuffix(".br").removesuffix(".gz")
    if plain == addresses.MANIFEST:
        return True
    for policy in ledgers:
        if plain in {
            addresses.ledger_file(policy),
            addresses.time_stamp_list(policy),
            addresses.signature_file(policy),
        }:
            return True
        if plain.startswith(f"{addresses.ledger_file(policy)}.") and plain.endswith(".tsr"):
            return True
    return False


def _sent(site: AddressSource, manifest: Manifest) -> list[Problem]:
    """Return what a server sends otherwise than the manifest has it, in whatever form it is asked for it."""
    plain = [file for file in manifest.files if not _is_form(file.path, manifest)]

    def look_at(file: ManifestFile) -> list[Problem]:
        found = [*_asked(site, file)]
        for variant in _variants(file.path):
            found += _answered_otherwise(site, variant, file, manifest)
        return found

    # A server may be far away, and there are many files.
    executor = ThreadPoolExecutor(_AT_ONCE)
    try:
        return [problem for found in executor.map(look_at, plain) for problem in found]
    finally:
        executor.shutdown(cancel_futures=True)


def _is_form(path: str, manifest: Manifest) -> bool:
    return any(
        path.endswith(suffix) and path.removesuffix(suffix) in manifest.by_path
        for suffix in SUFFIXES.values()
    )


def _asked(site: AddressSource, file: ManifestFile) -> Iterator[Problem]:
    for encoding in ENCODINGS:
        answer = site.ask(file.path, encoding)
        for problem in _differs(file, answer.content if answer else None):
            # The rest would say the same again.
            form = "" if encoding == ENCODINGS[0] else f" It was asked for in the form {encoding}."
            yield Problem(
                problem.path, 0, Code.RELEASE_FILE, f"{problem.message}{form}", problem.remedy
            )
            return


def _variants(path: str) -> Iterator[str]:
    """Yield other addresses at which a reader may look for the page *path*."""
    if path.endswith("/index.html"):
        yield path.removesuffix("index.html")
    elif path.endswith(".html") and path != "index.html":
        yield path.removesuffix(".html")
        yield f"{path.removesuffix('.html')}/"
    if path == "index.html":
        yield ""


def _answered_otherwise(
    site: AddressSource, variant: str, file: ManifestFile, manifest: Manifest
) -> Iterator[Problem]:
    """Yield that the server has another page at an address where readers expect that of *file*.

    It may have none there; at the root of a site and of a policy it may choose a language, so that any page of the release will do.
    """
    answer = site.ask_for_page(variant)
    if answer is None or file_of(file.path, answer.content) == file:
        return
    known = {one.sha256 for one in manifest.files}
    if file_of("", answer.content).sha256 in known and variant == "":
        return
    yield file_problem(variant or "/", f"The server has another page there than {file.path}.")
