"""Zip files and folders that would take minutes or gigabytes: refused before, with what was too large. Sizes double."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from policysite.base.problems import PolicysiteError
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEGABYTES = 100 * 1024 * 1024
SECONDS = 2
LIST = '{"policies":[]}'


def refused(where: Path) -> str:
    """Return why the site at *where* is refused, and see that neither time nor memory was needed for it."""
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(PolicysiteError) as caught:
        verify(str(where))
    assert time.process_time() - began < SECONDS
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEGABYTES
    return str(caught.value)


def archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


ZEROS = bytes(30_000_000)
ARCHIVES: dict[str, tuple[dict[str, bytes], int, str]] = {
    "folders in each other": ({"a/" * 32_000 + "x": b""}, zipfile.ZIP_STORED, "it has folders in each other, more than 50 deep"),
    "blocks of bzip2": ({"versions.json": ZEROS}, zipfile.ZIP_BZIP2, "'versions.json' in it is compressed in a way that is not usual; expected deflate"),
    "blocks of lzma": ({"versions.json": ZEROS}, zipfile.ZIP_LZMA, "'versions.json' in it is compressed in a way that is not usual; expected deflate"),
    "a bomb": ({"versions.json": ZEROS}, zipfile.ZIP_DEFLATED, "It is larger than 20,000,000 bytes"),
    "a long name": ({"a" * 65_000: b"", "b" * 65_000 + "/versions.json": b""}, zipfile.ZIP_STORED, "The list of versions cannot be read"),
    "a list that is nested": ({"versions.json": b"[" * 5_000_000}, zipfile.ZIP_DEFLATED, "The list of versions cannot be read"),
    "a number": ({"versions.json": b'{"policies":' + b"9" * 5_000_000 + b"}"}, zipfile.ZIP_DEFLATED, "The list of versions cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    members, method, expected = ARCHIVES[name]
    assert expected in refused(archive(tmp_path / "site.zip", members, method))


@pytest.mark.one_in(3)
@pytest.mark.parametrize("size", [50_000, 100_000, 200_000])
def test_a_list_of_members_is_not_read_if_it_is_too_long(size: int, tmp_path: Path) -> None:
    """The list alone, without what it lists; twice, as archives larger than four gigabytes have its size elsewhere."""
    one = archive(tmp_path / "one.zip", {"a" * 500: b""}).read_bytes()
    start = one.index(b"PK\1\2")
    entry, end = one[start : one.index(b"PK\5\6")], one[one.index(b"PK\5\6") :]
    large = (size * len(entry)).to_bytes(4, "little")
    path = tmp_path / "site.zip"
    path.write_bytes(one[:start] + entry * size + end[:12] + large + end[16:])
    assert "the list of its members is larger than 24,000,000 bytes" in refused(path)

    record = b"PK\6\6" + (44).to_bytes(8, "little") + bytes(28) + large + bytes(4) + bytes(8)
    locator = b"PK\6\7" + bytes(4) + (start + size * len(entry)).to_bytes(8, "little") + bytes(4)
    end = end[:12] + b"\xff" * 8 + end[20:]
    path.write_bytes(one[:start] + entry * size + record + locator + end)
    assert "the list of its members is larger than 24,000,000 bytes" in refused(path)


@pytest.mark.parametrize("depth", [100, 200, 400])
def test_folders_in_each_other_are_refused(depth: int, tmp_path: Path) -> None:
    (tmp_path / "versions.json").write_text(LIST, "utf-8")
    (tmp_path / "/".join("a" * depth)).mkdir(parents=True)
    assert "The folder has others in each other, more than 50 deep." in refused(tmp_path)


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "no archive": lambda _: b"PK\3\4 but no archive",
    "nothing": lambda _: b"",
    "the end alone": lambda content: content[content.index(b"PK\5\6") :],
    "encrypted": lambda content: content.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1").replace(
        b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"
    ),
    "a name that is no text": lambda content: content.replace(
        b"\x14\0\0\0", b"\x14\0\0\x08"
    ).replace(b"versions.json", b"versions.\xff\xfe\xff\xff"),
    "half": lambda content: content[: len(content) // 2],
}


@pytest.mark.parametrize("name", SPOILT)
def test_an_archive_that_is_spoilt_is_refused(name: str, tmp_path: Path) -> None:
    path = archive(tmp_path / "site.zip", {"versions.json": LIST.encode()})
    path.write_bytes(SPOILT[name](path.read_bytes()))
    assert "zip file: " in refused(path)
