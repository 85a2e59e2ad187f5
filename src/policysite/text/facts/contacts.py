"""E-mail addresses, web addresses and phone numbers, which every language writes alike."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policysite.languages.language_files import ranges, scripts
from policysite.text.facts.fact import Fact, ValueKind
from policysite.text.facts.letters import NO_DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.text.facts.fact_rules import Rules

# What a host ends with even where "합니다.and" and "Corp.The" are sentences.
_KNOWN = "(?i:com|net|org|info|biz|kr|io)"


class _Labels:
    """The parts of an address: a letter of any script belongs to it; of those that join words, a whole label does."""

    def __init__(self) -> None:
        joining = ranges()
        domains = [values for values in scripts().values() if "domains" in values]
        self.joining = joining
        self.letter = rf"[^\W_{joining}]"
        self.latin = rf"(?:{self.letter}(?:{self.letter}|-)*+(?<!-)\.)"
        self.joined = rf"(?:[{joining}][{joining}0-9-]*+(?<!-)\.)"
        self.label = f"(?:{self.latin}|{self.joined})"
        self.local_top = "|".join(
            f"(?:{'|'.join(script['domains'])}){script['domain_end']}"
            for script in domains
            if "domain_end" in script
        )
        others = [script["domains"] for script in domains if "domain_end" not in script]
        self.other = "|".join(name for names in others for name in names)
        self.top = rf"(?:{self.local_top}|[^\W\d_{joining}]{{2,}}+)"
        self.rest = rf"(?:[!#-;=?-\[\]_a-z~]|[^\W\x00-\x7f{joining}])"
        self.end = rf"(?!(?![{joining}])[^\W_]|[@-])(?::[0-9]+)?(?:[/?#]{self.rest}*)?"


_labels = cache(_Labels)


# Two that take long to compile, and are needed where a text has "@" or "a.b" only.
@cache
def email_pattern() -> str:
    """Return a pattern for an e-mail address."""
    part = _labels()
    return rf"(?<![^\W{part.joining}])(?<![.%+-])(?:[^\W{part.joining}]|[.%+-])++@{part.label}+{part.top}"


@cache
def address_pattern() -> str:
    """Return a pattern for a web address.

    After a word that may join, a long chain of labels would be read again from each of them.
    "e.g.the" is not an address, nor is what ends like a sentence: "Corp.The".
    """
    part = _labels()
    return (
        rf"(?<!{part.letter})(?<![@-])(?<!\w\.)(?P<after>(?<=[{part.joining}])-*+)?+-*+(?:(?:[Hh][Tt][Tt][Pp][Ss]?://|[Ww]{{3}}\.)(?:{part.label}+{part.top}{part.rest}*|{part.rest}+)"
        rf"|(?!(?:[A-Za-z]\.){{2}})(?(after){part.latin}+(?:{part.joined}{part.label}{{0,9}})?|{part.latin}{part.label}*)"
        rf"(?:[a-z][^\W\dA-Z_{part.joining}]+|[A-Z]{{3,}}|{_KNOWN}|{part.other}|{part.local_top}){part.end}"
        rf"|(?(after)(?!)|(?<![^\W_])){part.joined}{part.label}*(?:{_KNOWN}|{part.other}|{part.local_top}){part.end})"
    )


PHONE = re.compile(
    r"(?<![0-9A-Za-z+-])(?<![0-9][.,])(?:(?P<country>\+82|\+[0-9]{1,3})(?:[-. ]|(?=\())?(?:\(0\)[-. ]?)?)?"
    r"(?P<rest>\(?0[0-9]{1,3}\)[-. ]?[0-9]{3,4}[-. ]?[0-9]{4}|\([0-9]{2,4}\)[-. ]?[0-9]{3,4}[-. ][0-9]{4}"
    r"|(?(country)[0-9]{7,12}|(?!))|[0-9]{1,4}(?P<s>[-. ])[0-9]{2,6}(?:(?P=s)[0-9]{2,5}){0,3})"
    rf"(?![-.]?[0-9]){NO_DIGIT}"
)
_HOST = re.compile("(?:[A-Za-z]+://)?[^/?#]*")
_TWO_YEARS = re.compile("(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}")
_DIGITS = re.compile("[0-9]+")


def email(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    """Read an e-mail address."""
    yield Fact(ValueKind.EMAIL, match[0].lower(), *match.span(), repeats=True)


def address(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    """Read a web address; a bracket belongs to it only if its partner does."""
    found = match[0].lstrip("-")
    start = match.end() - len(found)
    left_open = found.count("(") - found.count(")")
    end = len(found)
    while found[end - 1] in ".,;:!?'*_)]":
        if found[end - 1] == ")" and left_open >= 0:
            break
        left_open += found[end - 1] == ")"
        end -= 1
    host = _HOST.sub(lambda part: part[0].lower(), found[:end], count=1)
    yield Fact(ValueKind.ADDRESS, host.rstrip("/"), start, start + end, repeats=True)


def phone(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    """Read a phone number; only hyphens make one of any digits: 1.000.000 is a number, as 192.168.0.1 is."""
    rest, country = match["rest"], match["country"]
    digits = "".join(_DIGITS.findall(rest))
    plain = match["s"] in {" ", "."} and not re.match("0[0-9]", rest)
    if not country and (plain or len(digits) < 7 or _TWO_YEARS.fullmatch(rest)):
        return
    if country == "+82":
        # 1644-2243 and its like have no area code, so they lose no zero abroad.
        digits = digits if re.fullmatch("0.*|1[5-9][0-9]{6}", digits) else f"0{digits}"
    elif country:
        digits = country + digits
    yield Fact(ValueKind.PHONE, digits, *match.span(), repeats=True)
