"""How English and Korean write numbers, dates, periods and the numbers of provisions: what no library knows.

Patterns see a text that was made plain (see ``letters``), and all but those for dates see it in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.text.facts.letters import NO_DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CJK_SCALES = {
    "십": 10,
    "백": 100,
    "천": 10**3,
    "만": 10**4,
    "억": 10**8,
    "百": 100,
    "千": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "億": 10**8,
    "亿": 10**8,
    "조": 10**12,
    "兆": 10**12,
    "경": 10**16,
}
# What a quantity is of; a space may be before 만 of 30 만원, but 만 14세 is an age.
_MONEY = r"\s?여?\s?(?:원|달러|유로|엔|위안|파운드)"
_MUCH = rf"(?=(?![가-힣]|\s?[0-9]{{1,3}}\s?세)|[십백천만억조경여명개건인회]|{_MONEY})"
# 30조 is an article, 9시경 about nine: only what can be nothing else is 조 or 경 of money.
HUGE = rf"(?:{_MONEY}|\s?[0-9][0-9,.]{{0,20}}\s?[십백천만억])"
_AMOUNT = r"[0-9]{1,15}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,9})?"
_LARGE = rf"[만억万萬億亿兆]|\s[십백천만억]{_MUCH}|\s?[万萬億亿兆]|\s?[조경](?={HUGE})"
_SCALED = rf"(?:[십백천百千]|{_LARGE}|(?<![/:.-][0-9])(?<![/:.-][0-9]{{2}})경(?![가-힣]))"
CJK_NUMBER = (
    rf"(?<![0-9])(?<![0-9][.,]){_AMOUNT}{_SCALED}"
    rf"(?:{_LARGE}|\s?{_AMOUNT}{_SCALED})*(?:[0-9]+(?![0-9.,]))?"
)
MEASURES = {
    **{unit: unit for unit in ("kb", "mb", "gb", "tb", "km", "cm", "mm", "kg")},
    **dict.fromkeys(("kilobyte", "kilobytes", "킬로바이트"), "kb"),
    **dict.fromkeys(("megabyte", "megabytes", "메가바이트"), "mb"),
    **dict.fromkeys(("gigabyte", "gigabytes", "기가바이트"), "gb"),
    **dict.fromkeys(("terabyte", "terabytes", "테라바이트"), "tb"),
    **dict.fromkeys(("kilometer", "kilometers", "kilometre", "kilometres", "킬로미터"), "km"),
    **dict.fromkeys(("kilogram", "kilograms", "킬로그램"), "kg"),
}
YEAR = "(?:1[89]|2[01])[0-9]{2}"
DAY = "(?P<d>[0-9]{1,2})"


@dataclass(frozen=True)
class Own:
    """What no library knows of a language; patterns are as in ``Rules``.

    ``scaled`` is what may multiply a number, ``units`` has the words of each unit, ``fixed`` those of whole
    periods, ``numerals`` the number words and ``scales`` those that multiply.
    """

    provisions: str
    dates: tuple[str, ...]
    periods: tuple[str, ...]
    times: tuple[str, ...]
    fractions: str
    words: str
    scaled: str
    numerals: Mapping[str, int]
    scales: Mapping[str, int]
    units: Mapping[str, str]
    fixed: Mapping[str, tuple[int, str]]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of *words*, the longest that fits."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def _counted(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * place for place, word in enumerate(words.split())}


_ONES = _counted("one two three four five six seven eight nine", 1)
_TEENS = _counted(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10
)
_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_ORDINALS = _counted("first second third fourth fifth sixth seventh eighth ninth tenth", 1)
_REGULAR = (
    "hourly",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
    "annually",
    "every",
    "each",
    "per",
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SMALL = f"(?:(?:{any_of(_TENS)})(?:[- ](?:{any_of(_ONES)}))?|{any_of([*_TEENS, *_ONES])})"
_WORD = (
    rf"(?:(?:{_SMALL}\s)?hundred(?:\s(?:and\s)?{_SMALL})?|{_SMALL})"
    rf"(?:\s(?:{any_of(_SCALES)}))?"
)
_NUMBER = r"[0-9]+(?:,[0-9]{3}){0,6}(?:\.[0-9]+)?"
_EN_ITEM = r"\(?[0-9]+\)?(?:-[0-9]+)?(?:\s?\([0-9]{1,2}\)){0,3}"
_EN_DAY = rf"{DAY}(?:st|nd|rd|th)?"
_EN_MORE = "(?:[12][0-9]|3[01]|[1-9])(?:st|nd|rd|th)?"
_EN_TO = r"(?:\s(?:to|through|until|and|or)\s|\s?[-~]\s?)"
# The parts of a whole; of a quarter, and of one or a third, only a hyphen or "of" tells that it is one.
_PARTS = _counted("third fourth fifth sixth seventh eighth ninth tenth", 3)
_PARTS |= {f"{part}s": number for part, number in _PARTS.items()}
_ANY_PART = f"{any_of(_PARTS)}|quarters?|half|halves"
_HOUR = "[0-9]{1,2}(?::[0-5][0-9])?"
_EN_UNITS = {
    **dict.fromkeys(("year", "years", "yr", "yrs"), "year"),
    **dict.fromkeys(("month", "months", "mth", "mths"), "month"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "week"),
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("business day", "business days", "working day", "working days"), "business"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "hour"),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "minute"),
    **dict.fromkeys(("second", "seconds", "sec", "secs"), "second"),
}
_EN_UNIT = (
    rf"(?:(?:calendar|consecutive|full|whole|more)\s)?(?P<unit>{any_of(_EN_UNITS)})(?![^\W_])"
    r"(?P<age>[-\s](?:old|of\sage|(?:or|and)\s(?:older|over|above))\b)?"
)
_EN_RANGE = r"(?:\s?[-~]\s?|\s(?:to|or)\s)"
_AM_PM = (
    rf"(?<![\w:.,])(?:(?P<time>{_HOUR})(?:\s?[-~]\s?|\s(?:to|until|and|or)\s))?(?P<to_time>{_HOUR})"
    r"\s?(?:o'clock\s?)?(?P<to_part>[ap](?=\.?\s?m(?![a-z0-9]))|noon\b|midnight\b|at\snight\b"
    r"|in\sthe\s(?:morning|afternoon|evening)\b)(?:\.?\s?m\.?)?"
)

_KO_NATIVE = {
    **_counted("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두", 1),
    "첫": 1,
    "스무": 20,
    "서른": 30,
    **_counted("석 넉", 3),
}
_KO_UNITS = {
    **dict.fromkeys(("년", "개년", "해"), "year"),
    **dict.fromkeys(("개월", "달"), "month"),
    **dict.fromkeys(("주", "주일", "주간"), "week"),
    **dict.fromkeys(("영업일", "근무일"), "business"),
    "일": "day",
    "시간": "hour",
    "분": "minute",
    "초": "second",
}
# Syllables with which many words begin are units only before nothing, or before what follows a period.
_KO_END = (
    "(?![가-힣])|(?=간|이내|이상|이하|미만|동안|전|후|까지|부터|마다|의|을|를|은|는|이|가|에|안)"
)
_KO_PARTICLE = "(?=(?![가-힣])|[제의에와과및를을은는이로]|부터|까지|내지|또는)"
_KO_SINO = _counted("일 이 삼 사 오 육 칠 팔 구 십", 1)
_KO_TO = r"\s?(?:부터|에서|및|과|와|또는|~|-|,|·)\s?"
_KO_DAY = r"(?:[12][0-9]|3[01]|[1-9])\s?일"
# "27일부터 30일" may be thirty days, unless it is 까지.
_KO_DAYS = (
    rf"(?P<more>(?:\s?(?:부터|에서)\s?{_KO_DAY}(?=\s?까지)|\s?(?:및|과|와|또는|~|-|,|·)\s?{_KO_DAY}"
    r"(?!\s?(?:간|이내|이상|이하|미만|동안|안|내|전|후)|[^\W의에과와은는을까부이및])){0,10})"
)
_KO_TIME = (
    r"(?:(?P<TOpart>오전|오후|아침|낮|저녁|밤|새벽)\s?)?(?<![0-9:.,])(?P<TOtime>[0-9]{1,2})"
    r"(?:\s?시(?!간)(?:\s?(?P<TOminute>[0-9]{1,2})\s?분|\s?(?P<TOhalf>반)(?![가-힣]))?"
    r"(?=(?![가-힣])|[에의와과은는이를을로반전후경쯤]|부터|까지|정각|마다|이후|이전)|:(?P<TOcolon>[0-5][0-9])(?![0-9:])|(?=\s?[~-]\s?[0-9]{1,2}\s?시(?!간)))"
)
_KO_COUNTED = rf"(?P<count>{_NUMBER})(?![0-9])"
_KO_UNIT = (
    r"(?P<unit>\s?(?:영업일|근무일|개월|개년|년|주일|주간|시간)|달(?!러)|주(?![체소요식])|일(?!반)"
    rf"|분(?![기야류석]|의\s?[0-9])|초(?![과기안])|\s(?:달|주|일|분|초)(?:{_KO_END}))"
)

# "Art. 6 and 30 days" is not Article 30.
_EN_SPAN = "(?:business |working |calendar )?(?:hour|day|week|month|year)"

# 14시 30분 is a time of day, and "a second party" is not a period, nor are 두 달러 and 3분의 1.
OWN = {
    "en": Own(
        provisions=(
            r"(?<![\w-])(?:(?P<art>articles?|arts?\.|§§?)|(?P<para>paragraphs?|paras?\.))\s?(?P<items>"
            rf"(?:(?<=s\s)|(?<=[.§]\s)){_EN_ITEM}(?:,\s?{_EN_ITEM}){{0,20}}(?:\s?~\s?{_EN_ITEM}|,?\s(?:and|or|to|through|&)\s{_EN_ITEM}(?![0-9]|[\s-]{_EN_SPAN}))?"
            rf"|{_EN_ITEM}(?:(?:\s?,\s?|,?\s(?:and|or|to|through|&)\s|\s?[-~]\s?)\([0-9]{{1,2}}\)){{0,20}}){NO_DIGIT}"
        ),
        dates=(
            rf"(?P<more>(?:{_EN_MORE},\s){{0,9}}{_EN_MORE},?{_EN_TO}){_EN_DAY}\s(?:of\s)?NAMES(?:,?\s(?P<y>{YEAR}))?(?![0-9])",
            rf"NAMES\s{_EN_DAY}(?P<more>(?:,\s{_EN_MORE}){{0,9}},?{_EN_TO}{_EN_MORE}),?\s(?P<y>{YEAR})(?![0-9])",
            rf"NAMES\s{_EN_DAY}(?P<more>[-~]{_EN_MORE})(?![0-9A-Za-z])",
            rf"SINCE{_EN_TO}NAMES,?\s(?:of\s)?(?P<y>{YEAR})(?![0-9])",
            rf"{_EN_DAY}\s(?:day\s)?(?:of\s)?NAMES(?:,?\s(?P<y>{YEAR}))?(?![0-9])",
            rf"NAMES\s(?:the\s)?{_EN_DAY}(?![0-9A-Za-z])(?:,?\s(?P<y>{YEAR})(?![0-9]))?",
            rf"NAMES,?\s(?:of\s)?(?P<y>{YEAR})(?![0-9])",
        ),
        periods=(
            r"(?<![\w.,])(?P<fixed>half[-\s](?:an?\s)?(?:year|hour))\b(?P<unit>)",
            r"(?<![0-9a-z])(?=[0-9aefhnost])(?<![0-9][.,])"
            rf"(?:(?P<first>[0-9]{{1,3}}(?=\s?[-~]|\s[to])|{_WORD}(?=\s[to])){_EN_RANGE})?(?:(?P<count>{_NUMBER})(?:\s?\({_WORD}\))?"
            rf"|{_WORD}\s?\((?P<paren>[0-9]+)\)|(?P<word>{_WORD}|an?(?!\ssecond\b)))"
            rf"[-\s]{{0,2}}{_EN_UNIT}",
        ),
        times=(
            _AM_PM,
            rf"(?<![\w:.,])(?P<time>{_HOUR})\s?o'clock",
            r"\b(?P<moment>noon|midnight)\b",
        ),
        fractions=(
            rf"(?<![\w-])(?P<over>an?|{any_of(_ONES)})(?:-(?P<joined>{_ANY_PART})"
            rf"|\s(?P<several>{any_of(part for part in _PARTS if part.endswith('s'))})"
            rf"|\s(?P<whole>{_ANY_PART})(?=\sof\b))(?![\w-])"
        ),
        words=rf"\b(?:(?P<word>{_WORD}|twice)|{any_of([*_SCALES, *_ORDINALS, 'once', *_REGULAR[:7]])}"
        rf"|(?:{any_of(_REGULAR[7:])})\s(?:hour|day|week|month|quarter|year))\b",
        scaled=rf"\s(?P<scale>hundred|{any_of(_SCALES)})\b",
        numerals={
            **_ONES,
            **_TEENS,
            **_TENS,
            **_ORDINALS,
            **_PARTS,
            **dict.fromkeys((*_REGULAR, "once", "a", "an"), 1),
            **dict.fromkeys(("twice", "half", "halves"), 2),
            **dict.fromkeys(("quarter", "quarters"), 4),
        },
        scales={"hundred": 100, **_SCALES},
        units=_EN_UNITS,
        fixed={"half year": (6, "month"), "half hour": (30, "minute")},
    ),
    "ko": Own(
        provisions=(
            r"(?:제\s?(?P<items>[0-9]+(?:\s?[·,~-]\s?(?:제\s?)?[0-9]+){0,20})\s?|(?<![0-9.,])(?P<bare>[0-9]{1,4})"
            rf"(?=조(?!{HUGE})(?:의[0-9]|{_KO_PARTICLE})|항{_KO_PARTICLE}))"
            r"(?:(?P<art>조)(?![직치건])|(?P<para>항)(?![목공]))(?:의(?P<branch>[0-9]+))?"
        ),
        dates=(
            rf"(?P<y>{YEAR})\s?년\s?(?P<since>[0-9]{{1,2}})\s?월{_KO_TO}(?P<m>[0-9]{{1,2}})\s?월(?!\s?[0-9])",
            rf"(?:(?P<y>{YEAR})\s?년\s?)?(?P<m>[0-9]{{1,2}})\s?월\s?(?P<more>(?:(?:[12][0-9]|3[01]|[1-9])\s?[~·,-]\s?){{1,10}}){DAY}\s?일",
            rf"(?P<y>{YEAR})\s?년\s?(?P<m>[0-9]{{1,2}})\s?월(?:\s?{DAY}\s?일{_KO_DAYS})?",
            rf"(?P<m>[0-9]{{1,2}})\s?월\s?{DAY}\s?일{_KO_DAYS}",
        ),
        periods=(
            rf"(?P<unit>영업일|근무일)\s?(?:기준\s?)?(?:으로\s?)?(?P<count>{_NUMBER})\s?일",
            rf"(?<![0-9])(?P<count>{_NUMBER})\s?일\s?\((?P<unit>영업일|근무일)",
            rf"(?:(?<![0-9.,])(?P<first>[0-9]{{1,3}})\s?(?:~|-|내지|또는)\s?)?(?<![0-9])(?<![0-9][.,])(?<![0-9]시)(?<![0-9]시\s){_KO_COUNTED}{_KO_UNIT}",
            rf"(?<![가-힣])(?P<word>{any_of(_KO_NATIVE)})\s?(?P<unit>개월|시간|주일|주간|달(?!러)|(?:주|해)(?:{_KO_END}))",
            r"(?<![가-힣])(?P<fixed>일주일|하루|이틀|사흘|나흘|닷새|열흘|보름|반년)(?P<unit>)",
        ),
        times=(
            rf"{_KO_TIME.replace('TO', '')}(?:\s?(?:부터|에서|~|-)\s?{_KO_TIME.replace('TO', 'to_')})?",
            _AM_PM,
            "(?<![가-힣])(?P<moment>정오|자정)",
        ),
        fractions=(
            r"(?<![가-힣])(?P<joined>[이삼사오육칠팔구십])분의\s?(?P<over>[일이삼사오육칠팔구])"
        ),
        words=(
            rf"(?<![가-힣])(?:(?P<word>{any_of(_KO_NATIVE)})\s?(?:가지|명|번|차례|곳|개|회|달(?!러)|주"
            r"|해|시간|시(?![가-힣])|단계|종류|사람)|(?P<ordinal>첫|둘|셋|넷)째)"
        ),
        scaled="",
        numerals={**_KO_NATIVE, **_KO_SINO, "둘": 2, "셋": 3, "넷": 4},
        scales={},
        units=_KO_UNITS,
        fixed={
            "하루": (1, "day"),
            "이틀": (2, "day"),
            "사흘": (3, "day"),
            "나흘": (4, "day"),
            "닷새": (5, "day"),
            "열흘": (10, "day"),
            "보름": (15, "day"),
            "일주일": (7, "day"),
            "반년": (6, "month"),
        },
    ),
}
