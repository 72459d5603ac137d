"""What must hold before a real installation starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from accounts.models import User

DEMO_ACCOUNTS = "%d demo accounts exist; a real installation must not have any."
HINT = "Start from an empty database; never load the demo into a real one."


def demo_accounts() -> int:
    """Count the demo accounts where there must be none; the demo itself has them."""
    if settings.DEMO:
        return 0
    if User._meta.db_table not in connection.introspection.table_names():
        return 0
    return int(User.objects.filter(is_demo=True).count())


@register(Tags.security, deploy=True)
def no_demo_account_in_production(**_kwargs: Any) -> list[CheckMessage]:
    """`check --deploy` fails while a demo account exists."""
    found = demo_accounts()
    return [Error(DEMO_ACCOUNTS % found, hint=HINT, id="jiedao.E001")] if found else []


def refuse_demo_accounts() -> None:
    """Stop a real installation from serving while a demo account exists."""
    if found := demo_accounts():
        raise ImproperlyConfigured(f"{DEMO_ACCOUNTS % found} {HINT}")
