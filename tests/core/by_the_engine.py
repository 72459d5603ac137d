"""The former templates, in which the template engine looped over cells and options."""

from pathlib import Path

from django.conf import settings
from django.test import override_settings

OLD = Path(settings.BASE_DIR, "tools/bench_templates")


def by_the_engine():
    """Use the former templates inside the block."""
    ours = settings.TEMPLATES[0]
    return override_settings(TEMPLATES=[{**ours, "DIRS": [OLD, *ours["DIRS"]]}])
