"""The kinds of file that an edition can be: the one table of them."""

from __future__ import annotations

import importlib.util
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, refusal
from policysite.model.edition_kinds import EditionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policysite.editions.edition import Edition
    from policysite.redline import TwoTexts


@dataclass(frozen=True)
class EditionFormat:
    """A kind of file.

    ``label`` is what readers call it. ``make`` makes it, ``compare`` one of what changed between two versions, None if there is no such file. ``extra`` is what
    must be installed for it, of which ``needs`` is the package that is imported; empty for nothing. ``made_with`` returns what else its files are made of, such as typefaces.
    """

    kind: EditionKind
    label: str
    media_type: str
    make: Callable[[Edition], bytes]
    compare: Callable[[Edition, Edition, TwoTexts], bytes] | None = None
    extra: str = ""
    needs: str = ""
    made_with: Callable[[], str] = str

    @property
    def suffix(self) -> str:
        """That of its files: ``.docx``."""
        return f".{self.kind}"

    @property
    def is_installed(self) -> bool:
        """Whether all that it needs is there."""
        return not self.needs or importlib.util.find_spec(self.needs) is not None

    @property
    def missing(self) -> str:
        """What is said if it is not."""
        return f"{self.label} files cannot be made: the package {self.needs!r} is not installed."

    @property
    def install(self) -> str:
        """What to do then."""
        return (
            f"Install what it needs: pip install 'policysite[{self.extra}]'; to have it wherever the site is built, write "
            f"[{self.extra}] behind the engine in requirements.txt."
        )


# The modules that make them are imported when they are needed: the table is in the help of every command.


def _word(edition: Edition) -> bytes:
    from policysite.editions.word_file import word_file  # noqa: PLC0415

    return word_file(edition)


def _word_redline(before: Edition, after: Edition, two: TwoTexts) -> bytes:
    from policysite.editions.word_file import word_redline  # noqa: PLC0415

    return word_redline(before, after, two.shown)


def _web_page(edition: Edition) -> bytes:
    from policysite.editions.web_page_file import web_page_file  # noqa: PLC0415

    return web_page_file(edition)


def _akoma_ntoso(edition: Edition) -> bytes:
    from policysite.editions.akoma_ntoso import akoma_ntoso_file  # noqa: PLC0415

    return akoma_ntoso_file(edition)


def _markdown(edition: Edition) -> bytes:
    from policysite.editions.markdown_file import markdown_file  # noqa: PLC0415

    return markdown_file(edition)


def _text(edition: Edition) -> bytes:
    from policysite.editions.text_file import text_file  # noqa: PLC0415

    return text_file(edition)


@contextmanager
def _system_libraries() -> Iterator[None]:
    """Say what to install where a library of the system is missing, which Python does not bring."""
    try:
        yield
    except OSError as error:
        message = f"PDF files cannot be made: a library of the system is missing: {error}"
        remedy = "Install Pango (on Debian: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0)."
        raise refusal("policysite export", Code.EDITION, message, remedy) from error


def _pdf(edition: Edition) -> bytes:
    with _system_libraries():
        from policysite.editions.pdf_file import pdf_file  # noqa: PLC0415

    return pdf_file(edition)


def _pdf_comparison(before: Edition, after: Edition, two: TwoTexts) -> bytes:
    with _system_libraries():
        from policysite.editions.pdf_file import pdf_comparison  # noqa: PLC0415

    return pdf_comparison(before, after, two)


def _pdf_typefaces() -> str:
    from policysite.editions.pdf_fonts import typefaces_digest  # noqa: PLC0415

    return typefaces_digest()


PLAIN_TEXT = "Plain text"
"""The only label that has a translation: the others are names."""
_ALL = (
    EditionFormat(
        EditionKind.DOCX,
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _word,
        _word_redline,
    ),
    EditionFormat(
        EditionKind.PDF,
        "PDF",
        "application/pdf",
        _pdf,
        _pdf_comparison,
        extra="pdf",
        needs="weasyprint",
        made_with=_pdf_typefaces,
    ),
    EditionFormat(EditionKind.XHTML, "XHTML", "application/xhtml+xml", _web_page),
    EditionFormat(EditionKind.XML, "Akoma Ntoso", "application/xml", _akoma_ntoso),
    EditionFormat(EditionKind.MD, "Markdown", "text/markdown", _markdown),
    EditionFormat(EditionKind.TXT, PLAIN_TEXT, "text/plain", _text),
)
FORMATS = {found.kind: found for found in _ALL}
"""All of them."""
DEFAULT = EditionKind.DOCX
"""What is made if none is named."""


def left_out() -> tuple[str, ...]:
    """Return a sentence for each kind that cannot be made here, for whoever asked for all of them."""
    missing = (form for form in FORMATS.values() if not form.is_installed)
    return tuple(f"{form.missing} {form.install}" for form in missing)


def with_comparison() -> tuple[EditionKind, ...]:
    """Return those that can show what changed between two versions."""
    return tuple(kind for kind, found in FORMATS.items() if found.compare)
