"""End the roles of liaisons whose unit has left the register already."""

import datetime as dt
from typing import Any

from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def end_roles(apps: Any, _schema_editor: Any) -> None:
    """End them today, as the end of a unit ends them from now on."""
    today = timezone.localdate()
    roles = apps.get_model("accounts", "RoleAssignment").objects
    for role in roles.filter(
        Q(ends_on=None) | Q(ends_on__gt=today),
        voided_at=None,
        unit__ended_on__lte=today,
    ):
        role.ends_on = max(today, role.starts_on + dt.timedelta(days=1))
        role.save(update_fields=["ends_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_delegated_assignments"),
        ("organizations", "0005_street_approval"),
    ]

    operations = [migrations.RunPython(end_roles, migrations.RunPython.noop)]
