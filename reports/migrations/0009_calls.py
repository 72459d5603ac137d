"""Telephone calls about returns that are missing."""

import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0008_extended_deadlines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnCall",
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
                ("called_on", models.DateField(verbose_name="called on")),
                (
                    "spoke_with",
                    models.CharField(max_length=40, verbose_name="spoke with"),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=200, verbose_name="note"),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="recorded at"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="called by",
                    ),
                ),
                (
                    "monthly_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="reports.monthlyreturn",
                        verbose_name="monthly return",
                    ),
                ),
            ],
            options={
                "verbose_name": "call about a return",
                "verbose_name_plural": "calls about returns",
                "ordering": ["monthly_return", "called_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("called_on__isnull", True),
                            (
                                "called_on__range",
                                (
                                    datetime.date(1900, 1, 1),
                                    datetime.date(2100, 12, 31),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="returncall_plausible_dates",
                        violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
                    )
                ],
            },
        ),
    ]
