"""What a site may bring beside its texts: style sheets, pictures and fonts, each of a kind and by a name that can do no harm.

Sphinx copies whatever stands in ``_static``, follows links there, and runs templates. So what stands there is listed by kind,
and refused by path before Sphinx sees it.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from policysite.base.package import PACKAGE
from policysite.base.problems import Code, PolicysiteError, Problem, quoted
from policysite.checks import style_sheet, svg
from policysite.files.folders import names_below
from policysite.files.project_file import is_there, list_files, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from policysite.project.conf_files import BroughtFiles

MOST_FILES = 500
LARGEST_TOGETHER = 64_000_000
"""Bytes of all files together."""

_TEXT, _PICTURE, _FONT = 64_000, 4_000_000, 8_000_000


@dataclass(frozen=True)
class _Kind:
    """A kind of file: how many bytes it may have, and how it begins."""

    largest: int
    begins: bytes = b""
    is_picture: bool = False

    def is_one(self, content: bytes) -> bool:
        """Whether *content* begins as files of this kind do."""
        return re.match(self.begins, content, re.DOTALL) is not None


_JPEG = _Kind(_PICTURE, rb"\xff\xd8\xff", is_picture=True)
KINDS = {
    ".css": _Kind(style_sheet.LARGEST),
    ".svg": _Kind(svg.LARGEST, is_picture=True),
    ".png": _Kind(_PICTURE, rb"\x89PNG\r\n\x1a\n", is_picture=True),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".gif": _Kind(_PICTURE, rb"GIF8[79]a", is_picture=True),
    ".webp": _Kind(_PICTURE, rb"RIFF....WEBP", is_picture=True),
    ".avif": _Kind(_PICTURE, rb"....ftyp(?:avif|avis|mif1)", is_picture=True),
    ".ico": _Kind(_PICTURE, rb"\x00\x00\x01\x00", is_picture=True),
    ".woff2": _Kind(_FONT, rb"wOF2"),
    ".woff": _Kind(_FONT, rb"wOFF"),
    ".txt": _Kind(_TEXT),
}
"""What a site may bring, by the ending of its name. The text is for the licence of a font."""

PICTURES = tuple(ending for ending, kind in KINDS.items() if kind.is_picture)
_SCRIPT = ".js"
_SCRIPT_KIND = _Kind(style_sheet.LARGEST)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DIGEST = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+")
# What Sphinx and the engine write there, beside what they bring as files.
_WRITTEN = {"documentation_options.js", "language_data.js", "pygments.css", "pygments_dark.css", "translations.js",
            "_stemmer.js", "policysite.css", "policysite.js", "compare.css", "compare.js", "search.js", "history.js"}  # fmt: skip
_KINDS_REMEDY = "Remove it, or bring it as one of these; what runs code is a template or an extension that conf.py names."


def check_brought_files(root: Path, docs: Path, brought: BroughtFiles) -> Iterator[Problem]:
    """Yield what is wrong with the files that the project in *root* brings: those that *brought* names, and pictures in *docs*."""
    if brought.extra:
        found = f"Found html_extra_path: {quoted(brought.extra)}, whose files could stand in the place of pages."
        remedy = "Remove it; put what pages load into _static, and what a host needs beside the published site."
        yield Problem("conf.py", 0, Code.SETTINGS, found, remedy)
    files = _Files(root, brought)
    yield from files.problems()
    for file in list_files(root, docs).files:
        if file.suffix.lower() in PICTURES:
            yield from _check_file(root, file, _shown(root, file), KINDS[file.suffix.lower()])


class _Files:
    """The files that a site brings, by the names that they get in ``_static``."""

    def __init__(self, root: Path, brought: BroughtFiles) -> None:
        self._root = root
        self._brought = brought
        self._files: dict[str, Path] = {}
        self._size = 0

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with them."""
        for folder in self._brought.folders:
            yield from self._add(folder)
        for picture in self._brought.pictures:
            yield from self._add_picture(picture)
        if len(self._files) > MOST_FILES:
            found = f"The site brings {len(self._files)} files; expected at most {MOST_FILES}."
            yield Problem("conf.py", 0, Code.STATIC_FILE, found, "Take out what pages do not load.")
            return
        wrong = [
            problem for name, file in self._files.items() for problem in self._check(name, file)
        ]
        yield from wrong
        if self._size > LARGEST_TOGETHER and not wrong:
            found = f"The site brings {self._size:,} bytes; expected at most {LARGEST_TOGETHER:,}."
            yield Problem("conf.py", 0, Code.STATIC_FILE, found, "Make pictures and fonts smaller.")
        for name in (*self._brought.styles, *self._brought.scripts):
            if name not in self._files:
                found = (
                    f"conf.py names the file {name!r}, which is in no folder of html_static_path."
                )
                remedy = "Correct html_css_files or html_js_files, or put the file into _static."
                yield Problem("conf.py", 0, Code.SETTINGS, found, remedy)

    def _add(self, folder: Path) -> Iterator[Problem]:
        if folder.is_file() and not folder.is_symlink():
            self._files[folder.name] = folder
            return
        if not is_there(folder):
            found = f"html_static_path names {_shown(self._root, folder)!r}, which is not there."
            yield Problem(
                "conf.py", 0, Code.SETTINGS, found, "Make the folder, or remove its name."
            )
        base = self._root if folder.is_relative_to(self._root) else folder
        listing = list_files(base, folder, code=Code.STATIC_FILE)
        yield from listing.problems
        for file in listing.files:
            # Sphinx passes over what begins with a dot.
            if not file.name.startswith("."):
                self._files[file.relative_to(folder).as_posix()] = file

    def _add_picture(self, picture: Path) -> Iterator[Problem]:
        shown = _shown(self._root, picture)
        if picture.suffix.lower() not in PICTURES:
            found = f"html_logo or html_favicon names {shown!r}; expected a picture: {quoted(PICTURES)}."
            yield Problem("conf.py", 0, Code.SETTINGS, found, "Name a file of one of these kinds.")
        elif not is_there(picture):
            found = f"html_logo or html_favicon names {shown!r}, which is not there."
            yield Problem(
                "conf.py", 0, Code.SETTINGS, found, "Put the picture there, or correct its name."
            )
        else:
            self._files[picture.name] = picture

    def _check(self, name: str, file: Path) -> Iterator[Problem]:
        path, ending = _shown(self._root, file), PurePosixPath(name).suffix.lower()
        is_named = ending == _SCRIPT and name in self._brought.scripts
        kind = _SCRIPT_KIND if is_named else KINDS.get(ending)
        if kind is None:
            found = (
                f"Found a file of the kind {ending or '(none)'!r}; a site may bring {quoted(KINDS)}"
            )
            found += ", and scripts that html_js_files names." if ending == _SCRIPT else "."
            yield Problem(path, 0, Code.STATIC_FILE, found, _KINDS_REMEDY)
        elif not all(_NAME.fullmatch(part) for part in name.split("/")):
            found = (
                f"Found the name {name!r}; expected letters of English, digits, dots and dashes."
            )
            yield Problem(path, 0, Code.STATIC_FILE, found, "Rename the file.")
        elif _is_taken(name):
            found = f"Found the name {name!r}, which a file of the engine or of the theme has."
            yield Problem(path, 0, Code.STATIC_FILE, found, "Rename the file, and what names it.")
        else:
            self._size += file.lstat().st_size
            yield from _check_file(self._root, file, path, kind, self._files)


def _check_file(
    root: Path, file: Path, path: str, kind: _Kind, names: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield what is wrong with the content of *file*; *names* are those of the files that a style sheet may load."""
    base = root if file.is_relative_to(root) else file.parent
    try:
        content = read(base, file, kind.largest, code=Code.STATIC_FILE)
    except PolicysiteError as error:
        yield from error.problems
        return
    ending = file.suffix.lower()
    if ending == ".svg":
        yield from svg.check_svg(content, path)
    elif ending in {".css", ".txt"}:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            found = f"Found the byte {content[error.start]:#04x}, which is not UTF-8."
            yield Problem(path, 0, Code.STATIC_FILE, found, "Save the file as UTF-8.")
            return
        if ending == ".css":
            yield from style_sheet.check_style_sheet(text, path, names)
    elif not kind.is_one(content):
        found = f"The content is not that of a file of the kind {ending!r}."
        yield Problem(path, 0, Code.STATIC_FILE, found, "Save it anew, or correct its name.")


def _shown(root: Path, file: Path) -> str:
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def _is_taken(name: str) -> bool:
    """Whether a file of that *name* could take the place of one of ours or the theme's, on any file system."""
    small = name.casefold()
    return small in _taken_names() or _DIGEST.search(small) is not None


@cache
def _taken_names() -> frozenset[str]:
    """Return the names that files have in ``_static`` without the site, in small letters."""
    folders = [PACKAGE / "static"]
    for package, inside in (
        ("furo", "theme/furo/static"),
        ("sphinx_basic_ng", "theme/basic-ng/static"),
        ("sphinx", "themes/basic/static"),
    ):
        found = importlib.util.find_spec(package)
        if found is not None and found.origin is not None:
            folders.append(Path(found.origin).parent / inside)
    names = {name for folder in folders if folder.is_dir() for name in names_below(folder)}
    # Templates lose their ending when they are written.
    bare = {name.removesuffix(".jinja").removesuffix("_t") for name in names}
    return frozenset(name.casefold() for name in (*names, *bare, *_WRITTEN))
