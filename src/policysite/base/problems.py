"""Problems: what is wrong, where, and how to fix it.

Every check returns problems instead of raising at the first one, so that the person who must
act sees all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Code(StrEnum):
    """The kinds of problem. A code, once released, keeps its meaning."""

    SETTINGS = "settings"
    """A setting in conf.py is missing or has the wrong form."""
    UNKNOWN_LANGUAGE = "unknown-language"
    """A language that the site does not list, or that is not a known language."""
    SITE_OPTION = "site-option"
    """A value that a new site or a new policy needs is missing, or has the wrong form."""
    DATE_INPUT = "date-input"
    """POLICYSITE_DATE or SOURCE_DATE_EPOCH does not hold a date."""

    FRONT_MATTER = "front-matter"
    """A policy version's front matter is missing or is not YAML."""
    REGISTER_FIELD = "register-field"
    """A field of the front matter is missing, unknown or has the wrong form."""
    REGISTER_DATE = "register-date"
    """A date is impossible, is used twice, or runs against the order of the versions or of what happens to one."""
    REGISTER_NUMBER = "register-number"
    """A version number is used twice, disagrees with the name of its file, or has another form than the one before."""

    PROVISION_ID = "provision-id"
    """A heading or numbered block from which no provision id can be derived."""
    PROVISION_ORDER = "provision-order"
    """A provision is numbered twice, out of order, or after a gap."""
    PROVISION_MARK = "provision-mark"
    """A printed mark that the page would not show as the source has it."""
    MOVED = "moved"
    """A ``moved`` record that is wrong, or missing where a provision was renumbered."""
    SUMMARY = "summary"
    """A summary in plain words that is not right below the heading of an article, or is more than one short paragraph."""
    RECORD_TEXT = "record-text"
    """A record (``text: not-held``) that has policy text, or a version with a text that has none."""
    LOST_TEXT = "lost-text"
    """Text that Markdown would drop, or read as something else than was meant."""
    UNSAFE_SOURCE = "unsafe-source"
    """A source that includes a file, raw HTML or a resource of another host."""
    UNKNOWN_MARKUP = "unknown-markup"
    """A role, a link, a footnote or other markup that a text may not have, or that says nothing."""
    SOURCE_CHARACTER = "source-character"
    """An invisible or bidirectional-control character in a text, in its front matter, or in a reason."""
    TOO_LARGE = "too-large"
    """A file, a text, a catalog or a glossary that is larger than any, or that has parts without end."""
    VERSION_PATTERN = "version-pattern"
    """The sentence of ``version-links`` has a placeholder that is not known."""

    IMPORT_FILE = "import-file"
    """A file to import that is not in the format that its name states."""
    EDITION = "edition"
    """An edition was asked for of a version that is not there, or whose text is not held."""
    NOTICE = "notice"
    """A notice that cannot be made: an unknown version, language or address, a sentence that is missing, a wrong template."""
    IMPORT_TARGET = "import-target"
    """A version that a text cannot be imported as: unknown policy, no number, no date, or a text that is already held."""
    IMPORT_TEXT = "import-text"
    """A text to import in which no policy is recognised, or that is not in the source language."""
    IMPORT_TRANSLATION = "import-translation"
    """A place of a published translation that does not fit the source text, or says something else than its catalog."""
    IMPORT_TOOL = "import-tool"
    """Pandoc, which reads files to import, is not installed or stopped."""
    MISSING_TOOL = "missing-tool"
    """What a command needs beyond policysite is not installed."""

    TEXT_DATE = "text-date"
    """A text that says that it takes effect, or was announced, on another day than its front matter."""
    TEXT_NUMBER = "text-number"
    """A text that calls itself by another version number than its front matter."""
    TEXT_REFERENCE = "text-reference"
    """A sentence, or its translation, that cites a provision of this policy which does not exist in the text."""
    STALE_REFERENCE = "stale-reference"
    """A sentence, or its translation, that is unchanged and cites another provision than before, as that was renumbered."""
    TEXT_WAIVER = "text-waiver"
    """A waiver in the front matter without a reason, of what cannot be waived, or that waives nothing."""
    BROKEN_REFERENCE = "broken-reference"
    """A dangling reference: a role or a link to a provision or a document that does not exist."""
    NOTICE_PERIOD = "notice-period"
    """A version that is announced later than the publisher promises, or not at all."""
    LOST_ARTICLE = "lost-article"
    """An article of the previous version without a counterpart, or with one that has nothing in common with it."""
    REQUIREMENT_MAP = "requirement-map"
    """A map of requirements that names a set, a requirement, a version or a provision that is not there, or has another form."""
    UNMET_REQUIREMENT = "unmet-requirement"
    """Something that a law asks of a policy, and for which the map of requirements names no provision and no reason."""
    OMITTED_TABLE = "omitted-table"
    """Tables of the published policy that are lost."""
    DRAFT = "draft"
    """A draft, which is not published."""
    NO_SUCH_FILE = "no-such-file"
    """A file to check that does not exist."""
    PROJECT_FILE = "project-file"
    """A link, a folder, a pipe or a device where a file of the project is expected."""
    STATIC_FILE = "static-file"
    """A file that a site may not bring in ``_static``, or not by that name."""
    UNSAFE_PICTURE = "unsafe-picture"
    """A picture in SVG that does more than draw: it runs code, loads something or holds other documents."""
    UNSAFE_STYLE = "unsafe-style"
    """A style sheet that loads something, writes words, or could hide or move the text of a policy."""

    CATALOG_SYNTAX = "catalog-syntax"
    """A catalog that cannot be parsed."""
    CATALOG_ENCODING = "catalog-encoding"
    """A catalog that is not UTF-8, or declares another encoding."""
    CATALOG_DUPLICATE = "catalog-duplicate"
    """A msgid that is duplicated in one catalog."""
    CATALOG_STRAY = "catalog-stray"
    """An orphaned file among the catalogs: it belongs to no document, or to no translation."""
    CATALOG_DROPPED = "catalog-dropped"
    """A message that Sphinx would silently drop or truncate."""
    CATALOG_LENGTH = "catalog-length"
    """A translation that is many times as long as its msgid."""
    CATALOG_UNREACHED = "catalog-unreached"
    """A translation that is not, or not completely, on its page, or whose context is no place of its message."""
    CATALOG_CHARACTER = "catalog-character"
    """A message with an invisible or bidirectional-control character."""
    CATALOG_NFC = "catalog-nfc"
    """A message that is not NFC-normalized (Unicode), so that a search does not find it."""
    CATALOG_HTML = "catalog-html"
    """A message with raw HTML."""
    CATALOG_DIRECTIVE = "catalog-directive"
    """A message with a directive or a block of code."""
    CATALOG_SUBSTITUTION = "catalog-substitution"
    """A message with a substitution, which could run code."""
    CATALOG_PATH = "catalog-path"
    """A message that names a file."""
    CATALOG_MARKUP = "catalog-markup"
    """A message whose roles, images, footnotes or code differ from its msgid."""
    CATALOG_PLACEHOLDER = "catalog-placeholder"
    """A message whose placeholders differ from its msgid."""
    CATALOG_LINK = "catalog-link"
    """A message whose links differ from its msgid."""
    CATALOG_EMPHASIS = "catalog-emphasis"
    """A message whose emphasis differs from its msgid, or whose emphasis markers would be printed."""
    CATALOG_MARK = "catalog-mark"
    """A message that begins with a printed mark (``1.``, ``①``) that its msgid does not have."""
    CATALOG_NUMBER = "catalog-number"
    """A message that names another provision than its msgid."""
    CATALOG_FIGURE = "catalog-figure"
    """A message whose numbers differ from its msgid."""
    CATALOG_MEANING = "catalog-meaning"
    """A message with another limit, duty, order, negation, party, frequency, country or name than its msgid."""
    CATALOG_SENTENCE = "catalog-sentence"
    """A message with fewer or more sentences than its msgid, or with one twice."""
    CATALOG_DATE = "catalog-date"
    """A message whose dates differ from its msgid."""
    CATALOG_PERIOD = "catalog-period"
    """A message whose periods of time differ from its msgid."""
    CATALOG_CONTACT = "catalog-contact"
    """A message whose telephone numbers, e-mail or web addresses differ from its msgid."""
    CATALOG_TERM = "catalog-term"
    """A message without the term that the glossary has for a term of its msgid."""
    CATALOG_FORBIDDEN = "catalog-forbidden"
    """A message with a term that the glossary forbids."""
    CATALOG_UNTRANSLATED = "catalog-untranslated"
    """A message in which text of the source string is untranslated."""
    CATALOG_INCOMPLETE = "catalog-incomplete"
    """A message that is fuzzy, untranslated or missing where the translation must be complete."""
    CATALOG_WAIVER = "catalog-waiver"
    """A waiver without a reason, of an unknown rule, of one that cannot be waived, or that waives nothing."""
    GLOSSARY = "glossary"
    """A glossary that cannot be read, or an incomplete row of it."""

    LEDGER_SYNTAX = "ledger-syntax"
    """A ledger that cannot be read."""
    LEDGER_CHAIN = "ledger-chain"
    """A ledger in which an entry was altered, removed, added or moved."""
    LEDGER_HISTORY = "ledger-history"
    """A ledger that does not extend an older copy of it."""
    LEDGER_SIGNATURE = "ledger-signature"
    """A signature that is not that of the ledger, or not by an allowed signer."""
    LEDGER_ENTRY = "ledger-entry"
    """An entry that cannot be recorded as requested."""
    NOT_FROZEN = "not-frozen"
    """A version that is published and not frozen."""
    FROZEN_TEXT = "frozen-text"
    """A text, or a date, that differs from what was frozen."""
    RELEASE_FILE = "release-file"
    """A file of a published site that is missing, differs from the recorded one, or was never recorded."""
    SITE_DISAGREES = "site-disagrees"
    """A published site that contradicts its ledger on which version is in force, and when."""
    TIME_STAMP = "time-stamp"
    """A time stamp that is not one of the ledger, or not by an authority whose certificate was named."""

    SPHINX = "sphinx"
    """A warning or an error of Sphinx itself."""
    CHANGED_MEANWHILE = "changed-meanwhile"
    """Files kept changing during the build."""
    OUTPUT = "output"
    """The output folder cannot be written."""
    BROKEN_LINK = "broken-link"
    """A broken link on a finished page."""
    REMOTE_RESOURCE = "remote-resource"
    """A finished page loads something from another host."""
    LANGUAGES_DIFFER = "languages-differ"
    """The pages or provision ids of two languages are not the same."""
    UNTRANSLATED_WORD = "untranslated-word"
    """A word of the interface that is untranslated on a translated page."""

    SCHEDULER = "scheduler"
    """A scheduler that cannot be reached, that has no workers, or whose workers fail."""
    SHARED_STORE = "shared-store"
    """The folder or store that all machines share cannot be used by one of them."""
    OTHER_SOFTWARE = "other-software"
    """A machine that builds with other software than the one that assembles the site."""
    PART = "part"
    """A part of the site that is missing, damaged, or built from other sources."""

    TARGET = "target"
    """The folder of the releases cannot be used, or cannot be written."""
    TARGET_BUSY = "target-busy"
    """Another publish to the folder is in progress."""
    PERMALINK_LOST = "permalink-lost"
    """A published address would be lost."""
    NOT_FOR_READERS = "not-for-readers"
    """The environment asks for a preview, or has a day, which must get neither to readers nor into a ledger."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that must be fixed.

    ``path`` is relative to the project's root, ``line`` counts from 1 and is 0 where a line makes
    no sense. ``message`` says what was found and what is expected, ``remedy`` how to fix it; each
    is one or more whole sentences.
    """

    path: str
    line: int
    code: Code
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return ``path:line: [code] message remedy``."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: [{self.code}] {self.message} {self.remedy}".rstrip()


class PolicysiteError(Exception):
    """Everything that prevents a site from being published, as one exception."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def refusal(
    place: object, code: Code, message: str, remedy: str = "", *, line: int = 0
) -> PolicysiteError:
    """Return the one problem that ends a command, of the file or whatever else *place* is, as an exception."""
    return PolicysiteError([Problem(str(place), line, code, message, remedy)])


def error_count(problems: Collection[Problem]) -> str:
    """Return the number of *problems* as a summary says it: ``0 errors``, ``1 error``."""
    return f"{len(problems)} error{'s' * (len(problems) != 1)}"


def quoted(values: Iterable[object]) -> str:
    """Return *values* as a list for a sentence: ``'a', 'b'``."""
    return ", ".join(repr(str(value)) for value in values)


def excerpt(text: str) -> str:
    """Return *text* for a message, in quotation marks, cut where it is long."""
    return f"“{text if len(text) <= 60 else f'{text[:57]}…'}”"
