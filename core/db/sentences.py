"""Explanations that people type: long enough to say something."""

from typing import Any

from django.db.models import CheckConstraint, F, Q, Value
from django.db.models.functions import Length, Replace, Substr, Trim
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

MIN_LENGTH = 5
MIN_DIFFERENT = 3
HOW_LONG = _("One sentence, of five characters at least.")
SAYS_TOO_LITTLE = _(
    "An explanation of less than five characters, or of the same ones again and again,"
    " tells nobody anything. Nothing was saved and what you wrote is kept: write in"
    " one sentence what the reason is."
)


def empty_or_sentence(
    column: str, *, name: str, unless: Q | None = None
) -> CheckConstraint:
    """Require a text to be empty, or a sentence of some substance.

    It has at least five characters, three of them different: “测试” and “一一一一一”
    explain nothing. `unless` excepts rows that nobody can correct any more.
    """
    text: Any = Trim(F(column))
    others = _without_first(_without_first(text))
    condition = Q(**{column: ""}) | Q(
        GreaterThanOrEqual(Length(text), MIN_LENGTH),
        GreaterThanOrEqual(Length(others), MIN_DIFFERENT - 2),
    )
    return CheckConstraint(
        condition=condition if unless is None else unless | condition,
        name=name,
        violation_error_message=SAYS_TOO_LITTLE,
    )


def _without_first(text: Any) -> Any:
    """Return a text without its first character, wherever that stands."""
    first: Any = Substr(text, 1, 1)
    return Replace(text, first, Value(""))


def is_too_brief(text: str) -> bool:
    """Whether the constraint refuses a text; for migrations of what is there."""
    plain = text.strip(" ")
    brief = len(plain) < MIN_LENGTH or len(set(plain)) < MIN_DIFFERENT
    return bool(text) and brief
