"""Start the command line: `serguide`, or `python -m serguide`."""

from serguide.cli import main

if __name__ == "__main__":
    main()
