import datetime

from django.db import migrations, models

import core.db.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_voiding_and_ends"),
    ]

    operations = [
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
                    models.Q(
                        ("approved_on__isnull", True),
                        (
                            "approved_on__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("start_month__isnull", True),
                        (
                            "start_month__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("end_month__isnull", True),
                        (
                            "end_month__range",
                            (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
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
                name="affiliation_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
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
                name="affiliation_voided_says_why",
                violation_error_message="An entry is voided with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("voided_at", None)),
                fields=("member",),
                name="affiliation_one_open",
                violation_error_message="The member already has a formal affiliation, and there is only ever one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=core.db.constraints.NoOverlap(
                condition=models.Q(("voided_at", None)),
                keys=["member"],
                name="affiliation_no_overlap",
                violation_error_message="Two formal affiliations of one member overlap.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_month", None), ("ends_on", None)),
                    models.Q(("end_month__isnull", False), ("ends_on__isnull", False)),
                    models.Q(
                        ("end_month__isnull", False), ("voided_at__isnull", False)
                    ),
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
                    models.Q(
                        ("approved_on__isnull", False), ("start_reason", "developed")
                    ),
                    models.Q(
                        models.Q(("start_reason", "developed"), _negated=True),
                        ("approved_on", None),
                    ),
                    _connector="OR",
                ),
                name="affiliation_admission_is_approved",
                violation_error_message="A newly admitted member has the day on which the superior approved the admission, and no other member has one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_on", None),
                    ("approved_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="affiliation_approved_after_start",
                violation_error_message="The admission was approved before the day from which the member belongs here.",
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
                    models.Q(
                        ("void_month__isnull", True),
                        (
                            "void_month__range",
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
                name="checkin_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
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
                name="checkin_voided_says_why",
                violation_error_message="An entry is voided with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("voided_at", None)),
                fields=("member",),
                name="checkin_one_open",
                violation_error_message="The member is checked in with a community already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=core.db.constraints.NoOverlap(
                condition=models.Q(("voided_at", None)),
                keys=["member"],
                name="checkin_no_overlap",
                violation_error_message="The member was checked in with a community on that day already, and a day belongs to one community.",
            ),
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
                    models.Q(
                        ("ended_on__isnull", True),
                        (
                            "ended_on__range",
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
                name="member_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)),
                fields=("id_index",),
                name="member_once",
                violation_error_message="This identity number is already recorded and cannot be entered a second time. Nothing was saved: if the person has moved here, start a transfer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_reason", ""), ("voided_at", None)),
                    models.Q(
                        ("voided_at__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="member_voided_says_why",
                violation_error_message="An entry is voided with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_on", None)),
                    models.Q(
                        ("ended_on__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="member_ended_for_a_reason",
                violation_error_message="A membership ends for a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("voided_at", None)),
                    models.Q(("community", None), ("organization", None)),
                    _connector="OR",
                ),
                name="member_ended_belongs_nowhere",
                violation_error_message="The membership has ended, or was recorded by mistake: the person belongs to no organization and is checked in nowhere.",
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
                    models.Q(
                        ("void_month__isnull", True),
                        (
                            "void_month__range",
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
                name="mobilerecord_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilerecord",
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
                name="mobilerecord_voided_says_why",
                violation_error_message="An entry is voided with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilerecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("voided_at", None)),
                fields=("member",),
                name="mobilerecord_one_open",
                violation_error_message="The member is recorded as away already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="member",
            name="member_joins_after_birth",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("join_date", None),
                    ("join_date__gt", models.F("birth_date")),
                    _connector="OR",
                ),
                name="member_joins_after_birth",
                violation_error_message="The day of joining the Party is earlier than the birth date.",
            ),
        ),
    ]
