"""Count no meeting as held that had no quorum, in months that are still open."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, F, Q

from core.db.tree import ancestor_paths

DECIDING = (
    "members_meeting",
    "committee_meeting",
    "group_meeting",
    "organization_life_meeting",
)


def find_quorums(apps: Any, schema_editor: Any) -> None:
    """Mark the meetings without a quorum whose month is open; closed ones count on."""
    meetings = apps.get_model("communities", "Meeting").objects
    states = apps.get_model("organizations", "MonthState").objects
    requests = apps.get_model("organizations", "RecountRequest").objects
    votes = Q(attendances__votes=True)
    rows = meetings.filter(kind__in=DECIDING).annotate(
        voters=Count("attendances", filter=votes),
        there=Count("attendances", filter=votes & Q(attendances__presence="present")),
    )
    rows = rows.filter(voters__gte=F("there") * 2)
    for row in rows.select_related("organization").order_by("pk"):
        path = row.organization.path
        above = states.filter(organization__path__in=[*ancestor_paths(path), path])
        if above.filter(status="closed", month__gte=row.month).exists():
            continue
        requests.create(organization_id=row.organization_id, month=row.month)
        meetings.filter(pk=row.pk).update(counts_as_held=False)


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0006_both_ends"),
        ("organizations", "0005_street_approval"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="counts_as_held",
            field=models.BooleanField(
                default=True, editable=False, verbose_name="counts as held"
            ),
        ),
        migrations.RunPython(find_quorums, migrations.RunPython.noop),
    ]
