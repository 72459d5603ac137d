"""Whether there are the settings that the environment names."""

import os
from importlib.util import find_spec

from config.environment.reading import WrongVariable
from config.environment.sentences import gettext as _

NAME = "DJANGO_SETTINGS_MODULE"


def require_settings_module() -> None:
    """End with a sentence where the settings that are to be loaded do not exist."""
    name = os.environ.get(NAME, "")
    try:
        found = find_spec(name)
    except (ImportError, ValueError):
        found = None
    if found is None:
        raise WrongVariable(
            _(
                "DJANGO_SETTINGS_MODULE is “%(name)s”, and there are no such settings,"
                " so nothing was started. Write config.settings.production for a real"
                " installation, or leave it out for the demo."
            )
            % {"name": name}
        )
