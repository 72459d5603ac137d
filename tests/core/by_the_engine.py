"""The templates as they stood when the engine walked cells and options."""

from pathlib import Path

from django.conf import settings
from django.test import override_settings

OLD = Path(settings.BASE_DIR, "tools/bench_templates")


def by_the_engine():
    """Put the old templates before ours for a while."""
    ours = settings.TEMPLATES[0]
    return override_settings(TEMPLATES=[{**ours, "DIRS": [OLD, *ours["DIRS"]]}])
