"""Not later than when something was recorded: the time stamps of a ledger, checked against named certificates.

A token of RFC 3161 proves that a digest existed at a moment. It does not prove that a text was public then, or since, or
by whom it was published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.ledger.time_stamps import read_list
from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policysite.ledger.chain import Ledger
    from policysite.ledger.time_stamps import TimeStampName
    from policysite.verify.report import VerificationReport
    from policysite.verify.site_source import SiteSource

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Stamped:
    """That the first ``entries`` of a ledger and its first ``releases`` existed at ``moment``, as ``authority`` says."""

    entries: int
    releases: int
    moment: dt.datetime
    authority: str


class Authorities:
    """The certificates of those whose time stamps count.

    :raises PolicysiteError: if the file cannot be read, or what reads time stamps is not installed.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._certificates = _certificates(file)

    def stamped(self, content: bytes, name: TimeStampName, ledger: Ledger) -> Stamped:
        """Return what the time stamp with this *content* says of *ledger*, of as much of it as its *name* says.

        :raises ValueError: if it is not one, or not by one of them, or of something else.
        """
        client = time_stamp_client()
        if name.entries > len(ledger.entries) or name.releases > len(ledger.releases):
            raise ValueError("it is for more than the ledger has")
        statement = ledger.first(name.entries, name.releases).statement
        response = client.decode_timestamp_response(content)
        # Most bring the certificate that they were signed with; of others it must be among those that are named.
        signers = [None] if response.signed_data.certificates else self._certificates
        problems = []
        for signer in signers:
            try:
                self._verifier(signer).verify_message(response, statement)
            except client.VerificationError as error:
                problems.append(str(error))
                continue
            moment = response.tst_info.gen_time
            who = signer.subject.rfc4514_string() if signer else _signer(response)
            return Stamped(name.entries, name.releases, moment, who)
        raise ValueError(problems[0])

    def _verifier(self, signer: Any) -> Any:
        roots = [one for one in self._certificates if one.issuer == one.subject]
        others = [one for one in self._certificates if one not in roots]
        builder = time_stamp_client().VerifierBuilder(
            tsa_certificate=signer,
            roots=roots or self._certificates,
            intermediates=others if roots else [],
        )
        return builder.build()


def time_stamp_client() -> Any:
    """Return the library that reads time stamps.

    :raises PolicysiteError: if it is not installed.
    """
    try:
        import rfc3161_client  # noqa: PLC0415 - few need it
    except ImportError as error:
        problem = time_stamp_problem(
            "rfc3161-client",
            "What reads time stamps is not installed.",
            "Install it with the extra: pip install 'policysite[timestamp]'.",
        )
        raise PolicysiteError([problem]) from error
    return rfc3161_client


def _certificates(file: Path) -> list[Any]:
    time_stamp_client()
    from cryptography import x509  # noqa: PLC0415 - it comes with the client

    remedy = (
        "Name a file with the certificates of the authorities, in PEM: those that they publish."
    )
    try:
        found = x509.load_pem_x509_certificates(file.read_bytes())
    except OSError as error:
        message = f"The certificates cannot be read: {error.strerror}."
        raise PolicysiteError([time_stamp_problem(str(file), message, remedy)]) from error
    except ValueError as error:
        message = f"The file has no certificates: {str(error)[:100]}."
        raise PolicysiteError([time_stamp_problem(str(file), message, remedy)]) from error
    return list(found)


def _signer(response: Any) -> str:
    """Return the name in the certificate with which a time stamp was signed."""
    from cryptography import x509  # noqa: PLC0415

    certificates = map(x509.load_der_x509_certificate, response.signed_data.certificates)
    signers = {(one.issuer, one.serial_number) for one in response.signed_data.signer_infos}
    names = [
        one.subject.rfc4514_string()
        for one in certificates
        if (one.issuer, one.serial_number) in signers
    ]
    return names[0] if names else "an authority without a name"


def check_time_stamps(
    site: SiteSource, ledger: Ledger, authorities: Authorities | None, report: VerificationReport
) -> None:
    """Add to *report* what the time stamps of *ledger* prove, as far as one of *authorities* made them."""
    path = addresses.time_stamp_list(ledger.policy)
    content = site.read(path)
    if content is None:
        if authorities:
            message = "The ledger has no time stamps, and certificates of authorities were named."
            remedy = "policysite timestamp, then publish again."
            report.problems.append(time_stamp_problem(path, message, remedy))
        else:
            report.not_attested.append(
                f"when it was published: the ledger of {ledger.policy!r} has no time stamps"
            )
        return
    try:
        names = read_list(content, ledger.policy)
    except ValueError as error:
        report.problems.append(_wrong(path, f"The list of time stamps cannot be read: {error}."))
        return
    if authorities is None:
        report.not_attested.append(
            f"when it was published: the {len(names)} time stamps of the ledger of {ledger.policy!r} were not checked; name "
            "certificates with --tsa-certificates"
        )
        return
    stamped = list(_stamped(site, ledger, names, authorities, report))
    report.problems += _dated_back(ledger, stamped)


def _stamped(
    site: SiteSource,
    ledger: Ledger,
    names: Sequence[TimeStampName],
    authorities: Authorities,
    report: VerificationReport,
) -> Iterator[Stamped]:
    for name in names:
        path = addresses.time_stamp_file(ledger.policy, str(name))
        content = site.read(path)
        if content is None:
            report.problems.append(_wrong(path, "The file is missing."))
            continue
        try:
            stamp = authorities.stamped(content, name, ledger)
        except ValueError as error:
            report.problems.append(
                _wrong(path, f"The time stamp does not hold: {str(error)[:200]}.")
            )
            continue
        moment = stamp.moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        releases = f" and {stamp.releases} releases" if stamp.releases else ""
        report.facts.append(
            f"{path}: {stamp.entries} entries{releases} existed on {moment}, stamped by {stamp.authority}"
        )
        yield stamp


def _dated_back(ledger: Ledger, stamped: Sequence[Stamped]) -> Iterator[Problem]:
    """Yield the entries that came behind a time stamp and say that they were recorded before it."""
    path = addresses.ledger_file(ledger.policy)
    for number, entry in enumerate(ledger.entries, start=1):
        before = [one for one in stamped if one.entries < number]
        latest = max((one.moment.astimezone(dt.UTC).date() for one in before), default=None)
        # Days begin earlier in some places than in others.
        if latest and entry.recorded < latest - _ONE_DAY:
            yield _wrong(
                path,
                f"Entry {number} says that it was recorded on {entry.recorded}; a time stamp of {latest} is for the entries "
                "before it, so that it was recorded later than it says.",
            )


def time_stamp_problem(path: str, message: str, remedy: str) -> Problem:
    """Return what is wrong with a time stamp, or with what it takes to read one."""
    return Problem(path, 0, Code.TIME_STAMP, message, remedy)


def _wrong(path: str, message: str) -> Problem:
    remedy = "Ask the publisher for the ledger with its time stamps as they were; and the authority for its certificates."
    return time_stamp_problem(path, message, remedy)
