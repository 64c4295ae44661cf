"""What developers work with holds together: the site of the docs, the hooks, the changelog."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from test_style import TYPES

import serguide

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "docs" / "CONTRIBUTING.md").read_text(encoding="utf-8")
HOOKS = {
    hook["id"]: hook
    for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))[
        "repos"
    ]
    for hook in repo["hooks"]
}


def build(config, target):
    command = ["properdocs", "build", "--strict", "-f", str(config), "-d", str(target)]
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT / ".properdocs.yml", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_is_whole_and_its_first_page_is_for_everybody(site):
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert {path.parent.name for path in site.glob("*/index.html")} >= pages
    first = (site / "index.html").read_text(encoding="utf-8")
    for heading in ("You listen", "You are a therapist", "You are a developer"):
        assert re.search(rf"<h2[^>]*>{heading}</h2>", first)


def test_the_site_fetches_nothing_from_elsewhere(site):
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|img|iframe)[^>]+src=\"(https?:)?//", text)
        fetched += re.findall(r"<link[^>]+stylesheet[^>]+href=\"(?:https?:)?//[^\"]+", text)
        assert fetched == [], page.name


@pytest.mark.parametrize("link", ["[x](no-such-page.md)", "[x](architecture.md#no-such-part)"])
def test_a_link_that_leads_nowhere_is_found(tmp_path, link):
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / ".properdocs.yml", tmp_path)
    with (tmp_path / "docs" / "glossary.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{link}\n")
    done = build(tmp_path / ".properdocs.yml", tmp_path / "site")
    assert done.returncode != 0
    assert "no-such" in done.stdout + done.stderr


def test_the_hooks_are_the_checks_of_ci():
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    entries = {hook["entry"] for hook in HOOKS.values()}
    checks = [["ruff", "check"], ["ruff", "format", "--check"], *TYPES]
    assert {f"python -m {' '.join(check)}" for check in checks} <= entries
    assert "npm --prefix tests/page/js run --silent check" in entries
    scripts = json.loads((ROOT / "tests/page/js/package.json").read_text(encoding="utf-8"))[
        "scripts"
    ]
    for name in ("lint", "types", "test"):
        assert re.search(rf"\bnpm (run -s )?{name}\b", scripts["check"])
    assert any("pytest" in entry and "not slow" in entry for entry in entries)
    assert {hook["language"] for hook in HOOKS.values()} == {"system"}, "nothing is fetched"


def test_contributing_tells_of_every_hook():
    for hook in HOOKS.values():
        tool = re.search(
            r"ruff check|ruff format|mypy|npm --prefix tests/page/js run|properdocs build|pytest",
            hook["entry"],
        )
        assert tool
        assert tool[0] in CONTRIBUTING


def test_the_changelog_has_this_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(serguide.__version__)}\] - \d{{4}}-\d\d-\d\d$", text, re.M)
    assert "## [Unreleased]" in text


def test_only_the_command_line_knows_the_version():
    """It goes into no bundle and no key: a release renders the same bytes as the one before."""
    package = Path(serguide.__file__).parent
    knows = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(
            r"serguide import __version__|serguide\.__version__|version\(.serguide.\)",
            path.read_text(encoding="utf-8"),
        )
    }
    assert knows == {"cli/group.py"}
