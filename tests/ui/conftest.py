"""The demonstration, running, and a browser to look at it with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Seed and count of the traffic: what is referred, and why, is known.
COUNT, SEED = 24, 1
START_TIMEOUT_S = 240


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A running one."""

    address: str
    passwords: dict[str, str]


def _skip_or_fail(reason: str) -> None:
    if os.environ.get("RIAC_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}, and RIAC_REQUIRE_BROWSER=1 asks for it")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        _skip_or_fail("no Chromium on this machine")
    if not (ROOT / "serve" / "ui" / "dist" / "index.html").is_file():
        _skip_or_fail("the page is not built (make ui)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def demonstration(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("demonstration")
    command = [sys.executable, "-m", "serve.cli", "demo", "--seed", str(SEED)]
    command += ["--count", str(COUNT), "--rate", "120", "--data", str(folder / "kept")]
    log = folder / "output.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT)
    try:
        text = _wait_for(log, "The traffic is over", process)
        address = re.search(r"http://127\.0\.0\.1:\d+", text)
        assert address is not None, text
        accounts = dict(re.findall(r"(analyst|supervisor|admin) +\1 +(\S+)", text))
        yield Demonstration(address.group(), accounts)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(log: Path, words: str, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + START_TIMEOUT_S
    while words not in (text := log.read_text(encoding="utf-8")):
        assert process.poll() is None, text
        assert time.monotonic() < deadline, text
        time.sleep(0.2)
    return text


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser page of one person, and what the page complained of."""

    page: Page
    complaints: list[str]

    def log_in(self, demonstration: Demonstration, role: str) -> None:
        """Log in on a fresh page."""
        self.page.goto(demonstration.address)
        self.page.fill("[name=username]", role)
        self.page.fill("[name=password]", demonstration.passwords[role])
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("[data-testid=queue]")


def _visitor(context: BrowserContext) -> Visitor:
    page, complaints = context.new_page(), []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
    return Visitor(page, complaints)


@pytest.fixture
def visitors(browser: Browser) -> Iterator[list[Visitor]]:
    """Two people, each with a browser profile of their own."""
    contexts = [browser.new_context(viewport={"width": 1440, "height": 900}) for _ in range(2)]
    yield [_visitor(context) for context in contexts]
    for context in contexts:
        context.close()
