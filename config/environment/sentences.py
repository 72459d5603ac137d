"""Sentences in Chinese before Django can translate: its settings are not there yet."""

import gettext as catalogues
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
_catalogue = catalogues.translation("django", LOCALE, ["zh_Hans"], fallback=True)

gettext = _catalogue.gettext


def gettext_noop(text: str) -> str:
    """Mark a sentence that is translated where it is said."""
    return text
