"""Keys by the code points that WebDriver has for them: https://www.w3.org/TR/webdriver2/."""

from __future__ import annotations

CODES = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Alt": "\ue00a",
    "Escape": "\ue00c",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Delete": "\ue017",
    "F8": "\ue038",
}


def strokes(key: str) -> list[tuple[bool, str]]:
    """Return what goes down (True) and up for a key such as `Control+z`, as WebDriver has it."""
    *held, last = [key] if key == "+" else key.split("+")
    codes = [CODES.get(each, each) for each in (*held, last)]
    return [(True, code) for code in codes] + [(False, code) for code in reversed(codes)]
