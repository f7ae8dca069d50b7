"""The `broadsheet` command: Django's management commands under the paper's own name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command, e.g. `broadsheet serve --port 8000`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    execute_from_command_line(["broadsheet", *sys.argv[1:]])


if __name__ == "__main__":
    main()
