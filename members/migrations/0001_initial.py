import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.db.constraints
import core.db.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Member",
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
                ("name", models.CharField(max_length=50, verbose_name="name")),
                (
                    "sound",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=200
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[("1", "male"), ("2", "female")],
                        max_length=1,
                        verbose_name="sex",
                    ),
                ),
                (
                    "id_number",
                    core.db.fields.EncryptedTextField(verbose_name="identity number"),
                ),
                ("id_index", models.CharField(editable=False, max_length=64)),
                ("birth_date", models.DateField(verbose_name="birth date")),
                (
                    "ethnicity",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="ethnic group"
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="education"
                    ),
                ),
                (
                    "join_date",
                    models.DateField(
                        blank=True, null=True, verbose_name="joined the Party on"
                    ),
                ),
                (
                    "join_precision",
                    models.CharField(
                        choices=[
                            ("day", "to the day"),
                            ("month", "to the month"),
                            ("year", "to the year"),
                        ],
                        default="day",
                        max_length=5,
                        verbose_name="known",
                    ),
                ),
                (
                    "full_member_date",
                    models.DateField(
                        blank=True, null=True, verbose_name="full member since"
                    ),
                ),
                (
                    "full_member_precision",
                    models.CharField(
                        choices=[
                            ("day", "to the day"),
                            ("month", "to the month"),
                            ("year", "to the year"),
                        ],
                        default="day",
                        max_length=5,
                        verbose_name="known",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("full", "Full member"),
                            ("probationary", "Probationary member"),
                        ],
                        default="full",
                        max_length=12,
                        verbose_name="kind of member",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("resident", "Resident member"),
                            ("retired", "Retired member"),
                            ("in_service", "In-service member"),
                            ("mobile", "Mobile member"),
                            ("awaiting_placement", "Member awaiting placement"),
                        ],
                        default="resident",
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "phone",
                    core.db.fields.EncryptedTextField(
                        blank=True, null=True, verbose_name="mobile phone"
                    ),
                ),
                (
                    "phone_index",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        max_length=64,
                        null=True,
                    ),
                ),
                (
                    "landline",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="landline"
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="address"
                    ),
                ),
                (
                    "skills",
                    models.JSONField(blank=True, default=list, verbose_name="skills"),
                ),
                (
                    "remark",
                    models.CharField(blank=True, max_length=200, verbose_name="remark"),
                ),
                (
                    "community",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checked_in_members",
                        to="organizations.organization",
                        verbose_name="checked in at",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organizations.unit",
                        verbose_name="employer",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organizations.organization",
                        verbose_name="Party organization",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["sound", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
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
                ("starts_on", models.DateField(verbose_name="checked in on")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="left again on"
                    ),
                ),
                (
                    "available",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="free hours"
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved_away", "Moved away"),
                            ("died", "Deceased"),
                            ("out_of_service", "No longer an in-service member"),
                            ("mistaken", "Recorded by mistake"),
                        ],
                        max_length=20,
                        verbose_name="reason of ending",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="organizations.organization",
                        verbose_name="community",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="members.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in",
                "verbose_name_plural": "check-ins",
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
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
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "start_month",
                    models.DateField(editable=False, verbose_name="counted from"),
                ),
                (
                    "start_reason",
                    models.CharField(
                        choices=[
                            ("developed", "Newly admitted to the Party"),
                            ("transferred_in", "Transferred in"),
                            ("recorded", "Recorded afterwards"),
                            ("restored", "Membership restored"),
                            ("moved", "Moved between branches of one community"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="until (exclusive)"
                    ),
                ),
                (
                    "end_month",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="counted until",
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("transferred_out", "Transferred out"),
                            ("died", "Deceased"),
                            ("struck_off", "Struck off the rolls"),
                            ("expelled", "Expelled"),
                            ("withdrawn", "Recorded by mistake"),
                            ("moved", "Moved between branches of one community"),
                        ],
                        max_length=20,
                        verbose_name="reason of ending",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliations",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliations",
                        to="members.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "formal affiliation",
                "verbose_name_plural": "formal affiliations",
                "ordering": ["member", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="MobileRecord",
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
                            ("working_away", "Working or trading elsewhere"),
                            ("moved_home", "Moved home without transfer"),
                            ("re_employed", "Employed again after retiring"),
                            ("awaiting", "Graduate or veteran awaiting placement"),
                            ("talent", "Mobile professional"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "destination",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="destination"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="away since")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="back on"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mobile_records",
                        to="members.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence of a mobile member",
                "verbose_name_plural": "absences of mobile members",
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("birth_date__isnull", True),
                        (
                            "birth_date__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("join_date__isnull", True),
                        (
                            "join_date__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("full_member_date__isnull", True),
                        (
                            "full_member_date__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                ),
                name="member_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                fields=("id_index",),
                name="member_once",
                violation_error_message="This identity number is already recorded and cannot be entered a second time. Nothing was saved: if the person has moved here, start a transfer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("join_date", None),
                    ("join_date__gt", models.F("birth_date")),
                    _connector="OR",
                ),
                name="member_joins_after_birth",
                violation_error_message="The day of joining the Party lies before the birth date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("full_member_date", None),
                    ("join_date", None),
                    ("full_member_date__gte", models.F("join_date")),
                    _connector="OR",
                ),
                name="member_full_after_joining",
                violation_error_message="The day of becoming a full member is earlier than the day of joining the Party.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing", "probationary"), _negated=True),
                    ("full_member_date__isnull", True),
                    _connector="OR",
                ),
                name="member_probationary_has_no_full_date",
                violation_error_message="A probationary member has no day of becoming a full member yet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
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
                name="checkin_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("member",),
                name="checkin_one_open",
                violation_error_message="The member is checked in with a community already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=core.db.constraints.NoOverlap(
                keys=["member"],
                name="checkin_no_overlap",
                violation_error_message="The member was checked in with a community on that day already, and a day belongs to one community.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="checkin_ends_after_start",
                violation_error_message="A check-in ends after the day it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason", ""), ("ends_on__isnull", False), _connector="OR"
                ),
                name="checkin_ended_for_a_reason",
                violation_error_message="A check-in that goes on has no reason of ending.",
            ),
        ),
        migrations.AddIndex(
            model_name="affiliation",
            index=models.Index(
                fields=["organization", "start_month", "end_month"],
                name="affiliation_counting",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
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
                name="affiliation_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("member",),
                name="affiliation_one_open",
                violation_error_message="The member already has a formal affiliation, and there is only ever one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=core.db.constraints.NoOverlap(
                keys=["member"],
                name="affiliation_no_overlap",
                violation_error_message="Two formal affiliations of one member overlap.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="affiliation_ends_after_start",
                violation_error_message="A formal affiliation ends after the day it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_month__isnull", True), ("ends_on__isnull", True)),
                    models.Q(("end_month__isnull", False), ("ends_on__isnull", False)),
                    _connector="OR",
                ),
                name="affiliation_end_is_counted",
                violation_error_message="An ended affiliation says in which month its end counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_month", None),
                    ("end_month__gte", models.F("start_month")),
                    _connector="OR",
                ),
                name="affiliation_counts_in_order",
                violation_error_message="The end counts before the beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilerecord",
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
                name="mobilerecord_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilerecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("member",),
                name="mobilerecord_one_open",
                violation_error_message="The member is recorded as away already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="mobilerecord_ends_after_start",
                violation_error_message="An absence ends after the day it begins.",
            ),
        ),
    ]
