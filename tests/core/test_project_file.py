"""The one door through which files of the project are read: what is no regular file inside the project stays outside."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from policysite.base.problems import Code, PolicysiteError
from policysite.files.project_file import LARGEST, is_there, list_files, read


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (project / "docs/a.md").write_text("text", "utf-8")
    return project


def refused(root: Path, name: str, largest: int = LARGEST) -> str:
    """Return the problem of the file *name*, which nothing is read of."""
    with pytest.raises(PolicysiteError) as caught:
        read(root, root / name, largest)
    (problem,) = caught.value.problems
    return str(problem)


def test_a_file_is_read(root: Path) -> None:
    assert read(root, root / "docs/a.md") == b"text"


def test_the_project_itself_may_be_reached_by_a_link(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    assert read(link, link / "docs/a.md") == b"text"
    assert [file.name for file in list_files(link, link / "docs").files] == ["a.md"]


@pytest.mark.parametrize("target", ["../secret.txt", "a.md", "/dev/zero", "nowhere", "b.md"])
def test_a_link_is_refused_wherever_it_leads(root: Path, target: str) -> None:
    link = root / "docs/b.md"
    link.symlink_to(target if target.startswith("/") else Path(target))
    expected = (
        "docs/b.md: [project-file] Found a link; expected a file of the project. What it leads to is not read. "
        "Put the file itself there, or remove it."
    )
    assert refused(root, "docs/b.md") == expected
    listing = list_files(root, root / "docs")
    assert [file.name for file in listing.files] == ["a.md"]
    assert [*map(str, listing.problems)] == [expected]
    assert is_there(link)


def test_a_link_on_the_way_is_refused(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    (elsewhere / "inner").mkdir(parents=True)
    (elsewhere / "inner/c.md").write_text("secret", "utf-8")
    (root / "docs/more").symlink_to(elsewhere)
    assert refused(root, "docs/more/inner/c.md").startswith(
        "docs/more: [project-file] Found a link; expected a folder of the project."
    )
    for folder in ("docs/more", "docs/more/inner"):
        listing = list_files(root, root / folder)
        assert listing.files == []
        assert [problem.path for problem in listing.problems] == ["docs/more"]


def test_what_is_no_file_is_refused(root: Path) -> None:
    (root / "docs/folder.md").mkdir()
    os.mkfifo(root / "docs/pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.fspath(root / "docs/socket.md"))
    for kind in ("folder", "pipe", "socket"):
        assert refused(root, f"docs/{kind}.md").startswith(
            f"docs/{kind}.md: [project-file] Found a {kind}; expected a file of the project."
        )
    listing = list_files(root, root / "docs", (".md",))
    assert [problem.path for problem in listing.problems] == [
        "docs/folder.md",
        "docs/pipe.md",
        "docs/socket.md",
    ]


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the opening somebody may put something else there."""
    monkeypatch.setattr("policysite.files.project_file._unusable", lambda *_, **__: None)
    os.mkfifo(root / "docs/pipe.md")
    (root / "docs/link.md").symlink_to("/dev/zero")
    (root / "docs/way").symlink_to("/etc")
    found: list[str] = []
    names = ("docs/pipe.md", "docs/link.md", "docs/way/hostname", "docs")
    thread = threading.Thread(target=lambda: found.extend(refused(root, n) for n in names))
    thread.daemon = True
    thread.start()
    thread.join(10)
    assert [message.partition(":")[0] for message in found] == list(names)


def test_a_device_is_refused() -> None:
    assert "Found a device" in refused(Path("/dev"), "zero")


def test_a_path_that_leads_out_is_refused(root: Path) -> None:
    assert "leads out of the project" in refused(root, "docs/../../secret.txt")


def test_a_file_that_is_not_there_is_a_problem(root: Path) -> None:
    assert refused(root, "docs/b.md") == (
        "docs/b.md: [project-file] There is no such file: No such file or directory. Put the file there, or correct its name."
    )
    assert not is_there(root / "docs/b.md")
    assert list_files(root, root / "nowhere").problems == []


def test_a_file_is_read_up_to_a_size(root: Path) -> None:
    file = root / "docs/a.md"
    assert read(root, file, 4) == b"text"
    assert refused(root, "docs/a.md", largest=3) == (
        "docs/a.md: [too-large] The file has 4 bytes or more; expected at most 3. Take out what does not belong there."
    )
    with file.open("wb") as sparse:
        sparse.truncate(1 << 40)
    assert f"has {1 << 40:,} bytes or more; expected at most {LARGEST:,}" in refused(
        root, "docs/a.md"
    )


def test_the_code_is_that_of_the_rule_that_reads(root: Path) -> None:
    with pytest.raises(PolicysiteError) as caught:
        read(root, root / "docs", code=Code.GLOSSARY)
    assert [problem.code for problem in caught.value.problems] == [Code.GLOSSARY]


def test_a_name_that_cannot_be_printed_is_refused(root: Path) -> None:
    (root / "docs/b\n::error::c.md").write_text("text", "utf-8")
    (root / os.fsdecode(b"docs/\xff")).mkdir()
    (root / os.fsdecode(b"docs/\xff/d.md")).write_text("text", "utf-8")
    listing = list_files(root, root / "docs")
    assert [file.name for file in listing.files] == ["a.md"]
    assert sorted(problem.path for problem in listing.problems) == [
        r"docs/\udcff",
        r"docs/\udcff/d.md",
        r"docs/b\n::error::c.md",
    ]
    assert "\n" not in "".join(map(str, listing.problems))


def test_what_editors_leave_while_they_work_is_passed_over(root: Path) -> None:
    (root / "docs/.#a.md").symlink_to("somebody@somewhere.1234")
    listing = list_files(root, root / "docs")
    assert ([file.name for file in listing.files], listing.problems) == (["a.md"], [])


def test_folders_without_end_are_refused(root: Path) -> None:
    (root / "docs" / "/".join("d" * 60)).mkdir(parents=True)
    listing = list_files(root, root / "docs")
    assert "more than 20 deep" in str(listing.problems[0])
