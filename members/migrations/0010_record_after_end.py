"""Records of days after an end, noted for their keepers."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from core.db.constraints import plausible_dates
from core.db.sentences import empty_or_sentence


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0009_organization_of_ending"),
        ("organizations", "0006_letter_validity"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordAfterEnd",
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
                    "kind",
                    models.CharField(max_length=60, verbose_name="kind of record"),
                ),
                (
                    "record",
                    models.PositiveBigIntegerField(
                        editable=False, verbose_name="number of the record"
                    ),
                ),
                ("day", models.DateField(verbose_name="day of the record")),
                (
                    "noted_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="noted at"
                    ),
                ),
                (
                    "kept_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="kept at"),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why it is right"
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kept as right by",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="member",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="kept by",
                    ),
                ),
            ],
            options={
                "verbose_name": "record after an end",
                "verbose_name_plural": "records after an end",
                "ordering": ["day", "pk"],
                "constraints": [
                    plausible_dates("day", name="recordafterend_plausible_dates"),
                    models.UniqueConstraint(
                        fields=["kind", "record", "day"],
                        name="recordafterend_once",
                        violation_error_message="This record is noted already.",
                    ),
                    models.CheckConstraint(
                        condition=Q(kept_at=None, kept_by=None, reason="")
                        | Q(kept_at__isnull=False, kept_by__isnull=False)
                        & ~Q(reason=""),
                        name="recordafterend_kept_with_a_reason",
                        violation_error_message=(
                            "A record that is kept says who keeps it, and why."
                        ),
                    ),
                    empty_or_sentence(
                        "reason", name="recordafterend_reason_says_something"
                    ),
                ],
            },
        ),
    ]
