"""Adding a policy to a site: its sample text, its history, its entry in ``conf.py``, and catalogs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policysite.authoring.conf_edit import CannotEditError, with_item
from policysite.authoring.first_texts import FirstTexts, translate
from policysite.authoring.new_site_request import (
    address_problems,
    language_code,
    name_problems,
    option_problem,
    tidy,
    title_problems,
)
from policysite.authoring.policy_entry import policy_entry
from policysite.authoring.project_copy import put_in_place, working_copy
from policysite.authoring.update_translations import UpdateSummary, update_catalogs
from policysite.base.problems import Code, PolicysiteError, Problem, refusal
from policysite.files import locks
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.project.project import load_project
from policysite.skeleton.skeleton_files import FIRST, sample_languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.model.settings import Contact
    from policysite.project.project import Project

_PREFIX = "add-policy-"
_POLICIES = "policysite_policies"


@dataclass(frozen=True)
class NewPolicyRequest:
    """What the publisher asks for, as it was typed: the folder in docs/, the title, and titles in other languages."""

    policy: str
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    def tidied(self) -> NewPolicyRequest:
        """Return the same without white space around names."""
        titles = {language_code(code): tidy(title) for code, title in self.titles.items()}
        return replace(self, policy=self.policy.strip(), title=tidy(self.title), titles=titles)


@dataclass(frozen=True)
class NewPolicy:
    """What was made: ``path`` is the file of the first version, ``entered`` whether ``conf.py`` had no entry for it."""

    policy: str
    path: str
    entered: bool
    catalogs: UpdateSummary

    def __str__(self) -> str:
        """Return what was made, and what is left to do."""
        lines = [f"{self.path}: a sample text, to be replaced by the policy"]
        lines += [f"conf.py: {self.policy!r} was added to {_POLICIES}"] * self.entered
        if self.catalogs.updates:
            lines.append(str(self.catalogs))
        lines += [
            "",
            f"Next: write the policy into {self.path}, and the day it takes effect;",
            "      policysite update-po, translate, policysite check, policysite build.",
            f"      The site is not published again before it is frozen: policysite freeze --policy {self.policy} --version {FIRST}.",
        ]
        return "\n".join(lines)


def add_policy(root: Path, environ: Mapping[str, str], request: NewPolicyRequest) -> NewPolicy:
    """Add the policy of *request* to the site in *root*; other policies and their catalogs stay as they are.

    One that ``conf.py`` lists and that has no file yet gets its files.

    :raises PolicysiteError: with everything that is wrong; nothing was written.
    """
    request = request.tidied()
    drafts = {**environ, "POLICYSITE_DRAFTS": "1"}
    project = load_project(root, drafts, may_be_empty=[request.policy])
    with writable("docs"), locks.wait_for(work_folder(root)):
        if problems := list(_problems(project, request)):
            raise PolicysiteError(problems)
        listed = request.policy in project.settings.policies
        texts = _texts(project, request)
        files = _files(texts, project.settings.source_language)
        last = {} if listed else {"conf.py": _conf(root, project, request)}
        with working_copy(root, _PREFIX) as copy:
            (copy / "docs" / request.policy).mkdir(exist_ok=True)
            for path, text in (files | last).items():
                (copy / path).write_text(text, "utf-8", newline="")
            summary = _catalogs(copy, drafts, texts)
            put_in_place(copy, root, [*files, *sorted(summary.written), *last])
    return NewPolicy(request.policy, f"docs/{request.policy}/{FIRST}.md", not listed, summary)


def _files(texts: FirstTexts, language: str) -> dict[str, str]:
    """Return the texts of the policy by their paths; the home page is there, and lists every policy."""
    return {
        f"docs/{name}.md": text
        for name, text in texts.written_in(language).items()
        if name.startswith(f"{texts.policy}/")
    }


def _problems(project: Project, request: NewPolicyRequest) -> Iterator[Problem]:
    yield from address_problems("NAME", request.policy)
    yield from _taken(project, request.policy)
    yield from name_problems(
        "--title", request.title, "the policy's title, like 'Terms of Service'"
    )
    yield from title_problems("--title-in", request.titles, tuple(project.translations))
    source = project.settings.source_language
    if source not in sample_languages():
        found = f"There is no sample text in {source!r}, the language in which the policies are written."
        remedy = f"Write docs/{request.policy}/{FIRST}.md and history.md yourself, and add the policy to {_POLICIES}."
        yield Problem("conf.py", 0, Code.SITE_OPTION, found, remedy)


def _taken(project: Project, name: str) -> Iterator[Problem]:
    """Find out whether there is something in the place of the policy *name* already."""
    folder, policy = project.docs / name, project.register.policies.get(name)
    if policy and policy.versions:
        found = f"The site already has the policy {name!r}."
        remedy = "Choose another name, or begin a version of it."
        yield Problem("NAME", 0, Code.SITE_OPTION, found, remedy)
    elif name and (folder.with_suffix(".md").exists() or _has_files(folder)):
        yield option_problem(
            "NAME", name, "a name that is not taken: docs/ has files under this one"
        )


def _has_files(folder: Path) -> bool:
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def _conf(root: Path, project: Project, request: NewPolicyRequest) -> str:
    """Return the settings with those of the policy.

    :raises PolicysiteError: if they are written in a form in which that cannot be done reliably.
    """
    contact = _contact(project)
    entry = policy_entry(
        request.policy,
        {
            name: value
            for name, value in (
                ("name", dict(contact.names)),
                ("phone", contact.phone),
                ("email", contact.email),
            )
            if value
        },
    )
    try:
        return with_item((root / "conf.py").read_bytes().decode(), _POLICIES, entry)
    except (CannotEditError, UnicodeDecodeError) as error:
        line = error.line if isinstance(error, CannotEditError) else 0
        found = f"{_POLICIES} is not written as a plain mapping, to which a policy could be added."
        remedy = f"Add these lines to it by hand, and repeat the command:\n{entry},"
        raise refusal("conf.py", Code.SETTINGS, found, remedy, line=line) from error


def _contact(project: Project) -> Contact:
    """Return whom readers ask about the first policy of the site; most publishers have one such place."""
    return next(iter(project.settings.policies.values())).contact


def _texts(project: Project, request: NewPolicyRequest) -> FirstTexts:
    settings, contact = project.settings, _contact(project)
    publisher = settings.publisher or project.name
    return FirstTexts(
        policy=request.policy,
        publisher=publisher,
        titles={settings.source_language: request.title, **request.titles},
        contact=contact.name(settings.source_language) or publisher,
        reach=", ".join(filter(None, (contact.email, contact.phone))),
        day=project.register.day,
    )


def _catalogs(copy: Path, environ: Mapping[str, str], texts: FirstTexts) -> UpdateSummary:
    """Make the catalogs of the policy in the *copy* of the site, with what is known of their translations."""
    everything = update_catalogs(copy, environ)
    own = [u for u in everything.updates if u.catalog.domain.startswith(f"{texts.policy}/")]
    summary = UpdateSummary(own, {update.catalog.path for update in own})
    translate(summary, texts, load_project(copy, environ).translations)
    for update in own:
        (copy / update.catalog.path).write_text(update.text, "utf-8", newline="\n")
    return summary
