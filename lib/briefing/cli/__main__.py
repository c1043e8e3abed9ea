"""`python -m briefing.cli`, where the command itself is not on the path."""

from briefing.cli import main

if __name__ == "__main__":
    main()
