"""WebKitGTK's MiniBrowser, the nearest to Safari that runs here, driven by Selenium."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from driven import Driven
from needed import missing, program
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from webdriver_keys import strokes


class WebKitPage(Driven):
    """One page in WebKitGTK."""

    patience = 20.0
    gone = (WebDriverException,)

    def __init__(self, driver: webdriver.WebKitGTK, address: str) -> None:
        super().__init__(address)
        self._driver = driver
        driver.get(address)

    def get(self, expression: str) -> Any:
        return self._driver.execute_script(f"return ({expression})")

    def press(self, *keys: str) -> None:
        chain = ActionChains(self._driver)
        for key in keys:
            for down, code in strokes(key):
                getattr(chain.w3c_actions.key_action, "key_down" if down else "key_up")(code)
        chain.perform()

    def tap(self, selector: str) -> None:
        element = self.get(self.shown(selector))
        ActionChains(self._driver, duration=0).move_to_element(element).click().perform()

    def drag(self, selector: str, to: str, *, share: float = 0.5) -> None:
        start, end = self.get(self.shown(selector)), self.get(self.shown(to))
        box = f"{self.shown(to)}.getBoundingClientRect()"
        wide, high = self.get(f"[{box}.width, {box}.height]")
        (
            ActionChains(self._driver, duration=60)
            .move_to_element(start)
            .click_and_hold()
            .move_by_offset(3, 10)
            .move_to_element_with_offset(
                end, round((share - 0.5) * wide), round((share - 0.5) * high)
            )
            .release()
            .perform()
        )

    def bring(self, selector: str, file: Path) -> None:
        self._driver.find_element("css selector", selector).send_keys(str(file))

    def reload(self) -> None:
        self._driver.refresh()

    def go_to(self, address: str) -> None:
        self._driver.get(address)

    def picture(self, path: Path) -> None:
        """Take a picture of what is to be seen."""
        self._driver.save_screenshot(str(path))


@contextlib.contextmanager
def webkit(
    address: str,
    environment: dict[str, str],
    *,
    scripts: bool = True,
    kind: type[WebKitPage] = WebKitPage,
) -> Iterator[Any]:
    """Open an address in a MiniBrowser of its own; yields the page, of this kind."""
    driver_path = program("WebKitWebDriver", package="webkit2gtk-driver")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = _minibrowser()
    options.add_argument("--automation")
    options.add_argument(f"--enable-javascript={'true' if scripts else 'false'}")
    service = webdriver.WebKitGTKService(driver_path, env=os.environ | environment)
    driver = webdriver.WebKitGTK(options=options, service=service)
    try:
        yield kind(driver, address)
    finally:
        driver.quit()


def _minibrowser() -> str:
    found = sorted(Path("/usr").glob("lib*/**/webkit*gtk-*/MiniBrowser"))
    return str(found[-1]) if found else missing("MiniBrowser", "apt-get install webkit2gtk-driver")
