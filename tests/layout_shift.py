"""How much of a page jumps while it loads, in browsers that do not count it themselves.

The page is shown in a frame, and where its elements are is looked at whenever the browser draws. A jump counts as Chromium
counts it: the part of the window that what moved covers, before and after, times how far it moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from site_server import SiteServer

MEASURE = """(address) => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.style.cssText = "position: fixed; inset: 0; width: 100%; height: 100%; border: 0";
  let places = new Map();
  let sum = 0;
  let loaded = 0;
  const begun = performance.now();
  // Nothing is drawn before the style sheets are there.
  const isStyled = ({ styleSheets }) => {
    try {
      return [...styleSheets].every((sheet) => sheet.cssRules);
    } catch {
      return false;
    }
  };
  const sheetsOf = (page) => page.querySelectorAll("link[rel=stylesheet]");
  const isDrawn = (page) =>
    page?.body?.children.length && page.styleSheets.length === sheetsOf(page).length && isStyled(page);
  function look() {
    const page = frame.contentDocument;
    if (page && page.URL !== "about:blank" && isDrawn(page)) {
      const { scrollX, scrollY } = frame.contentWindow;
      const now = new Map();
      for (const element of page.body.getElementsByTagName("*")) {
        const box = element.getBoundingClientRect();
        if (box.width && box.height && element.checkVisibility({ visibilityProperty: true })) now.set(element, placed(box, scrollX, scrollY));
      }
      sum += jumped(places, now);
      places = now;
      if (page.readyState === "complete") loaded ||= performance.now();
    }
    if (loaded && performance.now() - loaded > 400) done(sum);
    else if (performance.now() - begun > 10_000) done(null);
    else requestAnimationFrame(look);
  }
  // In the window, and on the page: what is scrolled does not jump, nor does what stays when the page is scrolled.
  const placed = ({ left, top, right, bottom }, x, y) => ({ left, top, right, bottom, places: [left, top, left + x, top + y] });
  function jumped(before, after) {
    let [left, top, right, bottom, far] = [innerWidth, innerHeight, 0, 0, 0];
    for (const [element, box] of after) {
      const was = before.get(element);
      const seen = (one) => one.bottom > 0 && one.top < innerHeight && one.right > 0 && one.left < innerWidth;
      const [across, down, acrossPage, downPage] = box.places.map((place, i) => (was ? Math.abs(place - was.places[i]) : 0));
      const way = Math.max(Math.min(across, acrossPage), Math.min(down, downPage));
      if (way < 3 || !(seen(was) || seen(box))) continue;
      far = Math.max(far, way);
      left = Math.min(left, was.left, box.left);
      top = Math.min(top, was.top, box.top);
      right = Math.max(right, was.right, box.right);
      bottom = Math.max(bottom, was.bottom, box.bottom);
    }
    if (!far) return 0;
    const width = Math.min(right, innerWidth) - Math.max(left, 0);
    const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
    return ((width * height) / (innerWidth * innerHeight)) * Math.min(1, far / Math.max(innerWidth, innerHeight));
  }
  frame.src = address;
  document.body.replaceChildren(frame);
  requestAnimationFrame(look);
})"""


def shift_of(page: Page, site: SiteServer, name: str) -> float:
    """Return how much jumps on the page *name* of *site*, which must be served so that it may be in a frame."""
    page.goto(f"{site.address}404.html")
    shift = page.evaluate(MEASURE, f"{site.address}{name}")
    assert shift is not None, f"{name} does not load in a frame"
    return float(shift)
