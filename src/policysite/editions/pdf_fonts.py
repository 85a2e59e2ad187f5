"""The typefaces that a PDF file embeds: which its text needs, and where their files are. A character that none of them has is refused.

What the system would take in their place is never used: it differs from one machine to another.
"""

from __future__ import annotations

import os
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fontTools.ttLib import TTFont
from fontTools.unicodedata import script as script_of_character

from policysite.base import digests
from policysite.base.package import PACKAGE
from policysite.base.problems import Code, refusal
from policysite.languages.language_files import script

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LATIN, COMMON = "Latn", "Zyyy"
FOLDERS = "POLICYSITE_FONTS"
"""The variable of the environment that names folders to look for typefaces in, before those of the system."""
_SYSTEM = (
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/Library/Fonts",
)
# How Unicode calls the scripts of characters of which a language uses several.
_WRITTEN_IN = {
    "Hang": "Kore",
    "Hira": "Jpan",
    "Kana": "Jpan",
    "Hani": "Hans",
    "Cyrl": LATIN,
    "Grek": LATIN,
}
_SHOWN = 12
"""How many of the characters that are missing a message shows."""


class Typeface(NamedTuple):
    """A typeface; ``name`` is the script that it is for, ``regular`` and ``bold`` are names of files, which ``package`` brings; without a bold one the plain one is."""

    name: str
    package: str
    regular: str
    bold: str = ""

    @property
    def family(self) -> str:
        """What style sheets call it: nothing that the system knows."""
        return f"policysite-{self.name}"


class UnlistedFontError(RuntimeError):
    """A file would have typefaces that were not chosen: a fault of this program."""


@cache
def typefaces() -> Mapping[str, Typeface]:
    """Return the typefaces by the script that they are for."""
    text = (PACKAGE / "editions" / "typefaces.toml").read_text(encoding="utf-8")
    return {name: Typeface(name, **values) for name, values in tomllib.loads(text).items()}


def chosen(characters: Iterable[str], language: str, place: str) -> tuple[Typeface, ...]:
    """Return the typefaces that a text with these *characters* in *language* needs, the one of the language first.

    :raises PolicysiteError: if one of them is not installed, or a character is in none; *place* is that of the problem.
    """
    own = typefaces().get(script(language), typefaces()[LATIN])
    needed = [own]
    left = {one for one in characters if _is_printed(one)} - _letters(
        _installed(own, language, place)
    )
    for face in (typefaces()[LATIN], *_of_scripts(left, own.name), typefaces()[COMMON]):
        if not left:
            break
        if face not in needed:
            found = left & _letters(_installed(face, language, place))
            needed += [face] if found else []
            left -= found
    if left:
        shown = ", ".join(f"{one} (U+{ord(one):04X})" for one in sorted(left)[:_SHOWN])
        raise refusal(
            place,
            Code.EDITION,
            f"The typefaces for {language!r} do not have {len(left)} of its characters: {shown}.",
            "The guide lists the typefaces of PDF files and the scripts that they are for; export another format.",
        )
    return tuple(needed)


def _of_scripts(characters: Iterable[str], own: str) -> list[Typeface]:
    names = {_WRITTEN_IN.get(code, code) for code in map(script_of_character, characters)}
    return [face for name, face in typefaces().items() if name in names and name != own]


def _is_printed(character: str) -> bool:
    """Whether *character* needs a shape of its own: signs that only say how others stand have none."""
    return unicodedata.category(character) not in {"Cf", "Cc", "Zl"}


@cache
def typefaces_digest() -> str:
    """Return a digest of the typefaces that are installed: another edition of one makes other files."""
    return digests.of_facts(
        [digests.of_file(path) for face in typefaces().values() for path in files_of(face).values()]
    )


def files_of(face: Typeface) -> dict[str, Path]:
    """Return the files of *face* that are installed, by their weight in CSS."""
    found = {"400": _found(face.regular), "700": _found(face.bold or face.regular)}
    return {weight: path for weight, path in found.items() if path is not None}


def _installed(face: Typeface, language: str, place: str) -> Path:
    files = files_of(face)
    if len(files) == 2:
        return files["400"]
    names = " with ".join(filter(None, (face.regular, face.bold)))
    raise refusal(
        place,
        Code.EDITION,
        f"A PDF file in {language!r} needs the typeface {names}, which is not installed.",
        f"Install it (on Debian: apt-get install {face.package}), or name the folder that has it in {FOLDERS}.",
    )


def _found(name: str) -> Path | None:
    folders = [*filter(None, os.environ.get(FOLDERS, "").split(os.pathsep)), *_SYSTEM]
    return next(filter(None, (_in_folder(folder).get(name) for folder in folders)), None)


@cache
def _in_folder(folder: str) -> Mapping[str, Path]:
    """Return the files of typefaces in *folder* and below by name, of two with one name the first."""
    found: dict[str, Path] = {}
    for path in sorted(Path(folder).expanduser().rglob("*.ttf")):
        found.setdefault(path.name, path)
    return found


@cache
def _letters(path: Path) -> frozenset[str]:
    """Return the characters that a typeface has."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
