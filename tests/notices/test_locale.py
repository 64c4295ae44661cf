"""Whose numbers a bundle shows: what was asked for, else the language; never the machine."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from serguide.cli.group import cli


@pytest.fixture
def render(write, tmp_path):
    write("five-to-one.yaml", "title: g\nkind: grounding\ncues:\n  - say: Back.\n")
    path = write("t.yaml", "title: t\nkind: grounding\ncues:\n  - say: Look out of the window.\n")

    def render(*options, **environment):
        target = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        clean = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANG"))
        done = CliRunner(mix_stderr=False).invoke(
            cli,
            [
                "render",
                str(path),
                "-o",
                str(target),
                "--voice",
                "tone",
                "--format",
                "wav",
                *options,
            ],
            env={**clean, **environment},
        )
        return done, target

    return render


def countries(target):
    notices = json.loads((target / "session.json").read_text(encoding="utf-8"))
    contacts = notices["serguide"]["notices"]["contacts"]
    return list(dict.fromkeys(contact["country"] for contact in contacts))


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--locale", "AT"], {}),
        (["--locale", "de-AT"], {"LANG": "cs_CZ.UTF-8"}),
        ([], {"SERGUIDE_LOCALE": "de_AT.UTF-8"}),
    ],
)
def test_what_was_asked_for_is_shown(render, options, environment):
    done, target = render(*options, **environment)
    assert done.exit_code == 0, done.stderr
    assert countries(target) == ["AT"]
    assert "142  TelefonSeelsorge" in (target / "transcript.txt").read_text(encoding="utf-8")
    assert "numbers to call" not in done.stderr


def test_the_config_file_may_say_it(render, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("locale: IE\n", encoding="utf-8")
    done, target = render(SERGUIDE_CONFIG=str(config))
    assert done.exit_code == 0, done.stderr
    assert countries(target) == ["IE"]


def test_the_machine_changes_no_byte_and_is_only_pointed_out(render):
    plain, first = render()
    czech, second = render(LANG="cs_CZ.UTF-8")
    american, third = render(LC_ALL="en_US.UTF-8")
    assert countries(first) == ["EU", "US", "CA", "GB", "IE", "AU"]
    names = sorted(path.name for path in first.iterdir() if path.is_file())
    for name in names:
        assert (second / name).read_bytes() == (first / name).read_bytes(), name
        assert (third / name).read_bytes() == (first / name).read_bytes(), name
    for done in (plain, czech, american):
        told = " ".join(done.stderr.split())
        assert "guessed from the language “en”: 112 first, then those of US, CA, GB, IE, AU" in told
        assert "`locale:` in the config file" in told
    assert "machine is set to: --locale CZ" in " ".join(czech.stderr.split())


def test_no_guess_is_told_where_the_country_was_named(render):
    done, target = render("--locale", "CZ")
    assert countries(target) == ["CZ"]
    assert "guessed" not in done.stderr


def test_what_is_no_locale_ends_before_anything_is_done(render):
    done, target = render("--locale", "Austria")
    assert done.exit_code == 2
    assert "is no locale" in done.stderr
    assert "--locale AT" in done.stderr
    assert not target.exists()


def test_play_shows_the_numbers_that_were_asked_for(render, tmp_path, monkeypatch):
    planned = []

    def plan(*arguments):
        planned.append(arguments[3])
        raise KeyboardInterrupt

    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    monkeypatch.setattr("serguide.render.plan.plan", plan)
    runner = CliRunner(mix_stderr=False)
    words = ["play", str(tmp_path / "t.yaml"), "--voice", "tone"]
    assert runner.invoke(cli, [*words, "--locale", "AT"]).exit_code == 130
    assert runner.invoke(cli, words, env={"SERGUIDE_LOCALE": "de-AT"}).exit_code == 130
    assert runner.invoke(cli, words).exit_code == 130
    assert [settings.locale for settings in planned] == ["AT", "de-AT", None]
    assert runner.invoke(cli, [*words, "--locale", "nowhere at all"]).exit_code == 2
    assert len(planned) == 3


def test_the_numbers_of_a_bundle_stay_as_they_are(render, tmp_path):
    _, target = render()
    done = CliRunner(mix_stderr=False).invoke(cli, ["play", str(target), "--locale", "AT"])
    assert done.exit_code == 2
    assert "numbers to call are shown stay as they are" in " ".join(done.stderr.split())
