"""WebKitGTK's MiniBrowser, the nearest to Safari that runs here, driven by Selenium."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from listening import Listener
from needed import missing, program
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

KEYS = {"Escape": Keys.ESCAPE}


class WebKitListener(Listener):
    """One listener with one page in WebKitGTK."""

    patience = 20.0

    def __init__(self, driver: webdriver.WebKitGTK, address: str) -> None:
        super().__init__(address)
        self._driver = driver
        driver.get(address)

    def get(self, expression: str) -> Any:
        return self._driver.execute_script(f"return ({expression})")

    def press(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self._driver).send_keys(KEYS.get(key, key)).perform()

    def tap(self, selector: str) -> None:
        element = self.get(self.shown(selector))
        ActionChains(self._driver, duration=0).move_to_element(element).click().perform()

    def reload(self) -> None:
        self._driver.refresh()


@contextlib.contextmanager
def webkit(address: str, environment: dict[str, str], *, scripts: bool) -> Iterator[WebKitListener]:
    """Open an address in a MiniBrowser of its own."""
    driver_path = program("WebKitWebDriver", package="webkit2gtk-driver")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = _minibrowser()
    options.add_argument("--automation")
    options.add_argument(f"--enable-javascript={'true' if scripts else 'false'}")
    service = webdriver.WebKitGTKService(driver_path, env=os.environ | environment)
    driver = webdriver.WebKitGTK(options=options, service=service)
    try:
        yield WebKitListener(driver, address)
    finally:
        driver.quit()


def _minibrowser() -> str:
    found = sorted(Path("/usr").glob("lib*/**/webkit*gtk-*/MiniBrowser"))
    return str(found[-1]) if found else missing("MiniBrowser", "apt-get install webkit2gtk-driver")
