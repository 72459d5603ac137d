import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import core.db.constraints
import core.db.tree


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeItem",
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
                ("code_list", models.CharField(max_length=40, verbose_name="list")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=80, verbose_name="label")),
                (
                    "parent_code",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="parent code"
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, verbose_name="position"),
                ),
                (
                    "attributes",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="attributes"
                    ),
                ),
            ],
            options={
                "verbose_name": "code list item",
                "verbose_name_plural": "code list items",
                "ordering": ["code_list", "position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code_list", "code"),
                        name="codeitem_once",
                        violation_error_message="The list already has this code.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organization",
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
                    "code",
                    models.SlugField(max_length=40, unique=True, verbose_name="code"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "full_name",
                    models.CharField(
                        max_length=120, verbose_name="full name (as on the seal)"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("city", "City, district or county committee"),
                            ("street", "Street working committee"),
                            ("town", "Town committee"),
                            ("zone", "Development zone committee"),
                            ("community", "Community Party organization"),
                            ("general_branch", "General branch"),
                            ("branch", "Party branch"),
                            ("joint_branch", "Joint branch"),
                            ("temporary_branch", "Temporary branch"),
                            ("functional", "Functional Party organization"),
                            ("party_group", "Party group"),
                            ("grid", "Grid"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "path",
                    core.db.tree.PathField(
                        editable=False, max_length=60, unique=True, verbose_name="path"
                    ),
                ),
                (
                    "last_child_number",
                    models.PositiveIntegerField(default=0, editable=False),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="ended on"
                    ),
                ),
                (
                    "guidance_parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="May look, is never counted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guided",
                        to="organizations.organization",
                        verbose_name="guided by",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organizations.organization",
                        verbose_name="parent organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
                "ordering": ["path"],
            },
        ),
        migrations.CreateModel(
            name="MonthState",
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
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="closed at"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="month_states",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "month state",
                "verbose_name_plural": "month states",
                "ordering": ["-month", "organization"],
            },
        ),
        migrations.CreateModel(
            name="OrganizationAlias",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "within",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="valid only within",
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="OrganizationVersion",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "full_name",
                    models.CharField(
                        max_length=120, verbose_name="full name (as on the seal)"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("city", "City, district or county committee"),
                            ("street", "Street working committee"),
                            ("town", "Town committee"),
                            ("zone", "Development zone committee"),
                            ("community", "Community Party organization"),
                            ("general_branch", "General branch"),
                            ("branch", "Party branch"),
                            ("joint_branch", "Joint branch"),
                            ("temporary_branch", "Temporary branch"),
                            ("functional", "Functional Party organization"),
                            ("party_group", "Party group"),
                            ("grid", "Grid"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "path",
                    core.db.tree.PathField(
                        db_index=True, max_length=60, verbose_name="path"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="until (exclusive)"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="parent organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization's past",
                "verbose_name_plural": "organizations' past",
                "ordering": ["organization", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="RecountRequest",
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
                ("month", models.DateField(verbose_name="from month")),
                (
                    "made_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="made at"),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "recount request",
                "verbose_name_plural": "recount requests",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Threshold",
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
                    "key",
                    models.CharField(
                        choices=[
                            ("branch_maximum", "Members of one branch, at most"),
                            ("branch_minimum", "Full members to form a branch"),
                            (
                                "return_due_day",
                                "Day of the next month a return is due on",
                            ),
                            ("slip_hours", "Hours for which a sign-in slip is good"),
                            ("young_age", "Age up to which a member counts as young"),
                            ("claims_daily", "Posts one member may claim on one day"),
                            ("service_overrun", "Minutes of service beyond the shift"),
                        ],
                        max_length=40,
                        verbose_name="rule",
                    ),
                ),
                ("value", models.IntegerField(verbose_name="value")),
                (
                    "basis",
                    models.CharField(blank=True, max_length=120, verbose_name="basis"),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="until (exclusive)"
                    ),
                ),
            ],
            options={
                "verbose_name": "threshold",
                "verbose_name_plural": "thresholds",
                "ordering": ["key", "starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("starts_on__isnull", True),
                                (
                                    "starts_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ends_on__isnull", True),
                                (
                                    "ends_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="threshold_plausible_dates",
                        violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="threshold_ends_after_start",
                        violation_error_message="The last day lies before the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("key",),
                        name="threshold_one_open",
                        violation_error_message="The rule already has a value in force.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        null=True,
                        verbose_name="social credit code",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        help_text="Code list: org_sectors",
                        max_length=8,
                        verbose_name="sector",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="address"
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="ended on"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="organizations.organization",
                        verbose_name="community it lies in",
                    ),
                ),
            ],
            options={
                "verbose_name": "resident unit",
                "verbose_name_plural": "resident units",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="WorkdayOverride",
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
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("works", models.BooleanField(verbose_name="is a working day")),
                (
                    "note",
                    models.CharField(blank=True, max_length=80, verbose_name="note"),
                ),
            ],
            options={
                "verbose_name": "workday override",
                "verbose_name_plural": "workday overrides",
                "ordering": ["-day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("day__isnull", True),
                            (
                                "day__range",
                                (
                                    datetime.date(1900, 1, 1),
                                    datetime.date(2100, 12, 31),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="workdayoverride_plausible_dates",
                        violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "city"), ("parent", None)),
                    models.Q(
                        ("parent__isnull", False),
                        models.Q(("kind", "city"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="organization_only_the_city_has_no_parent",
                violation_error_message="Only the city committee stands at the top; every other organization needs a parent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthstate",
            constraint=models.UniqueConstraint(
                fields=("organization", "month"),
                name="monthstate_once",
                violation_error_message="This month already has a state.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthstate",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)),
                name="monthstate_is_a_month",
                violation_error_message="A month is written by its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthstate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "open"), ("closed_at__isnull", False), _connector="OR"
                ),
                name="monthstate_closed_has_time",
                violation_error_message="A closed month says when it was closed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organizationalias",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                models.F("name"),
                django.db.models.functions.comparison.Coalesce(
                    "within", models.Value(0)
                ),
                name="organizationalias_once",
                violation_error_message="The organization already has this alias.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organizationversion",
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
                name="organizationversion_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organizationversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="organizationversion_ends_after_start",
                violation_error_message="A version ends after the day it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organizationversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("organization",),
                name="organizationversion_one_open",
                violation_error_message="The organization already has an open version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organizationversion",
            constraint=core.db.constraints.NoOverlap(
                keys=["organization"],
                name="organizationversion_no_overlap",
                violation_error_message="Two versions of one organization overlap.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("credit_code",),
                name="unit_credit_code_once",
                violation_error_message="A unit with this credit code is recorded.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("host", "name"),
                name="unit_name_once_per_host",
                violation_error_message="This community already has a unit of that name.",
            ),
        ),
    ]
