"""Checks that a real installation passes before it starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from accounts.models import User

DEMO_ACCOUNTS = "%d demo accounts exist; a real installation must not have any."
HINT = "Start from an empty database; never load the demo into a real one."


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
    return [Error(DEMO_ACCOUNTS % count, hint=HINT, id="jiedao.E001")] if count else []


def refuse_demo_accounts() -> None:
    """Stop a real installation from serving while a demo account exists."""
    if count := count_demo_accounts():
        raise ImproperlyConfigured(f"{DEMO_ACCOUNTS % count} {HINT}")
