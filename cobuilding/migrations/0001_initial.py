import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cobuilding.models.target


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "0001_initial"),
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
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
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (exclusive)")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("signed_by_unit", "Signed by the unit"),
                            ("signed_by_community", "Signed by the community"),
                            ("in_force", "In force"),
                            ("ended", "Ended"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "signed_by_unit_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="signed for the unit at"
                    ),
                ),
                (
                    "signed_by_community_at",
                    models.DateTimeField(
                        editable=False,
                        null=True,
                        verbose_name="signed for the community at",
                    ),
                ),
                (
                    "in_force_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="in force since"
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=200,
                        verbose_name="reason of ending",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="organizations.organization",
                        verbose_name="community",
                    ),
                ),
                (
                    "signed_by_community",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed for the community by",
                    ),
                ),
                (
                    "signed_by_unit",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed for the unit by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="organizations.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "co-building agreement",
                "verbose_name_plural": "co-building agreements",
                "ordering": ["-starts_on", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Target",
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
                    "indicator",
                    models.CharField(
                        choices=cobuilding.models.target.measurable,
                        max_length=40,
                        verbose_name="measured by",
                    ),
                ),
                (
                    "goal",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="goal"
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        verbose_name="where it stands at the beginning",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "owner_name",
                    models.CharField(max_length=40, verbose_name="who answers for it"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="cobuilding.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="communities.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TargetProgress",
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
                ("month", models.DateField(verbose_name="month")),
                (
                    "month_value",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="of the month"
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="so far"
                    ),
                ),
                (
                    "expected",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="expected by then"
                    ),
                ),
                ("on_course", models.BooleanField(verbose_name="on course")),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="cobuilding.target",
                        verbose_name="target",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress of a target",
                "verbose_name_plural": "progress of targets",
                "ordering": ["target", "month"],
            },
        ),
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
                ),
                name="agreement_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="agreement_ends_after_start",
                violation_error_message="An agreement ends after the day it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("signed_by_unit__isnull", True),
                        ("signed_by_unit_at__isnull", True),
                    ),
                    models.Q(
                        ("signed_by_unit__isnull", False),
                        ("signed_by_unit_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agreement_unit_signature_is_whole",
                violation_error_message="The unit's signature has a name and a time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("signed_by_community__isnull", True),
                        ("signed_by_community_at__isnull", True),
                    ),
                    models.Q(
                        ("signed_by_community__isnull", False),
                        ("signed_by_community_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agreement_community_signature_is_whole",
                violation_error_message="The community's signature has a name and a time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_by_unit", models.F("signed_by_community")), _negated=True
                ),
                name="agreement_signed_by_two_people",
                violation_error_message="One person cannot sign for both sides. Let somebody of the other side sign.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("signed_by_unit_at__isnull", False), _negated=True),
                        models.Q(
                            ("signed_by_community_at__isnull", False), _negated=True
                        ),
                        ("state", "draft"),
                    ),
                    models.Q(
                        models.Q(("signed_by_unit_at__isnull", False)),
                        models.Q(
                            ("signed_by_community_at__isnull", False), _negated=True
                        ),
                        ("state", "signed_by_unit"),
                    ),
                    models.Q(
                        models.Q(("signed_by_unit_at__isnull", False), _negated=True),
                        models.Q(("signed_by_community_at__isnull", False)),
                        ("state", "signed_by_community"),
                    ),
                    models.Q(
                        models.Q(("signed_by_unit_at__isnull", False)),
                        models.Q(("signed_by_community_at__isnull", False)),
                        ("state", "in_force"),
                    ),
                    ("state", "ended"),
                    _connector="OR",
                ),
                name="agreement_state_fits_signatures",
                violation_error_message="An agreement is in force once both sides have signed it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_on__isnull", True),
                    models.Q(
                        ("signed_by_unit_at__isnull", False),
                        ("signed_by_community_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agreement_in_force_when_both_signed",
                violation_error_message="An agreement comes into force when the second side signs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "ended"), models.Q(("end_reason", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True), ("end_reason", "")
                    ),
                    _connector="OR",
                ),
                name="agreement_ended_says_why",
                violation_error_message="An ended agreement says why it ended.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__isnull", True),
                    (
                        "due_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                    ),
                    _connector="OR",
                ),
                name="target_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("agreement", "project", "indicator"),
                name="target_once",
                violation_error_message="The agreement already measures this project by this indicator.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("goal__gt", 0)),
                name="target_goal_is_positive",
                violation_error_message="The goal must be greater than zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("baseline__gte", 0), ("baseline__lt", models.F("goal"))
                ),
                name="target_goal_lies_above_baseline",
                violation_error_message="The goal must lie above where things stand at the beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetprogress",
            constraint=models.UniqueConstraint(
                fields=("target", "month"),
                name="targetprogress_once_per_month",
                violation_error_message="The target was measured for this month.",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)),
                name="targetprogress_is_of_a_month",
                violation_error_message="A month is written by its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("on_course", True), ("value__gte", models.F("expected"))),
                    models.Q(("on_course", False), ("value__lt", models.F("expected"))),
                    _connector="OR",
                ),
                name="targetprogress_verdict_follows_from_figures",
                violation_error_message="A target is on course when it has reached what was expected.",
            ),
        ),
    ]
