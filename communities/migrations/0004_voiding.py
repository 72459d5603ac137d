"""Void meetings and projects as other entries are voided.

Meetings withdrawn before are voided at the beginning of the day of their withdrawal.
"""

import datetime as dt
from typing import Any

from django.db import migrations, models
from django.utils import timezone


def void_withdrawn(apps: Any, schema_editor: Any) -> None:
    """Carry over the day of each withdrawal."""
    meetings = apps.get_model("communities", "Meeting").objects
    for meeting in meetings.exclude(withdrawn_on=None).iterator():
        midnight = dt.datetime.combine(meeting.withdrawn_on, dt.time())
        meeting.voided_at = timezone.make_aware(midnight)
        meeting.save(update_fields=["voided_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0003_meeting_bounds"),
        ("members", "0005_voiding_constraints"),
        ("organizations", "0005_street_approval"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meeting_withdrawal_is_counted",
        ),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meeting_withdrawn_says_why",
        ),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meeting_is_not_withdrawn_before_it_counts",
        ),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meeting_plausible_dates",
        ),
        migrations.RemoveConstraint(
            model_name="project",
            name="project_plausible_dates",
        ),
        migrations.RemoveConstraint(
            model_name="project",
            name="project_name_once_per_start",
        ),
        migrations.AddField(
            model_name="meeting",
            name="voided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="voided at"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="void_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=200,
                verbose_name="why it was voided",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="voided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="voided at"
            ),
        ),
        migrations.RenameField("meeting", "withdrawn_month", "void_month"),
        migrations.RenameField("meeting", "withdraw_reason", "void_reason"),
        migrations.AlterField(
            model_name="meeting",
            name="void_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=200,
                verbose_name="why it was voided",
            ),
        ),
        migrations.RunPython(void_withdrawn, migrations.RunPython.noop),
    ]
