"""Draws the README's picture of the report: python tests/report/picture.py RESULTS, with the example corpus's results."""

from __future__ import annotations

import base64
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from report_browser import Browser

WIDTH, HEIGHT, SHOWN, COLOURS, MARGIN = 1180, 16_000, 944, 64, 6
SEARCHED = "Ray Jones"
ROWS = "[...document.querySelectorAll('#statement-list > li')].filter(row => row.offsetParent)"


def part(browser: Browser, top: str, bottom: str) -> Image.Image:
    """The page from the top of one element to the bottom of another."""
    first = browser.run(f"{top}.getBoundingClientRect().top + scrollY") - MARGIN
    last = browser.run(f"{bottom}.getBoundingClientRect().bottom + scrollY") + MARGIN
    clip = {"x": 0, "y": max(0, first), "width": WIDTH, "height": last - max(0, first), "scale": 1}
    taken = browser.send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
    return Image.open(io.BytesIO(base64.b64decode(taken["data"]))).convert("RGB")


def main(results: Path) -> None:
    """Three parts of the page under each other: the finding, sides by holder, a statement in its passage."""
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(Path(profile))
        browser.open((results / "report.html").resolve().as_uri(), width=WIDTH, height=HEIGHT)
        element = "document.querySelector('{}')".format
        parts = [part(browser, element("body"), element("#finding .points li:nth-child(2)")),
                 part(browser, element("#t-holders"), element("#t-holders"))]
        browser.run(f"document.getElementById('f-search').value = '{SEARCHED}'; "
                    "document.getElementById('filters').dispatchEvent(new Event('input'))")
        opened = f"{ROWS}.find(row => row.dataset.side === 'against' && row.querySelector('.m-holder'))"
        browser.run(f"{opened}.querySelector('details').open = true")
        parts.append(part(browser, opened, opened))
        browser.close()
    height = sum(image.height for image in parts)
    picture = Image.new("RGB", (WIDTH, height), "#fdfcfa")
    for i, image in enumerate(parts):
        picture.paste(image, (0, sum(earlier.height for earlier in parts[:i])))
    small = picture.resize((SHOWN, height * SHOWN // WIDTH), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(Path(__file__).with_name("report.png"), optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
