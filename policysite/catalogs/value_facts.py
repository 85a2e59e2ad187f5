"""Reading facts from a sentence: numbers of provisions, dates, periods, addresses and all other numbers."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from policysite.catalogs.value_rules import rules, tidy, times
from policysite.catalogs.value_words import CJK_SCALES, any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policysite.catalogs.value_rules import Rules


class Kind(StrEnum):
    """The kinds of fact."""

    PROVISION = "provision"
    NUMBER = "number"
    DATE = "date"
    PERIOD = "period"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


class Fact(NamedTuple):
    """A value, its place in the text, and the number in it.

    ``spelled``: written without a digit. ``loose``: may be a fact of another kind with the same number.
    ``repeats``: how often it is stated does not matter.
    """

    kind: Kind
    value: str
    start: int
    end: int
    number: str = ""
    optional: bool = False
    spelled: bool = False
    loose: bool = False
    repeats: bool = False


class _Reader(NamedTuple):
    """A pattern, and what reads the facts from its matches, in texts that have what it needs at all."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Rules], Iterator[Fact]]
    needs: re.Pattern[str] | None = None
    lowered: bool = False


# Digits, spaces and dashes as English writes them. All are single characters, so that places stay the same.
_PLAIN = (
    {0xFF01 + n: chr(0x21 + n) for n in range(94)}
    | {ord(zero) + n: str(n) for zero in "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០" for n in range(10)}
    | dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2212"), "-")
    | dict.fromkeys(map(ord, "–—―〜∼～"), "~")
    | {ord("’"): "'"}
)
_DIGIT, _DIGITS, _AT, _DOT = map(re.compile, ("[0-9]", "[0-9]+", "@", "[.:][A-Za-z0-9/]"))
_JOINED = re.compile(r"[0-9][-. )]|\+[0-9]")
_SCALE = re.compile(f"[{''.join(CJK_SCALES)}]")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
# "e.g.the" is no address, nor is what ends like a sentence: "Corp.The".
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9@._-])(?:(?:[Hh][Tt][Tt][Pp][Ss]?://|[Ww]{3}\.)[!#-;=?-\[\]_a-z~]+"
    r"|(?!(?:[A-Za-z]\.){2})(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[a-z]{2,}(?![A-Za-z0-9@-])"
    r"(?::[0-9]+)?(?:[/?#][!#-;=?-\[\]_a-z~]*)?)"
)
_HOST = re.compile("(?:[A-Za-z]+://)?[^/?#]*")
_CIRCLED = re.compile("[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]")
_ITEM = re.compile(r"(\(?)([0-9]+)(?:-([0-9]+))?")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z+-])(?<![0-9][.,])(?:(?P<country>\+82|\+[0-9]{1,3})(?:[-. ]|(?=\())?(?:\(0\)[-. ]?)?)?"
    r"(?P<rest>\(?0[0-9]{1,3}\)[-. ]?[0-9]{3,4}[-. ]?[0-9]{4}|\([0-9]{2,4}\)[-. ]?[0-9]{3,4}[-. ][0-9]{4}"
    r"|(?(country)[0-9]{7,12}|(?!))|[0-9]{1,4}(?P<s>[-. ])[0-9]{2,6}(?:(?P=s)[0-9]{2,5}){0,3})(?![-.]?[0-9])"
)
_A_YEAR = re.compile("[12][0-9]{3}")
_TWO_YEARS = re.compile("(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|세(?!기)")
_THIRD = re.compile("[자국]")
_CJK_NUMBER = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])[0-9]{{1,15}}(?:,[0-9]{{3}}){{0,5}}(?:\.[0-9]{{1,9}})?[{''.join(CJK_SCALES)}](?:[만억万萬億亿]"
    rf"|\s?[0-9]{{1,15}}(?:,[0-9]{{3}}){{0,5}}(?:\.[0-9]{{1,9}})?[{''.join(CJK_SCALES)}])*(?:[0-9]+(?![0-9.,]))?"
)


def facts_of(text: str, language: str) -> list[Fact]:
    """Return the facts of *text* in its order; what one reader finds, no later one sees."""
    rest = (text if text.isascii() else text.translate(_PLAIN)).replace("\n", " ")
    found: list[Fact] = []
    own = rules(language)
    for reader in _readers(language):
        if reader.needs is None or reader.needs.search(rest):
            seen = _lower(rest) if reader.lowered else rest
            facts = [f for match in reader.pattern.finditer(seen) for f in reader.read(match, own)]
            if facts:
                rest = _without(rest, facts)
                found += facts
    return sorted(found, key=lambda fact: fact.start)


@cache
def _readers(language: str) -> tuple[_Reader, ...]:
    own = rules(language)
    return (
        _Reader(_EMAIL, _email, needs=_AT),
        _Reader(_ADDRESS, _address, needs=_DOT),
        *([_Reader(own.provisions, _provisions, lowered=True)] if own.provisions else ()),
        _Reader(_CIRCLED, _circled, needs=_CIRCLED),
        *(_Reader(pattern, _date, needs=_DIGIT) for pattern in own.dates),
        *(
            _Reader(pattern, _periods, None if own.own else _DIGIT, lowered=True)
            for pattern in own.periods
        ),
        _Reader(_PHONE, _phone, needs=_JOINED),
        _Reader(_CJK_NUMBER, _cjk_number, needs=_SCALE),
        _Reader(own.numbers, _number, needs=_DIGIT, lowered=True),
        *([_Reader(own.words, _word, lowered=True)] if own.words else ()),
        *([_Reader(own.month_names, _month)] if own.month_names else ()),
    )


def _lower(text: str) -> str:
    """Return *text* in lower case, every letter at its place: a few would become two."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _without(text: str, facts: list[Fact]) -> str:
    """Return *text* with a character that means nothing in the place of *facts*."""
    parts: list[str] = []
    end = 0
    for fact in facts:
        if fact.start >= end:
            parts += (text[end : fact.start], "\0" * (fact.end - fact.start))
            end = fact.end
    return "".join((*parts, text[end:]))


def _email(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    yield Fact(Kind.EMAIL, match[0].lower(), *match.span(), repeats=True)


def _address(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    """A bracket belongs to an address only if its partner does."""
    found = match[0]
    left_open = found.count("(") - found.count(")")
    end = len(found)
    while found[end - 1] in ".,;:!?'*_)]":
        if found[end - 1] == ")" and left_open >= 0:
            break
        left_open += found[end - 1] == ")"
        end -= 1
    host = _HOST.sub(lambda part: part[0].lower(), found[:end], count=1)
    yield Fact(Kind.ADDRESS, host.rstrip("/"), match.start(), match.start() + end, repeats=True)


def _provisions(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    groups = match.groupdict()
    word = groups["art"] or groups["para"]
    items = _ITEM.findall(groups["items"])
    # "Article 9-2" is one that was inserted after Article 9, "Articles 9-12" are several.
    if (
        len(items) == 1
        and items[0][2]
        and not re.fullmatch("article|paragraph|arts?.|paras?.", word)
    ):
        items = [("", items[0][1], ""), ("", items[0][2], "")]
    for place, (bracket, number, second) in enumerate(items, start=1):
        branch = second or (groups.get("branch") if place == len(items) else "")
        level = "para" if groups["para"] or bracket else "art"
        yield _provision(match, level, number, branch or "")


def _provision(match: re.Match[str], level: str, number: str, branch: str = "") -> Fact:
    bare = number.lstrip("0") or "0"
    value = f"{level}-{bare}-{branch}" if branch else f"{level}-{bare}"
    return Fact(Kind.PROVISION, value, *match.span(), number="" if branch else bare)


def _circled(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    yield _provision(match, "para", str(int(unicodedata.numeric(match[0]))))


def _date(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    groups = match.groupdict()
    year, day = groups.get("y") or "", int(groups.get("d") or 0)
    month = own.months.get(groups["m"]) or int(groups["m"])
    if groups.get("d") and month > 12 >= day:
        month, day = day, month  # 27/12/2024 where 12/27/2024 is usual
    if not 1 <= month <= 12 or (groups.get("d") and not 1 <= day <= 31):
        return
    parts = [f"20{year}" if len(year) == 2 else year, f"{month:02}", f"{day:02}" if day else ""]
    yield Fact(Kind.DATE, "-".join(filter(None, parts)), *match.span())


def _periods(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    groups = match.groupdict()
    if fixed := groups.get("fixed"):
        length, unit = own.fixed[re.sub(r"[-\s](?:an?\s)?", " ", fixed)]
        yield _period(match, f"{length}", unit, spelled=True, optional=fixed in {"하루", "일주일"})
        return
    counts = [groups.get("word") or groups.get("paren") or groups["count"]]
    if groups.get("first"):
        counts.insert(0, groups["first"])
    unit, factor = own.units[(groups["unit"] or groups["stem"]).strip()]
    for written in counts:
        spelled = not written[0].isdigit()
        count = own.spelled(written) if spelled else own.canonical(written)
        optional = spelled and count == "1"
        if groups.get("age") or (factor == 12 and _A_YEAR.fullmatch(written)):
            yield Fact(Kind.NUMBER, count, *match.span(), count, spelled, spelled, loose=True)
        else:
            total = times(count, factor)
            yield _period(match, total, unit, count, spelled=spelled, optional=optional)


def _period(
    match: re.Match[str], count: str, unit: str, number: str = "", *, spelled: bool, optional: bool
) -> Fact:
    value = f"{count} {unit}" if count == "1" else f"{count} {unit}s"
    return Fact(Kind.PERIOD, value, *match.span(), number or count, optional, spelled)


def _phone(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    """Only hyphens make a phone number of any digits: 1.000.000 is a number, and so is 192.168.0.1."""
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
    yield Fact(Kind.PHONE, digits, *match.span(), repeats=True)


def _cjk_number(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    """Read 1억 5천만: what stands before 만 or 억 is counted with it as a whole."""
    total = section = Decimal(0)
    for digits, scale in re.findall(rf"([0-9.,]*)({any_of(CJK_SCALES)})?", match[0]):
        number = Decimal(digits.replace(",", "")) if digits else Decimal(0)
        factor = CJK_SCALES.get(scale, 1)
        if factor < 10**4:
            section += number * factor
        else:
            total += (section + number) * factor
            section = Decimal(0)
    value = tidy(total + section)
    yield Fact(Kind.NUMBER, value, *match.span(), value)


def _number(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    value, start, end = own.canonical(match[0]), *match.span()
    scale = match.groupdict().get("scale")
    if scale:
        value = times(own.canonical(match[0].removesuffix(scale).rstrip()), own.scales[scale])
    ordinal = _ORDINAL.match(match.string, end)
    third = match.string[start - 1 : start] == "제" and _THIRD.match(match.string, end)
    yield Fact(
        Kind.NUMBER,
        value,
        start,
        ordinal.end() if ordinal else end,
        value,
        loose=bool(ordinal),
        repeats=bool(third),
    )


def _word(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    groups = match.groupdict()
    number = own.spelled(groups.get("word") or groups.get("ordinal") or match[0])
    yield Fact(Kind.NUMBER, number, *match.span(), number, optional=True, spelled=True)


def _month(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    number = str(own.months[match[0]])
    yield Fact(Kind.NUMBER, number, *match.span(), number, optional=True, spelled=True)
