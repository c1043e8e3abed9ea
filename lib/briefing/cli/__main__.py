"""`python -m briefing.cli`, where the command itself is not on the path."""

import os
import sys

from briefing.cli import main

if __name__ == "__main__":
    if not sys.flags.safe_path and sys.path[0] == os.getcwd():
        del sys.path[
            0
        ]  # Python put it there: what lies in the current folder is not to be imported
    main()
