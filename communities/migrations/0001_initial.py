import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
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
                    "tag",
                    models.CharField(
                        choices=[
                            ("deliberation", "Deliberating together"),
                            ("resources", "Sharing resources"),
                            ("problems", "Solving problems together"),
                            ("civility", "Fostering civility together"),
                            ("activities", "Holding activities together"),
                        ],
                        max_length=20,
                        verbose_name="way of co-building",
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
                        related_name="projects",
                        to="organizations.organization",
                        verbose_name="community",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="organizations.unit",
                        verbose_name="together with the unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "co-building project",
                "verbose_name_plural": "co-building projects",
                "ordering": ["-starts_on", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                    models.CharField(
                        choices=[
                            ("members_meeting", "Members' meeting"),
                            ("committee_meeting", "Branch committee meeting"),
                            ("group_meeting", "Party group meeting"),
                            ("party_lesson", "Party lesson"),
                            ("theme_party_day", "Theme Party day"),
                            ("organization_life_meeting", "Organization life meeting"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("topic", models.CharField(max_length=100, verbose_name="topic")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("month", models.DateField(editable=False, verbose_name="counted in")),
                (
                    "starts_at",
                    models.TimeField(blank=True, null=True, verbose_name="beginning"),
                ),
                (
                    "place",
                    models.CharField(blank=True, max_length=80, verbose_name="place"),
                ),
                (
                    "content",
                    models.TextField(
                        blank=True, max_length=10000, verbose_name="what was discussed"
                    ),
                ),
                (
                    "decision",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="decision"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="withdrawn on"
                    ),
                ),
                ("withdrawn_month", models.DateField(editable=False, null=True)),
                (
                    "withdraw_reason",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=200,
                        verbose_name="why it was withdrawn",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="chaired by",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="minutes by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="communities.project",
                        verbose_name="for the co-building project",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                    "presence",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("absent", "Absent"),
                            ("guest", "Attending without vote"),
                        ],
                        max_length=10,
                        verbose_name="presence",
                    ),
                ),
                ("votes", models.BooleanField(verbose_name="has a vote")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("work", "At work"),
                            ("away", "Out of town"),
                            ("illness", "Ill"),
                            ("frailty", "Old and frail"),
                            ("family", "Family matters"),
                            ("none_given", "No reason given"),
                        ],
                        max_length=20,
                        verbose_name="reason of absence",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="members.member",
                        verbose_name="member",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="communities.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendances",
                "ordering": ["meeting", "member"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "member"),
                        name="attendance_once_per_meeting",
                        violation_error_message="The member stands on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("presence", "absent"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("presence", "absent"), _negated=True),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="attendance_absence_has_a_reason",
                        violation_error_message="Whoever is absent has a reason, and nobody else has one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("presence", "guest"), ("votes", True), _negated=True
                        ),
                        name="attendance_guests_have_no_vote",
                        violation_error_message="A guest attends without a vote.",
                    ),
                ],
            },
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
                ),
                name="project_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                fields=("organization", "name", "starts_on"),
                name="project_name_once_per_start",
                violation_error_message="The community already has a project of this name that begins on this day. Choose another name, or use the recorded one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="project_ends_after_start",
                violation_error_message="A project ends after the day it begins.",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                fields=["organization", "month", "kind"], name="meeting_counting"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_on__isnull", True),
                    (
                        "held_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                    ),
                    _connector="OR",
                ),
                name="meeting_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)),
                name="meeting_counts_in_a_month",
                violation_error_message="A month is written by its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_month__isnull", True),
                        ("withdrawn_on__isnull", True),
                    ),
                    models.Q(
                        ("withdrawn_month__isnull", False),
                        ("withdrawn_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meeting_withdrawal_is_counted",
                violation_error_message="A withdrawn meeting says from when on it does not count.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdraw_reason", ""), ("withdrawn_on", None)),
                    models.Q(
                        ("withdrawn_on__isnull", False),
                        models.Q(("withdraw_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="meeting_withdrawn_says_why",
                violation_error_message="A withdrawn meeting says why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_month", None),
                    ("withdrawn_month__gte", models.F("month")),
                    _connector="OR",
                ),
                name="meeting_is_not_withdrawn_before_it_counts",
                violation_error_message="A meeting cannot stop counting before it counts.",
            ),
        ),
    ]
