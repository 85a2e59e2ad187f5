"""Recording a release in the ledgers: its manifest is worked out, and its digest becomes part of each of them.

That is done after all checks, and before anything is served: what is served is always recorded. A failure in between removes
the record again; a kill leaves a record of a release that was not served, and the next publish of the same site finds it and
adds nothing. A release is recorded again only if it differs from the last one.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem, refusal
from policysite.files import locks, staging
from policysite.files.folders import work_folder
from policysite.ledger.ledger_files import (
    ledger_file,
    ledger_path,
    load_ledgers,
    signature_file,
)
from policysite.ledger.ledger_reading import read_ledger
from policysite.ledger.manifest import MalformedManifestError, Manifest, read_manifest
from policysite.model import addresses
from policysite.verify.signature import signature_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.ledger.chain import Ledger
    from policysite.ledger.manifest import ManifestFile


@dataclass(frozen=True)
class Shown:
    """What a site was built for: the day whose status it shows, and the address that its pages name."""

    day: dt.date
    base_url: str = ""


@dataclass(frozen=True)
class RecordedRelease:
    """What there is of a release besides what was built.

    ``files`` has the contents of the manifest and of the ledgers by their path in the site, with signatures and time stamps.
    ``added`` are the ledgers that the release was recorded in just now, each with the number that it has there.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    added: Mapping[str, int] = field(default_factory=dict)


@contextlib.contextmanager
def recording_release(
    root: Path,
    site: Path,
    files: Sequence[ManifestFile],
    shown: Shown,
    key: Path | None = None,
    *,
    is_served: Callable[[], bool] = lambda: False,
) -> Iterator[RecordedRelease]:
    """Record the release that consists of *files*, made of the built *site*, in the ledgers of the project in *root*.

    If what follows fails and the release is not served (*is_served*), the record is removed again; a kill leaves it.
    *key* is a private SSH key with which ledgers are signed that are added to, or not signed yet. A site without ledgers has
    a manifest too; it is recorded nowhere.

    :raises PolicysiteError: if a ledger cannot be added to; the ledgers are unchanged.
    """
    written: dict[Path, _Change] = {}
    is_done = False
    try:
        with locks.wait_for(work_folder(root)):
            recorded = _record(root, site, files, shown, key, written)
        yield recorded
        is_done = True
    finally:
        if not is_done and written and not is_served():
            with locks.wait_for(work_folder(root)):
                _restore(written)


@dataclass(frozen=True)
class _Change:
    """The content of a file before and after; None if there is none."""

    before: bytes | None
    after: bytes | None


def _record(
    root: Path,
    site: Path,
    files: Sequence[ManifestFile],
    shown: Shown,
    key: Path | None,
    written: dict[Path, _Change],
) -> RecordedRelease:
    docs = root / "docs"
    ledgers = _ledgers(root, site)
    manifest = _manifest(list(ledgers.values()), files, shown)
    newest = {
        policy: ledger
        if _ends_with(ledger, manifest)
        else ledger.append_release(manifest.day, manifest.digest)
        for policy, ledger in ledgers.items()
    }
    changed = [policy for policy in ledgers if newest[policy] != ledgers[policy]]
    if key is None:
        _check_unsigned(root, changed)
    for policy, ledger in newest.items():
        _write(docs, ledger, key, written, is_changed=policy in changed)
    return RecordedRelease(
        manifest,
        {addresses.MANIFEST: manifest.content, **_files_of_ledgers(docs, site, newest)},
        {ledger_path(root, docs, policy): len(newest[policy].releases) for policy in changed},
    )


def _restore(written: Mapping[Path, _Change]) -> None:
    """Write what was there before, unless another command has recorded something since; what cannot be written stays."""
    for file, change in written.items():
        with contextlib.suppress(OSError):
            now = file.read_bytes() if file.is_file() else None
            if now != change.after:
                continue
            if change.before is None:
                file.unlink(missing_ok=True)
            else:
                staging.write(file, change.before, durably=True)


def _manifest(ledgers: Sequence[Ledger], files: Sequence[ManifestFile], shown: Shown) -> Manifest:
    """Return the manifest: the one that was recorded last, if the release is the same and only the day is another."""
    ordered = tuple(sorted(files))
    for ledger in ledgers:
        if ledger.releases:
            earlier = Manifest(ledger.releases[-1].day, shown.base_url, ordered)
            if _ends_with(ledger, earlier):
                return earlier
    manifest = Manifest(shown.day, shown.base_url, ordered)
    try:
        return read_manifest(manifest.content)
    except MalformedManifestError as error:
        message = f"The release has a file that no manifest can list: {error}."
        remedy = "Give the file a name of letters, digits, hyphens and dots."
        raise PolicysiteError([Problem("_static", 0, Code.OUTPUT, message, remedy)]) from None


def _ends_with(ledger: Ledger, manifest: Manifest) -> bool:
    return bool(ledger.releases) and ledger.releases[-1].manifest == manifest.digest


def _ledgers(root: Path, site: Path) -> dict[str, Ledger]:
    """Return the ledgers that *site* has, as they are in the project now.

    :raises PolicysiteError: if texts were recorded since the site was built.
    """
    found: dict[str, Ledger] = {}
    docs = root / "docs"
    for policy, copy in ledgers_of(site).items():
        path = ledger_path(root, docs, policy)
        now, problems = load_ledgers(root, docs, [policy])
        built, _ = read_ledger(copy.read_text("utf-8"), path)
        if problems:
            raise PolicysiteError(problems)
        if built is None or now[policy].entries != built.entries:
            message = "Texts were recorded while the site was built."
            remedy = "Run the command again: the site will have them."
            raise PolicysiteError([Problem(path, 0, Code.LEDGER_ENTRY, message, remedy)])
        found[policy] = now[policy]
    return found


def ledgers_of(site: Path) -> dict[str, Path]:
    """Return the ledgers that a site or a release has, by policy."""
    found = {
        addresses.policy_of_ledger(f"{addresses.LEDGER_FOLDER}{path.name}"): path
        for path in sorted((site / addresses.LEDGER_FOLDER).glob("*"))
    }
    return {policy: path for policy, path in found.items() if policy}


def _check_unsigned(root: Path, policies: Sequence[str]) -> None:
    """Refuse to add to ledgers that are signed: without a key the signature would be lost.

    :raises PolicysiteError: if one of *policies* has such a ledger.
    """
    docs = root / "docs"
    problems = [
        Problem(
            ledger_path(root, docs, policy),
            0,
            Code.LEDGER_SIGNATURE,
            "The release is to be recorded in the ledger, and the ledger is signed: it needs a new signature.",
            "Name the key: --key ~/.ssh/id_ed25519. Where the key is not, record the release first, and commit it: "
            "policysite record-release --key …",
        )
        for policy in policies
        if signature_file(docs, policy).is_file()
    ]
    if problems:
        raise PolicysiteError(problems)


def _write(
    docs: Path,
    ledger: Ledger,
    key: Path | None,
    written: dict[Path, _Change],
    *,
    is_changed: bool,
) -> None:
    """Write *ledger* if it changed, and its signature if that is wanted and missing; note both in *written*."""
    file, signature = ledger_file(docs, ledger.policy), signature_file(docs, ledger.policy)
    earlier = signature.read_bytes() if signature.is_file() else None
    if not is_changed and (key is None or earlier is not None):
        return
    # First of all: without the key nothing is recorded.
    signed = signature_of(ledger, key).encode() if key else None
    try:
        if is_changed:
            # A kill leaves no signature rather than one of another ledger.
            written[signature] = _Change(earlier, None)
            signature.unlink(missing_ok=True)
            written[file] = _Change(file.read_bytes(), ledger.text().encode())
            staging.write(file, ledger.text(), durably=True)
        if signed:
            written[signature] = _Change(earlier, signed)
            staging.write(signature, signed, durably=True)
    except OSError as error:
        path = ledger_path(docs.parent, docs, ledger.policy)
        message = f"The release cannot be recorded: {error.strerror}."
        remedy = (
            "Correct the permissions; or record the release where the sources can be written and committed "
            "(policysite record-release), and publish from that commit."
        )
        raise refusal(path, Code.LEDGER_ENTRY, message, remedy) from error


def _files_of_ledgers(docs: Path, site: Path, ledgers: Iterable[str]) -> dict[str, bytes]:
    """Return the files in the ledgers' folder of the site, as they are now."""
    found = {
        f"{addresses.LEDGER_FOLDER}{path.name}": path.read_bytes()
        for path in sorted((site / addresses.LEDGER_FOLDER).glob("*"))
    }
    for policy in ledgers:
        found[addresses.ledger_file(policy)] = ledger_file(docs, policy).read_bytes()
        found.pop(addresses.signature_file(policy), None)
        signature = signature_file(docs, policy)
        if signature.is_file():
            found[addresses.signature_file(policy)] = signature.read_bytes()
    return found
