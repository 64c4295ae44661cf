"""Start the command line: `serguide`, or `python -m serguide`."""

from __future__ import annotations

from typing import NoReturn

try:
    from serguide.base.signals import guarded
except KeyboardInterrupt:
    raise SystemExit(130) from None


def main() -> NoReturn:
    """Run the command line and exit; what it needs is imported under guard."""

    def run() -> None:
        from serguide.base.streams import open_closed_streams

        open_closed_streams()
        from serguide.cli import main as command_line

        command_line()

    guarded(run)


if __name__ == "__main__":
    main()
