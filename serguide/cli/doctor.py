"""`serguide doctor`: test what works on this machine, and say how to mend what does not."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from serguide.cli.config import config_path, defaults
from serguide.cli.options import json_option, libraries_of, library_option
from serguide.cli.printing import Styled, out, print_json, say
from serguide.cli.remedies import advised

if TYPE_CHECKING:
    from serguide.diagnostics import Check, Diagnosis

_MARKS = {"ok": ("ok  ", "green"), "warn": ("note", "yellow"), "fail": ("FAIL", "red")}


@click.command("doctor", epilog="Example: serguide doctor --json > doctor.json")
@click.option("--online", is_flag=True, help="Ask the online voice for one word, too.")
@library_option
@json_option
@click.pass_context
def command(ctx: click.Context, online: bool, libraries: tuple[str, ...], as_json: bool) -> None:
    """Try what serguide needs on this machine, and say how to mend what does not work.

    Ends with 1 when something that is needed fails. No network is used without --online.
    """
    from serguide import diagnostics as doctor

    checks: list[tuple[str, Check]] = [
        ("python", doctor.python),
        ("libraries", doctor.libraries),
        ("voice", doctor.voice),
        ("natural voices", doctor.natural_voices),
        ("plug-ins", doctor.plugins),
        ("encoder", doctor.encoder),
        ("audio device", doctor.audio),
        ("cache", doctor.cache),
        ("config", _config),
        ("library", lambda: doctor.scripts(libraries_of(ctx, libraries))),
        ("contacts", doctor.contacts),
        ("second reader", doctor.second_reader),
        ("terminal", doctor.terminal),
    ]
    if online:
        checks.append(("online voice", doctor.online_voice))
    findings = doctor.examine(checks)
    if as_json:
        print_json([{**dataclasses.asdict(each), "mend": advised(each.mend)} for each in findings])
    else:
        _print(findings)
    failed = sum(finding.state == "fail" for finding in findings)
    say(f"{failed} of {len(findings)} checks failed" if failed else "everything needed works")
    if failed:
        raise click.exceptions.Exit(1)


def _config() -> Diagnosis:
    from serguide.diagnostics import Diagnosis

    path = config_path()
    if not path.is_file():
        return Diagnosis("config", "ok", f"none; options could stand in {path}")
    found = defaults()
    return Diagnosis("config", "ok", f"{path} sets {', '.join(found) or 'nothing'}")


def _print(findings: list[Diagnosis]) -> None:
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark, colour = _MARKS[finding.state]
        out(Styled(mark, colour=colour), f"  {finding.name.ljust(width)}  {finding.what}")
        if finding.mend:
            out(f"{'':{width + 6}}  {advised(finding.mend)}")
