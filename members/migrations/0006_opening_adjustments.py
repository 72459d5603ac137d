"""Count no void as a loss in a month that is still open: its opening is adjusted."""

from typing import Any

from django.db import migrations, models

from core.db.tree import ancestor_paths


def take_back_losses(apps: Any, schema_editor: Any) -> None:
    """Clear the months in which voids count as losses, where they are open."""
    affiliations = apps.get_model("members", "Affiliation").objects
    states = apps.get_model("organizations", "MonthState").objects
    requests = apps.get_model("organizations", "RecountRequest").objects
    losses = affiliations.filter(ends_on=None, end_month__isnull=False)
    for row in losses.select_related("organization").order_by("pk"):
        path = row.organization.path
        above = states.filter(organization__path__in=[*ancestor_paths(path), path])
        if above.filter(status="closed", month__gte=row.end_month).exists():
            continue
        requests.create(organization_id=row.organization_id, month=row.end_month)
        row.end_month, row.end_reason = None, ""
        row.save(update_fields=["end_month", "end_reason"])


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_voiding_constraints"),
        ("organizations", "0005_street_approval"),
    ]

    operations = [
        migrations.AlterField(
            model_name="affiliation",
            name="start_reason",
            field=models.CharField(
                choices=[
                    ("developed", "Newly admitted to the Party"),
                    ("transferred_in", "Transferred in"),
                    ("recorded", "Recorded afterwards"),
                    ("restored", "Membership restored"),
                    ("moved", "Moved between branches of one community"),
                    ("continued", "Continued, the end was recorded by mistake"),
                ],
                max_length=20,
                verbose_name="reason",
            ),
        ),
        migrations.RunPython(take_back_losses, migrations.RunPython.noop),
    ]
