"""Take the screenshots of the README from a running demo, one for each role.

`python tools/screenshots.py http://127.0.0.1:8000` signs in as each role with what
`var/demo-accounts.txt` says, opens its page and writes `docs/images/`. Chromium is the
machine's own: /usr/bin/chromium, or what CHROMIUM names.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = ROOT / "var" / "demo-accounts.txt"
IMAGES = ROOT / "docs" / "images"
DESKTOP: ViewportSize = {"width": 1200, "height": 760}
PHONE: ViewportSize = {"width": 390, "height": 760}
LARGEST = 150_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot of one role's page.

    `path` is where the role begins; `follow` names links (CSS selectors) to be clicked
    from there, because keys differ from one demo to the next.
    """

    name: str
    username: str
    path: str
    size: ViewportSize
    follow: tuple[str, ...] = ()


PICTURES = (
    Picture("staff", "jiedao", "/returns/", DESKTOP),
    Picture("secretary", "shuji", "/returns/", DESKTOP, ("main tbody a",)),
    Picture("officer", "shiwei", "/dashboard/", DESKTOP),
    Picture("accountant", "kuaiji", "/funds/", DESKTOP, ("main tbody a",)),
    Picture("member", "dangyuan", "/posts/", PHONE),
    Picture("liaison", "danwei", "/unit/", PHONE),
)


def passwords() -> dict[str, str]:
    """Return the passwords of the demo's accounts by username."""
    lines = ACCOUNTS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line]
    return {username: password for _role, username, password in rows}


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    """Sign in through the page."""
    page.goto(f"{address}/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: urlsplit(url).path != "/sign-in/")


def take_picture(
    browser: Browser, address: str, picture: Picture, password: str
) -> Path:
    """Sign in, go to the page, and save the visible part."""
    target = IMAGES / f"{picture.name}.png"
    context = browser.new_context(viewport=picture.size, locale="zh-CN")
    page = context.new_page()
    sign_in(page, address, picture.username, password)
    responses = [page.goto(f"{address}{picture.path}")]
    for link in picture.follow:
        with page.expect_navigation() as navigation:
            page.locator(link).first.click()
        responses.append(navigation.value)
    for response in responses:
        if response is None or not response.ok:
            sys.exit(
                f"{picture.username} gets no {response.url if response else 'page'}."
            )
    page.wait_for_load_state("networkidle")
    page.screenshot(path=target, animations="disabled")
    context.close()
    return target


def take_all(address: str, chosen: Iterable[Picture]) -> None:
    """Take the pictures one after the other, each in a new browser context."""
    known = passwords()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )
        for picture in chosen:
            path = take_picture(browser, address, picture, known[picture.username])
            size = path.stat().st_size
            remark = "  (too large)" if size > LARGEST else ""
            print(f"{path.relative_to(ROOT)}  {size // 1000} KB{remark}")
        browser.close()


def main() -> None:
    """Take all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="of a running demo, as it prints it")
    parser.add_argument("names", nargs="*", help="of pictures; all where none is named")
    options = parser.parse_args()
    if not ACCOUNTS.exists():
        sys.exit(f"{ACCOUNTS.relative_to(ROOT)} is missing: is there a demo?")
    chosen = [p for p in PICTURES if not options.names or p.name in options.names]
    take_all(options.address.rstrip("/"), chosen)


if __name__ == "__main__":
    main()
