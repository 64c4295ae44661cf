"""Sheets from the emptiest to the fullest that a session can ask for."""

from __future__ import annotations

import base64
import json
from importlib import resources

from serguide.notices.model import Practice

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
)
PRACTICE = Practice(
    "Practice for CranioSacral Therapy by the River",
    "CranioSacral therapy and bodywork, Brno and Bratislava",
    f"data:image/svg+xml;base64,{base64.b64encode(LOGO).decode()}",
)
URL = "https://sessions.practice-by-the-river.example.org/listen/k7qf2m-w9xz-4t/"
LANGUAGES = ("en", "cs", "sk", "de")


def all_cautions(language):
    folder = resources.files("serguide.notices")
    data = json.loads((folder / "cautions.json").read_text(encoding="utf-8"))
    return tuple(data["sentences"][language].values())


def least():
    return {"contacts": (), "locale": "en"}


def usual(language):
    country = {"en": "US", "cs": "CZ", "sk": "SK", "de": "DE"}[language]
    return {
        "locale": f"{language}-{country}",
        "cautions": all_cautions(language)[3:4],
        "supervised_by": "Ana Nová",
    }


def most(language):
    """Every caution, every country of the language, the longest names."""
    return {
        "cautions": all_cautions(language),
        "supervised_by": "Dr. Anna-Magdalena Nováková-Schwarzenbergová",
        "made_for": "Maximiliána-Konstancie",
        "title": "A rather long title for a session that somebody wrote with care",
        "about": "This sentence tells what the session is for and how it goes about it. " * 9,
    }
