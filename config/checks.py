"""What must hold before a real installation starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection

from accounts.models import User


@register(Tags.database)
def no_demo_account_in_production(
    *, databases: Any = None, **_kwargs: Any
) -> list[CheckMessage]:
    """A production installation does not start while a demo account exists."""
    if settings.DEMO or not databases:
        return []
    try:
        if User._meta.db_table not in connection.introspection.table_names():
            return []
        found = User.objects.filter(is_demo=True).count()
    except DatabaseError:
        return []
    if not found:
        return []
    return [
        Error(
            f"{found} demo accounts exist; a real installation must not have any.",
            hint="Start from an empty database; never load the demo into a real one.",
            id="jiedao.E001",
        )
    ]
