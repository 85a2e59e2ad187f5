"""What tests expect of pages: Playwright's own ``expect``, and the same for WebKit, which it does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from webkit_page import WebKitLocator, WebKitPage, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import expect
else:
    from playwright.sync_api import expect as expect_of_playwright

    def expect(actual: object, message: str | None = None) -> Any:
        """Return what can be expected of *actual*, which is waited for; *message* is said if it does not come."""
        if isinstance(actual, WebKitPage | WebKitLocator):
            return Expected(actual, message)
        return expect_of_playwright(actual, message)


PART_IN_VIEW = """all => {
  const { top, bottom, left, right, width, height } = all[0].getBoundingClientRect();
  const across = Math.min(right, innerWidth) - Math.max(left, 0);
  const down = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return across > 0 && down > 0 ? (across * down) / (width * height) : 0;
}"""
__all__ = ["expect"]
Wanted = str | list[str]


class Expected:
    """Waits for what is expected of a page or of what is found on it. Each ``to_...`` has a ``not_to_...``."""

    def __init__(self, actual: WebKitPage | WebKitLocator, message: str | None) -> None:
        self._actual, self._message = actual, message

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Return the check of that name; it looks again and again until it holds, or does not for ``not_to_...``."""
        isnt = name.startswith("not_")
        look = getattr(self, f"_{name.removeprefix('not_')}")

        def check(*wanted: Any, **options: Any) -> None:
            seen: list[object] = []

            def holds() -> bool:
                held, found = look(*wanted, **options)
                seen[:] = [found]
                return bool(held) is not isnt

            wait_until(holds, lambda: f"{self._message or ''} {name} {wanted}: found {seen}")

        return check

    def _asked(self, source: str, *arguments: object) -> Any:
        assert isinstance(self._actual, WebKitLocator)
        return self._actual.asked(source, *arguments)

    def _only(self, source: str, *arguments: object) -> Any:
        """Return what *source* says if there is one element; more are an error, as they are to Playwright."""
        count = self._asked("all => all.length")
        assert count <= 1, f"{count} elements are found"
        return self._asked(source, *arguments) if count else None

    def _to_have_url(self, wanted: str | re.Pattern[str]) -> tuple[object, str]:
        url = self._page().url
        return wanted.search(url) if isinstance(wanted, re.Pattern) else url == wanted, url

    def _to_have_title(self, wanted: str) -> tuple[bool, str]:
        title = self._page().title()
        return title == wanted, title

    def _page(self) -> WebKitPage:
        assert isinstance(self._actual, WebKitPage)
        return self._actual

    def _to_have_count(self, wanted: int) -> tuple[bool, int]:
        count = self._asked("all => all.length")
        return count == wanted, count

    def _to_be_attached(self) -> tuple[bool, int]:
        count = self._asked("all => all.length")
        return count > 0, count

    def _to_be_visible(self) -> tuple[bool, object]:
        seen = self._only("all => isSeen(all[0])")
        return seen is True, seen

    def _to_be_hidden(self) -> tuple[bool, object]:
        seen = self._only("all => isSeen(all[0])")
        return not seen, seen

    def _to_be_in_viewport(self, ratio: float = 0) -> tuple[bool, object]:
        part = self._only(PART_IN_VIEW)
        return bool(part) and part >= ratio, part

    def _to_be_focused(self) -> tuple[bool, object]:
        return self._only("all => all[0] === document.activeElement") is True, None

    def _to_be_empty(self) -> tuple[bool, object]:
        said = self._only("all => all[0].textContent")
        return said == "", said

    def _texts(self, wanted: Wanted) -> list[str]:
        ask = self._asked if isinstance(wanted, list) else self._only
        return ask("all => all.map(words)") or []

    def _to_have_text(self, wanted: Wanted) -> tuple[bool, list[str]]:
        found = self._texts(wanted)
        return found == [_plain(one) for one in _listed(wanted)], found

    def _to_contain_text(self, wanted: Wanted) -> tuple[bool, list[str]]:
        found, parts = self._texts(wanted), [_plain(one) for one in _listed(wanted)]
        same = len(found) == len(parts)
        return same and all(b in a for a, b in zip(found, parts, strict=True)), found

    def _to_have_attribute(self, name: str, wanted: str) -> tuple[bool, object]:
        found = self._only("(all, name) => all[0].getAttribute(name)", name)
        return found == wanted, found

    def _to_have_class(self, wanted: str) -> tuple[bool, object]:
        found = self._only("all => all[0].className")
        return found is not None and found.split() == wanted.split(), found

    def _to_have_css(self, name: str, wanted: str) -> tuple[bool, object]:
        found = self._only("(all, name) => getComputedStyle(all[0]).getPropertyValue(name)", name)
        return found == wanted, found


def _listed(wanted: Wanted) -> list[str]:
    return wanted if isinstance(wanted, list) else [wanted]


def _plain(words: str) -> str:
    return " ".join(words.split())
