"""A real browser on a real server: started for the tests, watched for errors and for strangers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 30_000  # milliseconds: a busy machine is no failure


def chromium() -> str:
    """The system's Chromium. Skips the test where there is none, but never on CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    message = "Chromium is not installed; on Debian: apt-get install chromium"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def launch(playwright: Playwright) -> Browser:
    """The browser, without a window."""
    return playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module, closed after them."""
    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@contextmanager
def serving(*names: Path | str, more: Sequence[str] = ()) -> Iterator[str]:
    """`nemcon serve` in a process of its own; gives the address that it prints."""
    command = [sys.executable, "-m", "nemcon", "serve", *map(str, names), "--port", "0", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Open http://"), line
            yield line.split()[1]
        finally:
            process.terminate()
            process.wait(20)


@dataclass
class Watch:
    """What a page asked for and complained of."""

    page: Page
    host: str
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._told)
        self.page.on("request", lambda request: self._asked(request.url))

    def _told(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        if kind in ("error", "warning"):
            self.errors.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "data" and parts.netloc != self.host:
            self.strangers.append(url)

    def clean(self) -> None:
        """Nothing went wrong, and nobody else was asked for anything."""
        assert self.errors == []
        assert self.strangers == []


def settled(page: Page) -> None:
    """Wait until the board shows what the controls ask for.

    Asked again and again from here: the page's policy allows no waiting by evaluated code.
    """
    until = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(_SETTLED):
        assert time.monotonic() < until, "the board does not show what the controls ask for"
        page.wait_for_timeout(25)


_SETTLED = """() => {
    const field = (id) => document.getElementById(id)?.value ?? "";
    const query = new URLSearchParams(location.search);
    return query.get("on") === field("on")
        && (query.get("known") ?? "") === field("known")
        && !document.querySelector(".htmx-request");
}"""
