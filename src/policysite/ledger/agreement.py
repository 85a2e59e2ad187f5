"""Whether the texts and the register are what the ledger says: a published text does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, Problem
from policysite.ledger import canonical_json
from policysite.ledger.chain import changed_provisions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from policysite.ledger.chain import Ledger
    from policysite.model.register import Policy, PolicyVersion

    Place = Callable[[str], tuple[str, int]]


def provision_digests(provisions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the digests of a text by provision id, in its order.

    *provisions* are as the file of a version has them.
    """
    return {provision["id"]: canonical_json.of_provision(provision) for provision in provisions}


def register_problems(
    policy: Policy, languages: Collection[str], ledger: Ledger, path: str
) -> Iterator[Problem]:
    """Yield where the front matter of frozen versions is not what the ledger says; *path* is that of the ledger.

    *languages* are the tags of those of the site: one in which something is frozen must stay.
    """
    for language in sorted({language for _, language in ledger.texts}):
        if language not in languages:
            yield Problem(
                "conf.py",
                0,
                Code.FROZEN_TEXT,
                f"Texts of the policy {policy.name!r} are frozen in {language!r}, which is no longer a language of the site: "
                "their addresses were published, and must keep working.",
                "Add it to policysite_languages again, with its catalogs.",
            )
    for number in sorted(ledger.versions):
        version = policy.get(number)
        if version is None or not version.held:
            found = "is not among the versions of the policy" if version is None else "has no text"
            yield Problem(
                version.path if version else path,
                version.lines.get("text", 0) if version else 0,
                Code.FROZEN_TEXT,
                f"Version {number} is frozen and {found}: its address was published, and must keep working.",
                f"Restore docs/{policy.name}/{number}.md; it must not be a draft or a record. To end a version that is "
                "no longer in force, use policysite withdraw.",
            )
            continue
        yield from _date_problems(version, ledger)


def _date_problems(version: PolicyVersion, ledger: Ledger) -> Iterator[Problem]:
    number = version.number
    command = f"--policy {version.policy} --version {number}"
    last = [e for e in ledger.entries if e.version == number and e.effective]
    frozen, text = last[-1], next(e for e in reversed(last) if e.is_text)
    if frozen.effective != version.effective:
        yield version.problem(
            Code.FROZEN_TEXT,
            "effective",
            f"Found effective: {version.effective}; version {number} was {'frozen' if frozen.is_text else 'postponed'} on "
            f"{frozen.recorded} with {frozen.effective}.",
            f'Write that day again, or record the change: policysite correct {command} --reason "…"; for a version that was '
            "announced and takes effect later, write that day again, then policysite postpone.",
        )
    for name, found, known in (
        ("ended", version.ended, text.ended),
        ("after", version.after, text.after),
        ("provisions", dict(version.provisions), dict(text.applies_from)),
    ):
        if found != known:
            yield version.problem(
                Code.FROZEN_TEXT,
                name,
                f"Found {name}: {_written(found)}; the ledger has {_written(known)} of version {number}.",
                f'Write that again, or record the change: policysite correct {command} --reason "…".',
            )
    postponed = ledger.postponed(number, version.postponed)
    if dict(version.postponed) != postponed:
        written = ", ".join(
            f"{{from: {old}, announced: {said}}}" for old, said in postponed.items()
        )
        yield version.problem(
            Code.FROZEN_TEXT,
            "postponed",
            f"The postponements of version {number} are not those in the ledger.",
            f"Write postponed: [{written}] again; a new one is recorded by policysite postpone {command}."
            if postponed
            else f"Remove the field, and record it: policysite postpone {command} --to …",
        )
    recorded = ledger.withdrawn(number)
    if version.withdrawn != recorded:
        yield version.problem(
            Code.FROZEN_TEXT,
            "withdrawn",
            f"Found withdrawn: {version.withdrawn or 'nothing'}; the ledger has {recorded or 'no withdrawal'}.",
            f"Write withdrawn: {recorded} again."
            if recorded
            else "Remove the field, and record the withdrawal: policysite withdraw "
            f'{command} --date {version.withdrawn} --reason "…".',
        )


def _written(value: object) -> str:
    if isinstance(value, dict):
        value = ", ".join(f"{name}: {day}" for name, day in value.items())
    return f"{value or 'nothing'}"


def text_problems(
    version: PolicyVersion,
    language: str,
    ledger: Ledger,
    provisions: Iterable[Mapping[str, Any]],
    place: Place,
) -> Iterator[Problem]:
    """Yield the provisions of a text that are not what was frozen; *place* gives file and line of a provision's id."""
    entry = ledger.texts.get((version.number, language))
    if entry is None:
        return
    text = list(provisions)
    names = {p["id"]: p.get("heading") or p["citation"] or p["id"] for p in text}
    found = provision_digests(text)
    for provision_id in changed_provisions(entry.provisions, found):
        if provision_id not in found:
            what = f"{provision_id} is missing; it was frozen"
        elif provision_id not in entry.provisions:
            what = (
                f"{names[provision_id]} ({provision_id}) was added; the text was frozen without it"
            )
        else:
            what = f"{names[provision_id]} ({provision_id}) is not what was frozen"
        path, line = place(provision_id)
        yield _frozen(version, path, line, f"{what} on {entry.recorded} ({language})")
    if found.keys() == entry.provisions.keys() and list(found) != list(entry.provisions):
        path, line = place(next(iter(found)))
        what = f"The provisions are in another order than those frozen on {entry.recorded}"
        yield _frozen(version, path, line, f"{what} ({language})")


def _frozen(version: PolicyVersion, path: str, line: int, what: str) -> Problem:
    return Problem(
        path,
        line,
        Code.FROZEN_TEXT,
        f"{what}; a published text does not change.",
        f"Put the words back ('git log -p {path}' shows them). To correct a mistake in a published text, record a correction: "
        f'policysite correct --policy {version.policy} --version {version.number} --reason "…".',
    )
