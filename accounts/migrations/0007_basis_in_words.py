"""Name the regulations behind thresholds; their numbers in our handbook say nothing.

It stands here because a migration that rewrites rows has to digest them again, and
digests are kept by this app.
"""

from typing import Any

from django.db import migrations

from accounts.actions.digests import digest_migrated
from organizations.models import Threshold

WORDS = {
    "R-01": "《中国共产党支部工作条例（试行）》第四条",
    "R-29": "党内统计的年龄分组",
}


def write_basis(apps: Any, _schema_editor: Any) -> None:
    """Replace rule numbers by what they stand for."""
    rows = apps.get_model("organizations", "Threshold").objects
    keys = list(rows.filter(basis__in=WORDS).values_list("pk", flat=True))
    for number, words in WORDS.items():
        rows.filter(basis=number).update(basis=words)
    if keys:
        digest_migrated(Threshold, keys)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_key_checks"),
        ("organizations", "0005_street_approval"),
    ]

    operations = [migrations.RunPython(write_basis, migrations.RunPython.noop)]
