"""A page in WebKit and what is found on it, with the names of Playwright's, as far as tests use them."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from selenium.webdriver import WebKitGTK
    from selenium.webdriver.remote.webelement import WebElement

FIND = Path(__file__).with_name("webkit_find.js").read_text("utf-8")
PATIENCE = 10.0
OFTEN = 0.03
EARLY = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
)
KEYS = {
    "Enter": Keys.ENTER,
    "Tab": Keys.TAB,
    "Escape": Keys.ESCAPE,
    "ArrowRight": Keys.ARROW_RIGHT,
    "ArrowDown": Keys.ARROW_DOWN,
    "Shift+Tab": Keys.SHIFT + Keys.TAB,
}
CALL = "const value = ({}); return typeof value === 'function' ? value(...arguments) : value;"
Step = tuple[str, object]


def wait_until(is_so: Callable[[], object], otherwise: Callable[[], str]) -> None:
    """Return when *is_so*, and fail with the words of *otherwise* if that does not come."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, otherwise()
        time.sleep(OFTEN)


class WebKitPage:
    """The page; ``been`` are the addresses that it was sent to."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver
        self.keyboard, self.mouse = Keyboard(driver), Mouse(driver)
        self.been: list[str] = []

    @property
    def url(self) -> str:
        """Where the page is."""
        return str(self.driver.current_url)

    def title(self) -> str:
        """Return its title."""
        return str(self.driver.title)

    def goto(self, address: str) -> None:
        """Go to *address*, as if it were typed."""
        self.been.append(address)
        self.driver.get(address)

    def reload(self) -> None:
        """Load it again."""
        self.driver.refresh()

    def go_back(self) -> None:
        """Go to the place before."""
        self.driver.back()

    def evaluate(self, source: str, *arguments: object) -> Any:
        """Return what *source* is on the page, or gives if it is a function."""
        return self.driver.execute_script(CALL.format(source), *arguments)

    def wait_for_function(self, source: str) -> None:
        """Wait until *source* is true."""
        wait_until(lambda: self.evaluate(source), lambda: source)

    def wait_for_timeout(self, milliseconds: float) -> None:
        """Wait."""
        time.sleep(milliseconds / 1000)

    def wait_for_url(self, pattern: str) -> None:
        """Wait until the address is like *pattern*, in which ``**`` stands for anything."""
        form = ".*".join(map(re.escape, pattern.split("**")))
        wait_until(lambda: re.fullmatch(form, self.url), lambda: f"{self.url} is not {pattern}")

    def set_viewport_size(self, window: Any) -> None:
        """Give the page the width and height of *window*."""
        wanted = [window["width"], window["height"]]

        def fits() -> bool:
            inner = self.evaluate("[innerWidth, innerHeight]")
            if inner != wanted:
                outer = self.driver.get_window_size()
                size = (outer["width"], outer["height"])
                self.driver.set_window_size(
                    *(a + b - c for a, b, c in zip(size, wanted, inner, strict=True))
                )
            return bool(inner == wanted)

        wait_until(fits, lambda: f"The window cannot be {wanted}")

    def locator(self, selector: str, **narrowed: Any) -> WebKitLocator:
        """Return a way to what *selector* finds."""
        return WebKitLocator(self, []).locator(selector, **narrowed)

    def get_by_role(self, role: str, *, name: str = "", exact: bool = False) -> WebKitLocator:
        """Return a way to what has that *role* and *name*."""
        return WebKitLocator(self, []).get_by_role(role, name=name, exact=exact)

    def get_by_label(self, text: str) -> WebKitLocator:
        """Return a way to the field that is labelled *text*."""
        return WebKitLocator(self, [("label", text)])

    def forget(self) -> None:
        """Make the page as it was when it was new."""
        if self.url.startswith(("file:", "http:")):
            self.evaluate("localStorage.clear() || sessionStorage.clear()")
        self.driver.delete_all_cookies()
        self.driver.get("about:blank")
        self.mouse.move(0, 0)
        self.been.clear()


class Keyboard:
    """What a reader types."""

    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver

    def press(self, key: str) -> None:
        """Press and release *key*."""
        self.type(KEYS.get(key, key))

    def type(self, words: str) -> None:
        """Type *words*, key by key."""
        ActionChains(self._driver, duration=0).send_keys(words).perform()


class Mouse:
    """Where a reader points."""

    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver

    def _at(self, x: float, y: float) -> ActionChains:
        chain = ActionChains(self._driver, duration=0)
        chain.w3c_actions.pointer_action.move_to_location(int(x), int(y))  # type: ignore[no-untyped-call]
        return chain

    def move(self, x: float, y: float) -> None:
        """Point at a place of the window."""
        self._at(x, y).perform()

    def click(self, x: float, y: float) -> None:
        """Click at a place of the window."""
        self._at(x, y).click().perform()

    def wheel(self, right: int, down: int) -> None:
        """Turn the wheel."""
        ActionChains(self._driver, duration=0).scroll_by_amount(right, down).perform()


class WebKitLocator:
    """A way to elements, walked anew each time: the steps are those of ``webkit_find.js``."""

    def __init__(self, page: WebKitPage, steps: list[Step]) -> None:
        self.page, self.steps = page, steps

    def then(self, step: str, value: object) -> WebKitLocator:
        """Return a way with one more step."""
        return WebKitLocator(self.page, [*self.steps, (step, value)])

    def locator(
        self, selector: str, *, has_text: str = "", has: WebKitLocator | None = None
    ) -> WebKitLocator:
        """Return a way to what *selector* finds within, that has these words and elements."""
        _, is_path, path = selector.rpartition("xpath=")
        found = self.then("xpath" if is_path else "css", path)
        if has_text:
            found = found.then("text", has_text)
        return found.then("has", has.steps) if has else found

    def get_by_role(self, role: str, *, name: str = "", exact: bool = False) -> WebKitLocator:
        """Return a way to what has that *role* and *name*, within."""
        return self.then("role", {"role": role, "name": name, "exact": exact})

    def get_by_text(self, text: str, *, exact: bool) -> WebKitLocator:
        """Return a way to what has just these words, within."""
        assert exact
        return self.then("words", text)

    def nth(self, number: int) -> WebKitLocator:
        """Return a way to one of them."""
        return self.then("nth", number)

    @property
    def first(self) -> WebKitLocator:
        """The first one."""
        return self.nth(0)

    @property
    def last(self) -> WebKitLocator:
        """The last one."""
        return self.nth(-1)

    def asked(self, source: str, *arguments: object) -> Any:
        """Return what the function *source* says of all of them, and of the *arguments*."""
        script = (
            f"{FIND} const [steps, ...rest] = arguments; return ({source})(find(steps), ...rest);"
        )
        return self.page.driver.execute_script(script, self.steps, *arguments)

    def count(self) -> int:
        """Return how many there are now."""
        return int(self.asked("all => all.length"))

    def all(self) -> list[WebKitLocator]:
        """Return a way to each of those that there are now."""
        return [self.nth(number) for number in range(self.count())]

    def _one(self) -> WebElement:
        wait_until(self.count, lambda: f"Nothing is found by {self.steps}")
        found: list[WebElement] = self.asked("all => all")
        assert len(found) == 1, f"{len(found)} are found by {self.steps}"
        return found[0]

    def _try(self, action: Callable[[WebElement], object]) -> None:
        """Do it when the element is ready for it."""
        said: list[Exception] = []

        def done() -> bool:
            try:
                action(self._one())
            except EARLY as error:
                said.append(error)
                self.evaluate("e => e.scrollIntoView({ block: 'center', inline: 'center' })")
                return False
            return True

        wait_until(done, lambda: f"{self.steps}: {said[-1]}")

    def click(self) -> None:
        """Click it."""
        self._try(lambda element: element.click())

    def check(self) -> None:
        """Click it unless it is checked."""
        if not self.is_checked():
            self.click()

    def hover(self) -> None:
        """Point at it."""
        self._try(lambda e: ActionChains(self.page.driver, duration=0).move_to_element(e).perform())

    def focus(self) -> None:
        """Give it the focus."""
        self.evaluate("element => element.focus()")

    def press(self, key: str) -> None:
        """Press *key* in it."""
        self.focus()
        self.page.keyboard.press(key)

    def fill(self, words: str) -> None:
        """Type *words* into it in place of what it has."""
        self.evaluate("field => { field.focus(); field.select(); }")
        self.page.keyboard.type(words or Keys.DELETE)

    def select_option(self, value: str) -> None:
        """Choose *value*."""
        self.evaluate(
            "(field, value) => { field.value = value;"
            " for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); }",
            value,
        )

    def evaluate(self, source: str, *arguments: object) -> Any:
        """Return what the function *source* says of it."""
        return self.page.evaluate(source, self._one(), *arguments)

    def evaluate_all(self, source: str) -> Any:
        """Return what the function *source* says of all of them."""
        return self.asked(source)

    def get_attribute(self, name: str) -> str | None:
        """Return one of its attributes."""
        value: str | None = self.evaluate("(element, name) => element.getAttribute(name)", name)
        return value

    def inner_text(self) -> str:
        """Return its words as they are seen."""
        return str(self.evaluate("element => element.innerText")).strip("\n")

    def all_inner_texts(self) -> list[str]:
        """Return the words of each as they are seen."""
        # WebKit ends the words of a block with a line of its own; others do not.
        texts: list[str] = self.asked("all => all.map((element) => element.innerText)")
        return [text.strip("\n") for text in texts]

    def all_text_contents(self) -> list[str]:
        """Return the words of each."""
        return list(self.asked("all => all.map((element) => element.textContent)"))

    def bounding_box(self) -> dict[str, float] | None:
        """Return where it is in the window."""
        box: dict[str, float] | None = self.evaluate(
            "element => { const { x, y, width, height } = element.getBoundingClientRect();"
            " return { x, y, width, height }; }"
        )
        return box

    def is_visible(self) -> bool:
        """Return whether it is there and seen."""
        return bool(self.asked("all => all.length === 1 && isSeen(all[0])"))

    def is_checked(self) -> bool:
        """Return whether it is checked."""
        return bool(self.evaluate("field => field.checked"))
