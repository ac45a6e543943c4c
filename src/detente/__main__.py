"""``python -m detente`` and the ``detente`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; a known error is one line, a closed pipe is silent."""
    from detente.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
