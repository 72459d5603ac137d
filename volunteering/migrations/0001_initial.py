import datetime

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "0001_initial"),
        ("members", "0001_initial"),
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Claimed"),
                            ("withdrawn", "Given back"),
                            ("served", "Served"),
                            ("missed", "Did not come"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="claimed at"
                    ),
                ),
                ("month", models.DateField(verbose_name="counted in")),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="given back at"
                    ),
                ),
                (
                    "withdrawn_month",
                    models.DateField(
                        blank=True, null=True, verbose_name="given back in"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="members.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["-claimed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                    "category",
                    models.CharField(max_length=40, verbose_name="post category"),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "description",
                    models.TextField(
                        max_length=1000, verbose_name="what is to be done"
                    ),
                ),
                (
                    "needed_by",
                    models.CharField(
                        blank=True,
                        help_text="Groups of people, never a person's name.",
                        max_length=60,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "skills",
                    models.JSONField(
                        blank=True, default=list, verbose_name="skills wanted"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("open", "Taking claims"),
                            ("closed", "Closed to claims"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "opened_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="opened on"
                    ),
                ),
                (
                    "open_month",
                    models.DateField(
                        editable=False, null=True, verbose_name="counted from"
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="closed on"
                    ),
                ),
                (
                    "close_month",
                    models.DateField(
                        editable=False, null=True, verbose_name="counted until"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organizations.organization",
                        verbose_name="community",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="communities.project",
                        verbose_name="for the project",
                    ),
                ),
            ],
            options={
                "verbose_name": "volunteer post",
                "verbose_name_plural": "volunteer posts",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ServiceRecord",
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
                ("served_on", models.DateField(verbose_name="served on")),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="hours served"
                    ),
                ),
                (
                    "remark",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="what was done"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Waiting for confirmation"),
                            ("confirmed", "Confirmed"),
                            ("returned", "Returned"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="recorded at"
                    ),
                ),
                (
                    "month",
                    models.DateField(blank=True, null=True, verbose_name="counted in"),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why returned"
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        error_messages={
                            "unique": "The service for this claim is recorded already."
                        },
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="volunteering.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="organizations.organization",
                        verbose_name="community",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="members.member",
                        verbose_name="member",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "service record",
                "verbose_name_plural": "service records",
                "ordering": ["-served_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Shift",
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
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "meeting_point",
                    models.CharField(max_length=80, verbose_name="meeting place"),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="capacity",
                    ),
                ),
                (
                    "claimed",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="claimed"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="volunteering.post",
                        verbose_name="post",
                    ),
                ),
            ],
            options={
                "verbose_name": "shift",
                "verbose_name_plural": "shifts",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="shift",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="volunteering.shift",
                verbose_name="shift",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["organization", "open_month", "close_month"],
                name="post_counting",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on", None), ("opened_on", None), ("state", "draft")
                    ),
                    models.Q(
                        ("closed_on", None),
                        ("opened_on__isnull", False),
                        ("state", "open"),
                    ),
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    _connector="OR",
                ),
                name="post_state_fits_its_days",
                violation_error_message="An open post has a day of opening, a closed one a day of closing, a draft neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("open_month__isnull", True), ("opened_on__isnull", True)),
                    models.Q(
                        ("open_month__isnull", False), ("opened_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="post_opening_is_counted",
                violation_error_message="An opened post says in which month its opening counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("close_month__isnull", True), ("closed_on__isnull", True)
                    ),
                    models.Q(
                        ("close_month__isnull", False), ("closed_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="post_closing_is_counted",
                violation_error_message="A closed post says in which month its closing counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None),
                    ("opened_on", None),
                    models.Q(
                        ("close_month__gte", models.F("open_month")),
                        ("closed_on__gte", models.F("opened_on")),
                    ),
                    _connector="OR",
                ),
                name="post_closes_after_opening",
                violation_error_message="The post closes before it opens.",
            ),
        ),
        migrations.AddIndex(
            model_name="servicerecord",
            index=models.Index(
                fields=["community", "month"], name="servicerecord_counting"
            ),
        ),
        migrations.AddIndex(
            model_name="servicerecord",
            index=models.Index(
                fields=["member", "served_on"], name="servicerecord_contact"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("served_on__isnull", True),
                    (
                        "served_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                    ),
                    _connector="OR",
                ),
                name="servicerecord_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                    _connector="OR",
                ),
                name="servicerecord_two_persons",
                violation_error_message="Hours are confirmed by another person than the one who recorded them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_by__isnull", True), ("month__isnull", True)),
                    models.Q(("confirmed_by__isnull", False), ("month__isnull", False)),
                    _connector="OR",
                ),
                name="servicerecord_confirmed_is_counted",
                violation_error_message="Confirmed hours say in which month they count.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_by__isnull", False), ("state", "confirmed")),
                    models.Q(
                        ("confirmed_by", None), ("state__in", ["submitted", "returned"])
                    ),
                    _connector="OR",
                ),
                name="servicerecord_confirmed_by_somebody",
                violation_error_message="Confirmed hours name who confirmed them, and no others do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("hours__lte", 24)),
                name="servicerecord_hours_of_a_day",
                violation_error_message="Hours of one service are more than 0 and at most 24.",
            ),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["starts_at"], name="shift_soonest"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("starts_at__isnull", True),
                        (
                            "starts_at__range",
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
                        ("ends_at__isnull", True),
                        (
                            "ends_at__range",
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
                name="shift_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__isnull", True),
                    ("ends_at__gt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="shift_ends_after_start",
                violation_error_message="A shift ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("claimed__gte", 0), ("claimed__lte", models.F("capacity"))
                ),
                name="shift_claimed_within_capacity",
                violation_error_message="There cannot be fewer places than have been claimed.",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["month"], name="claim_counting"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("active", "served", "missed"))),
                fields=("shift", "member"),
                name="claim_one_per_member_and_shift",
                violation_error_message="The member has claimed this shift already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_month__isnull", True),
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_month__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="claim_withdrawal_is_counted",
                violation_error_message="A claim given back says in which month giving it back counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                    models.Q(
                        ("state__in", ("active", "served", "missed")),
                        ("withdrawn_at", None),
                    ),
                    _connector="OR",
                ),
                name="claim_withdrawn_has_time",
                violation_error_message="A claim that was given back says when, and no other does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_month", None),
                    ("withdrawn_month__gte", models.F("month")),
                    _connector="OR",
                ),
                name="claim_counts_in_order",
                violation_error_message="Giving a claim back counts before the claim does.",
            ),
        ),
    ]
