"""Checks that a real installation passes before it starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from accounts.chain_heads import find_unclear_target
from accounts.models import User
from core.registries.readiness import find_problems

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


@register(Tags.security, deploy=True)
def check_head_of_the_log(**_kwargs: Any) -> list[CheckMessage]:
    """Fail `check --deploy` while the head of the audit log would go nowhere."""
    sentence = find_unclear_target()
    return [Error(sentence, id="jiedao.E003")] if sentence else []


@register(Tags.security, Tags.database, deploy=True)
def check_readiness(databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Fail `check --deploy --database default` with what would refuse the start."""
    if not databases:
        return []
    return [
        Error(sentence, id="jiedao.E002")
        for key, sentences in find_problems(only_at_start=True).items()
        if key != "demo"  # said by the check above
        for sentence in sentences
    ]
