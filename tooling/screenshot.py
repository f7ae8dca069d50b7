"""Takes the README's picture of the demonstration paper: its front page on a desk and a story on a phone.

`python -m tooling.screenshot` serves the paper itself and writes docs/images/front-page.webp; `--site URL` looks at a
paper that runs already.
"""

import argparse
import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tooling.debian import find_program
from tooling.processes import stop_in_order_when_terminated
from tooling.pytest_browser import CHROMIUM_FLAGS
from tooling.running_paper import running_paper

PICTURE = Path(__file__).resolve().parent.parent / "docs/images/front-page.webp"
DESK, PHONE = (1280, 960), (390, 844)
GROUND = (226, 224, 219)
MARGIN = 40
PICTURE_WIDTH = 1400
QUALITY = 72
"""Keeps the picture below 150 kB with the paper's headlines still legible."""
STORY_LINK = re.compile(r"/\d{4}/\d{2}/\d{2}/[^/]+/$")


def main() -> int:
    """Take the picture and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", help="address of a running paper, e.g. http://127.0.0.1:8000")
    site = parser.parse_args().site
    stop_in_order_when_terminated()
    if site:
        _take(site.rstrip("/"))
    else:
        with running_paper() as own_site:
            _take(own_site)
    print(f"{PICTURE}: {PICTURE.stat().st_size // 1000} kB")
    return 0


def _take(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_program("chromium"), args=CHROMIUM_FLAGS)
        front = _look(browser, f"{site}/", DESK)
        story = _look(browser, f"{site}{_lead_story(browser, site)}", PHONE)
        browser.close()
    _compose(front, story)


def _lead_story(browser: Browser, site: str) -> str:
    page = browser.new_page()
    page.goto(f"{site}/")
    links: list[str] = page.eval_on_selector_all("main h2 a", "links => links.map(link => link.getAttribute('href'))")
    page.close()
    return next(link for link in links if STORY_LINK.match(link))


def _look(browser: Browser, address: str, size: tuple[int, int]) -> Image.Image:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1.5)
    page.goto(address, wait_until="networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def _compose(front: Image.Image, story: Image.Image) -> None:
    """Set the phone beside the desk's screen, both on a quiet ground."""
    height = front.height + 2 * MARGIN
    story = story.resize((round(story.width * 0.92), round(story.height * 0.92)), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (front.width + story.width + 3 * MARGIN, height), GROUND)
    sheet.paste(front, (MARGIN, MARGIN))
    sheet.paste(story, (front.width + 2 * MARGIN, height - MARGIN - story.height))
    sheet.thumbnail((PICTURE_WIDTH, PICTURE_WIDTH), Image.Resampling.LANCZOS)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(PICTURE, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    sys.exit(main())
