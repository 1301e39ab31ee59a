"""An analyst's work in a browser: log in, look, judge; the API knows of it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import Demonstration, Visitor

pytestmark = pytest.mark.browser

DIFFERS = "Exit differs from entry"


def pixels(page: Page, pane: str) -> NDArray[np.uint8]:
    """What is to be seen of a picture: (H, W) grey."""
    shot = page.get_by_test_id(f"{pane}-picture").screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("L"))


def open_case(page: Page, reason: str) -> None:
    page.get_by_test_id("case-row").filter(has_text=reason).first.click()
    for side in ("entry", "exit"):
        page.wait_for_selector(f"[data-testid=pane-{side}][data-rendered=true]", timeout=60_000)


def fetched(page: Page, path: str) -> Any:
    """Ask the API with the page's own session."""
    answer = page.request.get(path)
    assert answer.ok, answer.text()
    return json.loads(answer.text())


def keep_screenshot(page: Page, name: str) -> None:
    """Write a screenshot where RIAC_SCREENSHOTS names a folder (`make screenshot`)."""
    folder = os.environ.get("RIAC_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(1000)
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        shot.quantize(128).save(Path(folder) / f"{name}.png", optimize=True)


def is_a_scan(picture: NDArray[np.uint8]) -> bool:
    """Air, walls and cargo: many grey levels, some bright and some dark."""
    levels = len(np.unique(picture))
    return levels > 60 and bool((picture > 180).mean() > 0.05 and (picture < 90).mean() > 0.02)


def test_a_referred_case_is_looked_at_and_judged(
    demonstration: Demonstration, visitors: list[Visitor]
) -> None:
    analyst, colleague = visitors
    page = analyst.page
    analyst.log_in(demonstration, "analyst")
    open_case(page, DIFFERS)
    container = page.get_by_test_id("case-container").inner_text().replace(" ", "")

    keep_screenshot(page, "case")
    before = {side: pixels(page, f"pane-{side}") for side in ("entry", "exit")}
    assert all(is_a_scan(picture) for picture in before.values())
    expect(page.get_by_test_id("reasons")).to_contain_text(DIFFERS)
    expect(page.get_by_test_id("seals")).to_contain_text("Declared")
    expect(page.get_by_test_id("declaration")).to_contain_text("HS code")
    assert page.get_by_test_id("nearest").locator("img").count() > 0

    # Both pictures are zoomed by the same wheel, and inverted by the same key.
    page.get_by_test_id("pane-entry").hover()
    page.mouse.wheel(0, -600)
    page.wait_for_timeout(400)
    zoomed = {side: pixels(page, f"pane-{side}") for side in ("entry", "exit")}
    for side in ("entry", "exit"):
        assert np.abs(zoomed[side].astype(int) - before[side]).mean() > 3, side
    page.keyboard.press("i")
    page.wait_for_timeout(400)
    for side in ("entry", "exit"):
        inverted = pixels(page, f"pane-{side}").astype(int)
        assert np.abs(inverted - (255 - zoomed[side].astype(int))).mean() < 25, side
    page.keyboard.press("r")

    # A colleague sees who has it, and cannot judge.
    colleague.log_in(demonstration, "supervisor")
    colleague.page.goto(page.url)
    expect(colleague.page.get_by_test_id("read-only")).to_contain_text("analyst", timeout=20_000)
    assert colleague.page.get_by_test_id("give-verdict").count() == 0

    page.keyboard.press("e")
    page.get_by_test_id("mark-machine").click()
    page.get_by_test_id("comment").fill("Look behind the third stack.")
    page.get_by_test_id("give-verdict").click()
    page.wait_for_selector("[data-testid=queue]", timeout=20_000)

    case = next(
        case
        for case in fetched(page, f"{demonstration.address}/v1/cases?state=closed")["cases"]
        if case["container_number"] == container
    )
    (verdict,) = fetched(page, f"{demonstration.address}/v1/verdicts?case={case['id']}")
    assert verdict["verdict"] == "examine"
    assert verdict["comment"] == "Look behind the third stack."
    assert verdict["analyst"] == "analyst"
    assert verdict["regions"]
    assert analyst.complaints == []
    # The browser itself notes the answer "locked by another".
    assert all("409 (Conflict)" in one for one in colleague.complaints), colleague.complaints


def test_flicker_puts_one_picture_on_the_place_of_the_other(
    demonstration: Demonstration, visitors: list[Visitor]
) -> None:
    page = visitors[0].page
    visitors[0].log_in(demonstration, "supervisor")
    open_case(page, DIFFERS)
    page.keyboard.press("x")
    entry, exit_ = (page.get_by_test_id(f"pane-{side}") for side in ("entry", "exit"))
    page.keyboard.press("z")
    front, behind = (exit_, entry) if exit_.is_visible() else (entry, exit_)
    expect(front).to_be_visible()
    expect(behind).to_be_hidden()
    assert front.bounding_box() == behind.bounding_box()
    page.keyboard.press("z")
    expect(behind).to_be_visible()
    expect(front).to_be_hidden()
    keep_screenshot(page, "flicker")
    page.keyboard.press("x")
    expect(entry).to_be_visible()
    expect(exit_).to_be_visible()


def test_a_wrong_password_is_told_and_opens_nothing(
    demonstration: Demonstration, visitors: list[Visitor]
) -> None:
    page = visitors[0].page
    page.goto(demonstration.address)
    page.fill("[name=username]", "analyst")
    page.fill("[name=password]", "not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("login-failure")).to_be_visible()
    assert page.get_by_test_id("queue").count() == 0


def test_a_container_is_found_by_its_number(
    demonstration: Demonstration, visitors: list[Visitor]
) -> None:
    visitor = visitors[0]
    visitor.log_in(demonstration, "supervisor")
    row = visitor.page.get_by_test_id("case-row").first
    number = row.inner_text().split("\n")[1].replace(" ", "")
    visitor.page.get_by_test_id("search").fill(number)
    visitor.page.keyboard.press("Enter")
    results = visitor.page.get_by_test_id("search-results")
    expect(results).to_contain_text(number[:4], timeout=20_000)
    assert visitor.complaints == []
