"""Making a new site: a small complete one in an empty folder, which can be built at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
import textwrap
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from policysite.authoring.engine_requirement import EngineRequirement, engine_requirement
from policysite.authoring.first_texts import FirstTexts, translate
from policysite.authoring.new_site_request import request_problems
from policysite.authoring.policy_entry import literal, policy_entry
from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import Code, PolicysiteError, Problem, quoted
from policysite.checks.check_project import check_project
from policysite.files.disk_errors import writable
from policysite.languages.language_data import own_name
from policysite.model.build_choices import status_date
from policysite.project.project import load_project
from policysite.skeleton.skeleton_files import FIRST, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.authoring.new_site_request import NewSiteRequest

# What is in a folder in which nothing was written yet.
_NOT_WRITTEN = {".git", ".venv"}
_MACHINE_PATH = (
    "\n# The path below is one of this machine. Build the wheel of the engine (python -m build --wheel), put it beside this"
    "\n# file and write its name, as in ./policysite-1.0.0-py3-none-any.whl, before anybody else builds the site."
)
_MINUTES = 24 * 60
_EXAMPLES = ("ko", "ja", "de", "fr", "es", "pt", "zh_TW")


@dataclass(frozen=True)
class NewSite:
    """What was made. ``open`` counts the messages to be translated, by language."""

    request: NewSiteRequest
    engine: EngineRequirement
    open: Mapping[str, int]

    def __str__(self) -> str:
        """Return what was made, and what is left to do."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        request = self.request
        languages = ", ".join((request.language, *request.translate))
        text = f"docs/{request.address}/{FIRST}.md"
        yield f"{request.folder}: a site of {request.publisher} ({languages}) with a sample text, {text}"
        for language, count in self.open.items():
            yield (
                f"locales/{language}: {count} messages to translate. Until then {language} is in "
                "policysite_incomplete_languages: it is built, and does not count as published."
            )
        if self.engine.machine_path:
            yield (
                f"requirements.txt names a path of this machine: {self.engine.line}. Put a wheel in its place "
                "before anybody else builds the site; README.md says how."
            )
        elif self.engine.wheel:
            yield f"{self.engine.wheel.name}: the engine, a copy of {self.engine.wheel}"
        yield "\nNext:"
        place = "Here" if request.folder == Path() else f"In {request.folder}"
        yield f"1. {place}: make html (or policysite build, where it is installed), then open _build/html/index.html."
        yield f"2. Write the policy into {text}, in the place of the sample text, and translate it."
        yield "3. make check (policysite check). README.md has the rest: catalogs, new versions, publishing."


def init_site(request: NewSiteRequest, environ: Mapping[str, str]) -> NewSite:
    """Make the site that is asked for in *request*.

    It is made elsewhere, checked, and then put in place.

    :raises PolicysiteError: with everything that is wrong with the request; nothing was written.
    """
    request = request.tidied()
    problems = [*_folder_problems(request), *request_problems(request)]
    engine = None
    try:
        engine = engine_requirement(request.wheel)
    except PolicysiteError as error:
        problems += error.problems
    if problems or engine is None:
        raise PolicysiteError(problems)
    with (
        writable(request.folder),
        tempfile.TemporaryDirectory(prefix=".init-", dir=_existing(request)) as work,
    ):
        root = Path(work).resolve() / "site"
        texts = _texts(request, environ)
        _write(root, _files(request, engine, texts.site_name(request.language)))
        left = _translate(root, environ, texts)
        if found := check_project(root, environ).found.problems:
            raise PolicysiteError(found)
        shutil.rmtree(root / "_build")
        _put_in_place(root, request.folder, engine.wheel)
    return NewSite(request, engine, left)


def _folder_problems(request: NewSiteRequest) -> Iterator[Problem]:
    folder = request.folder
    if folder.exists() and not folder.is_dir():
        found = "There is a file with this name."
    else:
        allowed = {*_NOT_WRITTEN, *([request.wheel.name] if request.wheel else [])}
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        others = [name for name in names if name not in allowed]
        if not others:
            return
        found = f"The folder is not empty: it has {quoted(others[:3])}{' and more' * (len(others) > 3)}."
    yield Problem(str(folder), 0, Code.OUTPUT, found, "Name a new folder, or an empty one.")


def _existing(request: NewSiteRequest) -> Path:
    """Return the folder of the site, or the nearest around it that is there: a site is moved from there by renames."""
    folder = request.folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _texts(request: NewSiteRequest, environ: Mapping[str, str]) -> FirstTexts:
    return FirstTexts(
        policy=request.address,
        publisher=request.publisher,
        titles={request.language: request.policy, **request.titles},
        contact=request.contact,
        reach=", ".join(filter(None, (request.email, request.phone))),
        day=status_date(environ, ZoneInfo(request.time_zone)),
    )


def _files(request: NewSiteRequest, engine: EngineRequirement, name: str) -> dict[str, str]:
    """Return the files of the site except its texts and their catalogs."""
    values = {
        "PUBLISHER": request.publisher,
        "PROJECT": name,
        "POLICY": request.address,
        # One that could be added.
        "LANGUAGE": next((code for code in _EXAMPLES if code not in request.translate), "CODE"),
        "TIME_ZONE": request.time_zone,
        "CRON": _after_midnight(request.time_zone),
        "ENGINE": engine.line,
        "NOTE": _MACHINE_PATH if engine.machine_path else "",
    }
    return site_files(values, _literals(request, name))


def _literals(request: NewSiteRequest, name: str) -> dict[str, str]:
    """Return the settings as they are in ``conf.py``."""
    languages = {code: own_name(code) for code in (request.language, *request.translate)}
    contact = {
        "name": {request.language: request.contact},
        **({"email": request.email} if request.email else {}),
        **({"phone": request.phone} if request.phone else {}),
    }
    values: dict[str, Any] = {
        "PROJECT": name,
        "LANGUAGE": request.language,
        "LANGUAGES": languages,
        "INCOMPLETE": list(request.untranslated),
        "UNREVIEWED": list(request.untranslated),
        "TIME_ZONE": request.time_zone,
        "PUBLISHER": request.publisher,
        "SITE_ID": str(uuid.uuid4()),
    }
    literals = {place: literal(value) for place, value in values.items()}
    entry = textwrap.indent(policy_entry(request.address, contact), "    ")
    return literals | {"POLICIES": f"{{\n{entry},\n}}"}


def _after_midnight(time_zone: str) -> str:
    """Return the time of a daily job, as cron writes it in UTC, that is after midnight in *time_zone* all the year."""
    zone, year = ZoneInfo(time_zone), dt.datetime.now(dt.UTC).year
    days = [dt.datetime(year, month, 1, tzinfo=zone) for month in range(1, 13)]
    offsets = [offset // dt.timedelta(minutes=1) for day in days if (offset := day.utcoffset())]
    hour, minute = divmod((5 - min(offsets, default=0)) % _MINUTES, 60)
    return f"{minute} {hour} * * *"


def _translate(root: Path, environ: Mapping[str, str], texts: FirstTexts) -> dict[str, int]:
    """Write the texts and all catalogs of the site in *root*; return what is left to translate, by language."""
    source = next(iter(texts.titles))
    _write(root, {f"docs/{name}.md": text for name, text in texts.written_in(source).items()})
    summary = update_catalogs(root, environ)
    translate(summary, texts, load_project(root, environ).translations)
    _write(root, {update.catalog.path: update.text for update in summary.updates})
    left: dict[str, int] = {}
    for update in summary.updates:
        if update.left:
            language = update.catalog.language
            left[language] = left.get(language, 0) + update.left
    return left


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def _put_in_place(made: Path, folder: Path, wheel: Path | None) -> None:
    """Move what was made into *folder*, and *wheel* beside it; take all of it back if something cannot be written."""
    with contextlib.ExitStack() as undo:
        if wheel and not (folder / wheel.name).exists():
            shutil.copyfile(wheel, made / wheel.name)
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir()
            undo.callback(folder.rmdir)
        for path in sorted(made.iterdir()):
            undo.callback(_remove, folder / path.name)
            shutil.move(path, folder / path.name)
        undo.pop_all()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
