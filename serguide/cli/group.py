"""Root command group: lazy loading of commands, and errors turned into messages and exit codes."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from typing import Any, NoReturn

import click

from serguide import __version__
from serguide.base.errors import SerguideError
from serguide.base.printable import printable
from serguide.base.signals import MESSAGE, Terminated
from serguide.base.streams import silence

COMMANDS = {
    "studio": "studio_starting",
    "list": "listing",
    "show": "show",
    "check": "check",
    "render": "render",
    "batch": "batching",
    "play": "play",
    "handout": "handout",
    "seal": "seal",
    "unseal": "unseal",
    "publish": "web",
    "voices": "voices",
    "recordings": "recordings",
    "record": "record",
    "soundscapes": "soundscapes",
    "new": "new",
    "import": "importing",
    "schema": "schema",
    "doctor": "doctor",
    "cache": "cache",
}
"""Every command, and the module of this package that holds it as `command`."""


class _Shown(click.ClickException):
    """Print an error of ours the way click prints its own, with our exit code."""

    def __init__(self, error: SerguideError) -> None:
        from serguide.cli.remedies import shown

        super().__init__(shown(error))
        self.exit_code = error.exit_code

    def show(self, file: Any = None) -> None:
        _say(self.message)


class Program(click.Group):
    """Find commands when they are asked for, and turn errors into messages and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"serguide.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command when there is none of that name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from serguide.base.nearest import nearest

            for near in nearest(args[0], COMMANDS):
                error.message += f" Did you mean `{near}`?"
            raise

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and say so when what click prints by itself, such as help, cannot be printed."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            from serguide.cli.printing import not_printed, say

            failure = not_printed(error)
            say(f"{failure.message}\n    {failure.hint}")
            sys.exit(failure.exit_code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; no traceback ever reaches a user."""
        try:
            return super().invoke(ctx)
        except SerguideError as error:
            raise _Shown(error) from None
        except KeyboardInterrupt:
            _say(MESSAGE)
            raise click.exceptions.Exit(130) from None
        except Terminated:
            _say(MESSAGE)
            raise click.exceptions.Exit(143) from None
        except BrokenPipeError:
            _quiet_pipe()
        except click.ClickException as error:
            error.message = printable(error.message)
            raise
        except (click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if _while_printing(error):
                from serguide.cli.printing import not_printed

                raise _Shown(not_printed(error)) from None
            where = f" ({error.filename})" if error.filename else ""
            raise _Shown(
                SerguideError(
                    f"the system said: {error.strerror or error}{where}",
                    "check free space and permissions; `serguide doctor` looks at both",
                )
            ) from None
        except Exception as error:
            if os.environ.get("SERGUIDE_DEBUG"):
                raise
            raise _Shown(_unexpected(error)) from None


def _while_printing(error: OSError) -> bool:
    """Say whether it was click that could not write, as it does a command's help."""
    *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
    return frame.f_globals.get("__name__") == "click.utils"


def _say(message: str) -> None:
    from serguide.cli.printing import say

    say(message)


def _quiet_pipe() -> NoReturn:
    """End without a word when whoever reads our output has gone, as `head` does."""
    silence(sys.stdout.fileno())
    raise click.exceptions.Exit(0)


def _unexpected(error: Exception) -> SerguideError:
    """Keep the traceback in a file, and tell a person where."""
    import tempfile

    with tempfile.NamedTemporaryFile(
        "w", prefix="serguide-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"serguide {__version__}, Python {sys.version}\n")
        traceback.print_exception(error, file=file)
    return SerguideError(
        f"something went wrong inside serguide: {type(error).__name__}",
        f"this is a fault of the program; {file.name} says where (it may hold a text of yours)",
    )


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: serguide render the-first-evening -o evening",
)
@click.version_option(__version__, prog_name="serguide", message="%(prog)s %(version)s")
@click.option(
    "--library",
    "libraries",
    multiple=True,
    metavar="DIR",
    help="A library of your own, looked through first. Also before or after a command's name.",
)
@click.pass_context
def cli(ctx: click.Context, libraries: tuple[str, ...]) -> None:
    """Turn guided-imagery scripts into narrated, sequenced audio sessions.

    Begin with `serguide list`, then `serguide render the-first-evening`.
    """
    if "NO_COLOR" in os.environ:
        ctx.color = False
    ctx.obj = libraries
    if ctx.invoked_subcommand is not None:
        ctx.default_map = dict.fromkeys(COMMANDS, _defaults(ctx.invoked_subcommand))


def _defaults(command: str) -> dict[str, Any]:
    """Return the options of the config file; the doctor reports a broken one itself."""
    from serguide.cli.config import defaults

    try:
        return defaults()
    except SerguideError:
        if command == "doctor":
            return {}
        raise


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        # Titles in any language must not fail on a terminal with another encoding.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli(prog_name="serguide")
