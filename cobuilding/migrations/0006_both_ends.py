"""Keep the agreed end of what was ended early beside the actual one."""

import datetime
from typing import Any

from django.conf import settings
from django.db import migrations, models

from core.db.past_ends import recover_planned_ends


def recover(apps: Any, _schema_editor: Any) -> None:
    """Fill the new columns of what was ended before."""
    recover_planned_ends(apps, "cobuilding", "Agreement", "cobuilding.end_agreement")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles_and_audit_log"),
        ("cobuilding", "0005_hundredths"),
        ("organizations", "0005_street_approval"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agreement",
            name="agreement_plausible_dates",
        ),
        migrations.AddField(
            model_name="agreement",
            name="ended_on",
            field=models.DateField(editable=False, null=True, verbose_name="ended on"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="planned_ends_on",
            field=models.DateField(
                editable=False, null=True, verbose_name="agreed until (exclusive)"
            ),
        ),
        migrations.RunPython(recover, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("starts_on__isnull", True),
                        (
                            "starts_on__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ends_on__isnull", True),
                        (
                            "ends_on__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ended_on__isnull", True),
                        (
                            "ended_on__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("planned_ends_on__isnull", True),
                        (
                            "planned_ends_on__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                ),
                name="agreement_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_ends_on", None),
                    ("ended_on__isnull", False),
                    _connector="OR",
                ),
                name="agreement_keeps_the_planned_end",
                violation_error_message="Only what was ended has an agreed end beside the actual one.",
            ),
        ),
    ]
