"""E-mail addresses, web addresses and phone numbers, which every language writes alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.text.facts.fact import Fact, ValueKind
from policysite.text.facts.letters import JOINING, NO_DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.text.facts.fact_patterns import Rules

# A letter of any script belongs to an address; of those that join words, a whole label does.
_LETTER = rf"[^\W_{JOINING}]"
_LATIN = rf"(?:{_LETTER}(?:{_LETTER}|-)*+(?<!-)\.)"
_JOINED = rf"(?:[{JOINING}][{JOINING}0-9-]*+(?<!-)\.)"
_LABEL = f"(?:{_LATIN}|{_JOINED})"
_LOCAL_TOP = (
    "(?:한국|닷컴|닷넷|삼성)(?=(?![가-힣])|[은는이가을를의에와과로]|으로|및)"
    "|中国|中國|公司|网络|網絡|香港|台湾|台灣|澳門|新加坡|网址|商城|网站|在线|みんな|コム"
)
_TOP = rf"(?:{_LOCAL_TOP}|[^\W\d_{JOINING}]{{2,}}+)"
# What a host ends with even where "합니다.and" and "Corp.The" are sentences.
_KNOWN = "(?i:com|net|org|info|biz|kr|io)"
_OTHER = "рф|рус|бел|укр|срб|мкд|бг|онлайн|сайт|ελ|ευ|հայ|გე|भारत"
_REST = rf"(?:[!#-;=?-\[\]_a-z~]|[^\W\x00-\x7f{JOINING}])"
_END = rf"(?!(?![{JOINING}])[^\W_]|[@-])(?::[0-9]+)?(?:[/?#]{_REST}*)?"
# Two that take long to compile, and are needed where a text has "@" or "a.b" only.
EMAIL = rf"(?<![^\W{JOINING}])(?<![.%+-])(?:[^\W{JOINING}]|[.%+-])++@{_LABEL}+{_TOP}"
# After a word that may join, a long chain of labels would be read again from each of them.
# "e.g.the" is not an address, nor is what ends like a sentence: "Corp.The".
ADDRESS = (
    rf"(?<!{_LETTER})(?<![@-])(?<!\w\.)(?P<after>(?<=[{JOINING}])-*+)?+-*+(?:(?:[Hh][Tt][Tt][Pp][Ss]?://|[Ww]{{3}}\.)(?:{_LABEL}+{_TOP}{_REST}*|{_REST}+)"
    rf"|(?!(?:[A-Za-z]\.){{2}})(?(after){_LATIN}+(?:{_JOINED}{_LABEL}{{0,9}})?|{_LATIN}{_LABEL}*)(?:[a-z][^\W\dA-Z_{JOINING}]+|[A-Z]{{3,}}|{_KNOWN}|{_OTHER}|{_LOCAL_TOP}){_END}"
    rf"|(?(after)(?!)|(?<![^\W_])){_JOINED}{_LABEL}*(?:{_KNOWN}|{_OTHER}|{_LOCAL_TOP}){_END})"
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
