"""Deadlines extended for single returns."""

import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.db.sentences import empty_or_sentence


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0007_comments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="monthlyreturn",
            name="extended_to",
            field=models.DateField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="deadline extended to",
            ),
        ),
        migrations.CreateModel(
            name="DeadlineExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "voided_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="voided at"
                    ),
                ),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=200,
                        verbose_name="why it was voided",
                    ),
                ),
                (
                    "was_due_on",
                    models.DateField(editable=False, verbose_name="had been due on"),
                ),
                ("due_on", models.DateField(verbose_name="extended to")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="extended at"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="extended by",
                    ),
                ),
                (
                    "monthly_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="reports.monthlyreturn",
                        verbose_name="monthly return",
                    ),
                ),
            ],
            options={
                "verbose_name": "extended deadline",
                "verbose_name_plural": "extended deadlines",
                "ordering": ["monthly_return", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("was_due_on__isnull", True),
                                (
                                    "was_due_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("due_on__isnull", True),
                                (
                                    "due_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
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
                        name="deadlineextension_plausible_dates",
                        violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at", None)),
                            models.Q(
                                ("voided_at__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="deadlineextension_voided_says_why",
                        violation_error_message="An entry is voided with a reason.",
                    ),
                    empty_or_sentence(
                        "reason", name="deadlineextension_reason_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("was_due_on"))),
                        name="deadlineextension_is_later",
                        violation_error_message="An extended deadline is later than that of the round. Nothing was saved: choose a later day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("monthly_return",),
                        name="deadlineextension_once",
                        violation_error_message="The deadline of this return is extended already. Nothing was saved: void that extension first.",
                    ),
                ],
            },
        ),
    ]
