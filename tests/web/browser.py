"""A headless browser that visits the playground as a user does: with pointer, keyboard and files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FLAGS = """--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --window-size=1500,1000
--disable-background-networking --disable-component-update --disable-sync""".split()

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")

_PATIENCE_S = 60.0


class Server:
    """`smashcima playground` in a process of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "smashcima", "playground", "--port", "0", "--no-browser"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.address = next(word for word in line.split() if word.startswith("http://"))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


class Visitor:
    """A tab of the browser with the playground in it."""

    def __init__(self, address: str, downloads: Path) -> None:
        from selenium import webdriver

        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for flag in FLAGS:
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
        self.address = address

    def visit(self, fragment: str = "") -> None:
        """Opens the playground afresh, and waits for its first page."""
        self.driver.get("about:blank")
        self.driver.get(self.address + fragment)
        self.wait(lambda: "objects" in self.text("#status"))
        self.settle()

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def text(self, selector: str) -> str:
        return str(self.find(selector).text)

    def js(self, code: str, *arguments: Any) -> Any:
        return self.driver.execute_script(code, *arguments)

    def choose(self, selector: str, value: str) -> None:
        from selenium.webdriver.support.ui import Select

        Select(self.find(selector)).select_by_value(value)
        self.settle()

    def settle(self) -> None:
        """Waits until the page that was asked for is there."""
        time.sleep(0.5)  # the page waits for further changes before it asks
        self.wait(lambda: not self.find("#busy").is_displayed())

    def wait(self, condition: Callable[[], Any]) -> None:
        end = time.monotonic() + _PATIENCE_S
        while not condition():
            assert time.monotonic() < end, self.driver.get_log("browser")
            time.sleep(0.05)

    def hover(self, element: Any) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).move_to_element(element).move_by_offset(1, 0).move_by_offset(
            -1, 0
        ).perform()

    def point(self, x: float, y: float) -> None:
        """Moves the pointer to a place in the window, in pixels."""
        from selenium.webdriver.common.actions.action_builder import ActionBuilder

        actions = ActionBuilder(self.driver)
        actions.pointer_action.move_to_location(round(x), round(y))
        actions.perform()

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def complaints(self) -> list[str]:
        """Errors in the console, such as violations of the policy."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]
