"""Checks that a real installation passes before it starts."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.registries.readiness import (
    find_problems,
    readiness_checks,
    warning_keys,
)

DEMO_ACCOUNTS = _(
    "%(count)d demo accounts exist; a real installation must not have any."
)
HINT = _("Start from an empty database; never load the demo into a real one.")


def count_demo_accounts() -> int:
    """Count the demo accounts in a real installation; the demo itself counts none."""
    if settings.DEMO:
        return 0
    if User._meta.db_table not in connection.introspection.table_names():
        return 0
    return int(User.objects.filter(is_demo=True).count())


@register(Tags.security, deploy=True)
def check_demo_accounts(**_kwargs: Any) -> list[CheckMessage]:
    """Fail `check --deploy` while a demo account exists."""
    count = count_demo_accounts()
    sentence = DEMO_ACCOUNTS % {"count": count}
    return [Error(sentence, hint=str(HINT), id="jiedao.E001")] if count else []


@register(Tags.security, Tags.database, deploy=True)
def check_readiness(databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Fail `check --deploy --database default` with what would refuse the start.

    What breaks no page, such as a broker that does not answer, is a warning.
    """
    if not databases:
        return []
    refusing = {check.key for check in readiness_checks if check.at_start}
    return [
        Error(sentence, id="jiedao.E002")
        if key in refusing
        else checks.Warning(sentence, id="jiedao.W001")
        for key, sentences in find_problems().items()
        if key not in {"demo", *warning_keys()}  # said above, and by `/readyz`
        for sentence in sentences
    ]
