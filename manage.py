#!/usr/bin/env python
"""The command line of the installation."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

INSTALLATION = Path(__file__).resolve().parent / ".installation"
WITHOUT_ENVIRONMENT = (
    "This folder belongs to a real installation, and its environment is not loaded, so"
    " nothing was done. Run the command as `jiedao COMMAND …`."
)

if __name__ == "__main__":
    if INSTALLATION.exists() and "DJANGO_SETTINGS_MODULE" not in os.environ:
        sys.exit(WITHOUT_ENVIRONMENT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    execute_from_command_line(sys.argv)
