"""Writing the notice of a version into a folder: a message, HTML, text, Markdown, Word and data in each language. It sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.package import PACKAGE
from policysite.base.problems import Code, PolicysiteError, Problem, excerpt, quoted
from policysite.build.handed_out_files import write_files
from policysite.build.make_edition import held_version, project_of
from policysite.build.notice_facts import NoticeMaker, Sentences
from policysite.build.read_texts import read_texts
from policysite.editions.notice_json import notice_json
from policysite.editions.notice_mail import LARGEST as LARGEST_MAIL
from policysite.editions.notice_mail import notice_html, notice_message
from policysite.editions.notice_template import LARGEST_TEMPLATE, names_used
from policysite.editions.notice_text import notice_markdown, notice_text
from policysite.editions.notice_word import notice_word
from policysite.files.project_file import is_there, read
from policysite.languages.language_data import tag
from policysite.model.register import Status
from policysite.model.settings_reader import unknown_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policysite.build.read_texts import Texts
    from policysite.editions.notice import Notice
    from policysite.model.register import Policy, PolicyVersion
    from policysite.project.project import Project

FOLDER = "_templates"
OWN = "notice.md"
"""The publisher's own template in :data:`FOLDER`; ``notice.ko.md`` is for one language."""
DEFAULT = PACKAGE / "templates" / "policysite" / "notice-words.html"


@dataclass(frozen=True)
class NoticeRequest:
    """Of which version notices are wanted, as it was typed: in which languages (none: all), against which version (empty: the one before)."""

    policy: str
    number: str
    against: str = ""
    languages: tuple[str, ...] = ()
    draft: bool = False


@dataclass(frozen=True)
class WrittenNotice:
    """What was written: the files with their sizes, and what its reader should know of them."""

    files: Mapping[Path, int]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{file}: {size:,} bytes" for file, size in self.files.items()]
        return "\n".join([*lines, *self.notes, "Nothing was sent: that is up to you."])


def write_notice(
    root: Path, environ: Mapping[str, str], request: NoticeRequest, output: Path | None
) -> WrittenNotice:
    """Write the notices that are asked for into the folder *output*; without one, into one of this folder that is named after the version.

    :raises PolicysiteError: with all that is wrong with what is asked for, or with the texts; nothing was written then.
    """
    project = project_of(
        root, environ, request.policy, *filter(None, (request.number, request.against))
    )
    wanted = _Wanted(project, request)
    # What changed is found in the source too: a translation may say the same of two texts.
    read = {*wanted.languages, project.settings.source_language}
    texts = read_texts(project, layouts=True, languages=read)
    problems = list(_untranslated(texts, wanted.version, wanted.languages))
    if problems and not wanted.version.draft:
        raise PolicysiteError(problems)
    maker = NoticeMaker(project, texts, wanted.version, wanted.old)
    notices = _notices(maker, wanted)
    folder = output or Path(f"{request.policy}-{request.number}-notice")
    files: dict[Path, bytes] = {}
    notes = [*map(str, problems), *_notes(project, wanted.version, wanted.old)]
    for code, notice in notices.items():
        stem = f"{request.policy}-{request.number}-{tag(code)}"
        contents, with_table = _contents(notice, project)
        if notice.table and not with_table:
            notes.append(
                f"{stem}.eml: the table of old and new would make the mail larger than {LARGEST_MAIL:,} bytes; "
                "it has a link instead, and the other files have the table."
            )
        files |= {folder / f"{stem}.{suffix}": content for suffix, content in contents.items()}
    write_files(root, files)
    return WrittenNotice({file: len(content) for file, content in files.items()}, tuple(notes))


def _notices(maker: NoticeMaker, wanted: _Wanted) -> dict[str, Notice]:
    """Return the notices by language.

    :raises PolicysiteError: with all that is wrong with the templates.
    """
    notices: dict[str, Notice] = {}
    problems: dict[Problem, None] = {}
    for code, template in wanted.templates.items():
        try:
            notices[code] = maker.notice(code, template)
        except PolicysiteError as error:
            # Of a template that is for all languages it is said once.
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise PolicysiteError(list(problems))
    return notices


def _untranslated(
    texts: Texts, version: PolicyVersion, languages: Iterable[str]
) -> Iterator[Problem]:
    """Yield what a notice would say in another language than its own."""
    for code in languages:
        for name, (sentence, foreign) in texts.sentences[tag(code)].get(version.page, {}).items():
            if foreign:
                yield version.problem(
                    Code.NOTICE,
                    name,
                    f"{excerpt(sentence)} is not translated into {code!r}, and the notice says it.",
                    f"Run 'policysite update-po --language {code}', and translate it.",
                )
        if found := texts.gaps[tag(code)][version.page]:
            yield version.problem(
                Code.NOTICE,
                "version",
                f"The text of version {version.number} is not complete in {code!r}: paragraphs that are untranslated: {found}.",
                f"See 'policysite translation-status --language {code}'; or name the other languages: --language.",
            )


def _contents(notice: Notice, project: Project) -> tuple[dict[str, bytes], bool]:
    """Return the files of a notice by their suffixes, and whether the mail has the table of old and new."""
    page, with_table = notice_html(notice)
    return {
        "eml": notice_message(notice, project.settings.time_zone),
        "html": page,
        "txt": notice_text(notice).encode(),
        "md": notice_markdown(notice).encode(),
        "docx": notice_word(notice),
        "json": notice_json(notice),
    }, with_table


def _notes(project: Project, version: PolicyVersion, old: PolicyVersion | None) -> Iterator[str]:
    """Yield what does not prevent a notice, and whoever sends it should know."""
    place = f"{version.path}: version {version.number}"
    if not version.announced:
        yield f"{place} states no day on which it is announced; add 'announced: …' when it is known."
    if not version.change_note:
        yield f"{place} says in no sentence what it changes; add 'change_note: …'."
    if not version.change_reason:
        yield f"{place} gives no reason for the change; add 'change_reason: …' if readers should have one."
    if not version.draft and version.effective <= project.register.day:
        yield f"{place} took effect on {version.effective}: this is no notice in time."
    if old and not old.held:
        yield f"{place} is compared with nothing: the text of version {old.number} is not held."


class _Wanted:
    """What a request asks for, in the terms of the project.

    :raises PolicysiteError: with all that is wrong with it.
    """

    def __init__(self, project: Project, request: NoticeRequest) -> None:
        self.project, self.request = project, request
        self.problems: list[Problem] = []
        self.languages = self._languages()
        self.templates = {code: self._template(code) for code in self.languages}
        policy = self._policy()
        version = self._version(policy, request.number) if policy else None
        self.old = self._old(policy, version) if policy else None
        if policy:
            self._check_sentences(policy.name)
        self._check_address()
        if self.problems or version is None:
            raise PolicysiteError(self.problems)
        self.version = version

    def _report(self, place: str, message: str, remedy: str, code: Code = Code.NOTICE) -> None:
        self.problems.append(Problem(place, 0, code, message, remedy))

    def _languages(self) -> tuple[str, ...]:
        settings = self.project.settings
        known = {tag(code): code for code in settings.languages}
        published = map(tag, self.project.completeness.published)
        wanted = [tag(code) for code in self.request.languages] or list(published)
        for code in wanted:
            if code not in known:
                self.problems.append(unknown_language(code, settings))
        return tuple(dict.fromkeys(known[code] for code in wanted if code in known))

    def _policy(self) -> Policy | None:
        policies = self.project.register.policies
        if self.request.policy not in policies:
            found = f"Found the policy {self.request.policy!r}; the site has {quoted(policies) or 'none'}."
            self._report("conf.py", found, "Name one of them: --policy.")
        return policies.get(self.request.policy)

    def _version(self, policy: Policy, number: str) -> PolicyVersion | None:
        try:
            version = held_version(policy, number)
        except PolicysiteError as error:
            self.problems += error.problems
            return None
        if version.draft and not self.request.draft:
            self.problems.append(
                version.problem(
                    Code.NOTICE,
                    "draft",
                    f"Version {number} is a draft: what it says may change.",
                    "Remove 'draft: true' when it is ready; to see the notice before, add --draft.",
                )
            )
        status = self.project.register.status(version)
        if status is Status.WITHDRAWN or (version.withdrawn and version.withdrawn_before_effect):
            self.problems.append(
                version.problem(
                    Code.NOTICE,
                    "withdrawn",
                    f"Version {number} is withdrawn from {version.withdrawn}.",
                    "Give notice of a version that takes effect.",
                )
            )
        return version

    def _old(self, policy: Policy, version: PolicyVersion | None) -> PolicyVersion | None:
        """Return the version to compare with; the one whose place *version* takes, if none is asked for."""
        if not self.request.against:
            return policy.predecessor_in_force(version) if version else None
        try:
            old = held_version(policy, self.request.against)
        except PolicysiteError as error:
            self.problems += error.problems
            return None
        if version and not policy.is_before(old, version):
            self._report(
                old.path,
                f"Found --against {old.number}, which does not come before version {version.number}.",
                "Name an earlier version.",
            )
        return old

    def _template(self, code: str) -> Sentences:
        """Return the template for a language: the publisher's for it, or for all of them, or that of the engine."""
        folder = self.project.root / FOLDER
        for name in (OWN.replace(".", f".{tag(code)}."), OWN):
            path = f"{FOLDER}/{name}"
            if not is_there(folder / name):
                continue
            try:
                return Sentences(
                    read(self.project.root, folder / name, LARGEST_TEMPLATE).decode("utf-8-sig"),
                    path,
                )
            except PolicysiteError as error:
                self.problems += error.problems
            except UnicodeDecodeError:
                self._report(path, "The file is not UTF-8.", "Save it as UTF-8.")
            return Sentences("", path)
        return Sentences(DEFAULT.read_text("utf-8"), DEFAULT.name)

    def _check_sentences(self, name: str) -> None:
        """Ask for what the settings say in one language to be said in all: nobody may be told less."""
        for kind, said in self.project.settings.policies[name].notice_sentences.items():
            missing = [code for code in self.languages if not said.get(code)]
            if missing:
                self._report(
                    "conf.py",
                    f"The {kind} in the notice_sentences of policy {name!r} is not said in {quoted(missing)}.",
                    "Say it in each language of the notice.",
                )

    def _check_address(self) -> None:
        if self.project.settings.base_url:
            return
        for template in dict.fromkeys(self.templates.values()):
            try:
                needs_address = "links" in names_used(template.template, template.path)
            except PolicysiteError as error:
                self.problems += error.problems
                continue
            if needs_address:
                self._report(
                    "conf.py",
                    f"The site has no address, and the notice ({template.path}) links to the texts.",
                    "Set policysite_base_url (POLICYSITE_BASE_URL), or write a template of your own without 'links'.",
                )
