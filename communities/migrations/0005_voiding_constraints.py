"""Constrain voided meetings and projects."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_voiding")]

    operations = [
        migrations.RemoveField(model_name="meeting", name="withdrawn_on"),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("held_on__isnull", True),
                        (
                            "held_on__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("month__isnull", True),
                        (
                            "month__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("voided_at__isnull", True),
                        (
                            "voided_at__range",
                            [
                                datetime.datetime(
                                    1900, 1, 1, 0, 0, tzinfo=datetime.UTC
                                ),
                                datetime.datetime(
                                    2100, 12, 31, 0, 0, tzinfo=datetime.UTC
                                ),
                            ],
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("void_month__isnull", True),
                        (
                            "void_month__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                ),
                name="meeting_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("void_reason", ""),
                        ("voided_at", None),
                        ("void_month__isnull", True),
                    ),
                    models.Q(
                        ("voided_at__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                        ("void_month__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meeting_voided_says_why",
                violation_error_message="An entry is voided with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("void_month", None),
                    ("void_month__gte", models.F("month")),
                    _connector="OR",
                ),
                name="meeting_is_not_voided_before_it_counts",
                violation_error_message="A meeting cannot stop counting before it counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
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
                        ("voided_at__isnull", True),
                        (
                            "voided_at__range",
                            [
                                datetime.datetime(
                                    1900, 1, 1, 0, 0, tzinfo=datetime.UTC
                                ),
                                datetime.datetime(
                                    2100, 12, 31, 0, 0, tzinfo=datetime.UTC
                                ),
                            ],
                        ),
                        _connector="OR",
                    ),
                ),
                name="project_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_reason", ""), ("voided_at", None)),
                    models.Q(
                        ("voided_at__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="project_voided_says_why",
                violation_error_message="An entry is voided with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)),
                fields=("organization", "name", "starts_on"),
                name="project_name_once_per_start",
                violation_error_message="The community already has a project of this name that begins on this day. Choose another name, or use the recorded one.",
            ),
        ),
    ]
