import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.db.tree


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthlyReturn",
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
                    "version",
                    models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being filled in"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "narrative",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="account of the month"
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="submitted at"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="decided at"
                    ),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why it was returned"
                    ),
                ),
                (
                    "reminded_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="reminded on",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monthly_returns",
                        to="organizations.organization",
                        verbose_name="community",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "monthly return",
                "verbose_name_plural": "monthly returns",
                "ordering": ["-month", "organization__path"],
            },
        ),
        migrations.CreateModel(
            name="ReturnForm",
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
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "title",
                    models.CharField(max_length=80, verbose_name="title of the form"),
                ),
                ("starts_on", models.DateField(verbose_name="in force from")),
            ],
            options={
                "verbose_name": "return form",
                "verbose_name_plural": "return forms",
                "ordering": ["code", "version"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
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
                        name="returnform_plausible_dates",
                        violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
                    ),
                    models.UniqueConstraint(
                        fields=("code", "version"),
                        name="returnform_version_once",
                        violation_error_message="The form already has this version.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnFormLine",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("heading", models.CharField(max_length=40, verbose_name="heading")),
                (
                    "subheading",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="second heading"
                    ),
                ),
                ("label", models.CharField(max_length=40, verbose_name="label")),
                (
                    "indicator",
                    models.CharField(max_length=40, verbose_name="indicator"),
                ),
                ("unit", models.CharField(max_length=20, verbose_name="unit")),
                (
                    "divisor",
                    models.PositiveIntegerField(
                        default=1, verbose_name="shown divided by"
                    ),
                ),
                (
                    "official",
                    models.BooleanField(
                        default=True, verbose_name="part of the official sheet"
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="reports.returnform",
                        verbose_name="form",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a return form",
                "verbose_name_plural": "lines of a return form",
                "ordering": ["form", "position"],
            },
        ),
        migrations.CreateModel(
            name="ReturnLine",
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
                    "computed",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="computed"
                    ),
                ),
                (
                    "reported",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="reported"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="explanation"
                    ),
                ),
                (
                    "frozen",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="published"
                    ),
                ),
                (
                    "form_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.returnformline",
                        verbose_name="line",
                    ),
                ),
                (
                    "monthly_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="reports.monthlyreturn",
                        verbose_name="monthly return",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a return",
                "verbose_name_plural": "lines of a return",
                "ordering": ["monthly_return", "form_line__position"],
            },
        ),
        migrations.CreateModel(
            name="ReturnRound",
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
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="reports.returnform",
                        verbose_name="form",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_rounds",
                        to="organizations.organization",
                        verbose_name="street",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of returns",
                "verbose_name_plural": "rounds of returns",
                "ordering": ["-month", "organization"],
            },
        ),
        migrations.AddField(
            model_name="monthlyreturn",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returns",
                to="reports.returnround",
                verbose_name="round",
            ),
        ),
        migrations.CreateModel(
            name="PublishedMonth",
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
                    "path",
                    core.db.tree.PathField(
                        max_length=60, verbose_name="path in that month"
                    ),
                ),
                ("content", models.BinaryField(verbose_name="what was published")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash")),
                ("figures", models.JSONField(verbose_name="reported figures")),
                (
                    "published_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="published at"
                    ),
                ),
                (
                    "monthly_return",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published",
                        to="reports.monthlyreturn",
                        verbose_name="monthly return",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_months",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "published month",
                "verbose_name_plural": "published months",
                "ordering": ["-month", "path"],
                "indexes": [
                    models.Index(
                        fields=["month", "path"], name="publishedmonth_subtree"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "month"),
                        name="publishedmonth_once",
                        violation_error_message="This month is published already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="publishedmonth_is_of_a_month",
                        violation_error_message="A month is written by its first day.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="returnformline",
            constraint=models.UniqueConstraint(
                fields=("form", "indicator"),
                name="returnformline_indicator_once",
                violation_error_message="The form already has this indicator.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnformline",
            constraint=models.UniqueConstraint(
                fields=("form", "position"),
                name="returnformline_position_once",
                violation_error_message="The form already has a line in this place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnformline",
            constraint=models.CheckConstraint(
                condition=models.Q(("divisor__gt", 0)),
                name="returnformline_divides",
                violation_error_message="A figure is divided by 1 or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.UniqueConstraint(
                fields=("monthly_return", "form_line"),
                name="returnline_once",
                violation_error_message="The return already has this line.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported", models.F("computed")),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="returnline_differs_with_a_reason",
                violation_error_message="A number other than the computed one needs an explanation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported", models.F("computed")),
                    ("reported__gte", 0),
                    _connector="OR",
                ),
                name="returnline_reports_no_less_than_none",
                violation_error_message="A number other than the computed one is 0 or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnround",
            constraint=models.UniqueConstraint(
                fields=("organization", "month"),
                name="returnround_once",
                violation_error_message="The street already collects this month.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnround",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)),
                name="returnround_is_of_a_month",
                violation_error_message="A month is written by its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnround",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("month"))),
                name="returnround_due_after_the_month_began",
                violation_error_message="A return cannot be due before its month.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlyreturn",
            constraint=models.UniqueConstraint(
                fields=("organization", "month", "version"),
                name="monthlyreturn_version_once",
                violation_error_message="The community already has a return for this month.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)),
                name="monthlyreturn_is_of_a_month",
                violation_error_message="A month is written by its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "returned")),
                    models.Q(
                        ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="monthlyreturn_submitted_by_someone",
                violation_error_message="A submitted return says who submitted it, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "submitted")),
                    models.Q(
                        ("decided_at__isnull", False), ("decided_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="monthlyreturn_decided_by_someone",
                violation_error_message="A return that was decided on says who decided, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True),
                    models.Q(("decided_by", models.F("submitted_by")), _negated=True),
                    _connector="OR",
                ),
                name="monthlyreturn_accepted_by_another",
                violation_error_message="A return is accepted by somebody else than who submitted it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("return_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="monthlyreturn_returned_with_a_reason",
                violation_error_message="Say what is to be corrected before you return it.",
            ),
        ),
    ]
