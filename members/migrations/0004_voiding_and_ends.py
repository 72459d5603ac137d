"""Let entries be voided, and say of members whether their membership has ended.

Members of before whose last affiliation ended by death, expulsion and the like are
marked; what was still open for them is closed, as an action would close it today.
"""

import datetime as dt
from typing import Any

from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

ENDING = {"died", "struck_off", "expelled", "withdrawn"}
DAY = dt.timedelta(days=1)


def approve_admissions(apps: Any, schema_editor: Any) -> None:
    """Take the first day of newly admitted members as that of their approval."""
    rows = apps.get_model("members", "Affiliation").objects
    rows.filter(start_reason="developed").update(approved_on=F("starts_on"))


def end_memberships(apps: Any, schema_editor: Any) -> None:
    """Mark members whose membership has ended, and close what is open for them."""
    affiliations = apps.get_model("members", "Affiliation").objects
    check_ins = apps.get_model("members", "CheckIn").objects
    members = apps.get_model("members", "Member").objects.filter(organization=None)
    for member in members.order_by("pk").iterator():
        last = affiliations.filter(member=member).order_by("starts_on", "pk").last()
        if last is not None and last.end_reason in ENDING:
            member.ended_on, member.end_reason = last.ends_on, last.end_reason
        elif member.community_id is None:
            guest = check_ins.filter(member=member).order_by("starts_on", "pk").last()
            if guest is None or guest.end_reason != "died":
                continue
            member.ended_on, member.end_reason = guest.ends_on, "died"
        else:
            continue
        _close_rows(apps, member)
        member.community = None
        member.save(update_fields=["ended_on", "end_reason", "community"])


def _close_rows(apps: Any, member: Any) -> None:
    requests = apps.get_model("organizations", "RecountRequest").objects
    for row in apps.get_model("members", "CheckIn").objects.filter(
        member=member, ends_on=None
    ):
        row.ends_on = max(member.ended_on, row.starts_on + DAY)
        row.end_reason = "died" if member.end_reason == "died" else "membership_ended"
        row.save(update_fields=["ends_on", "end_reason"])
        month = row.ends_on.replace(day=1)
        requests.create(organization_id=row.community_id, month=month)
    for row in apps.get_model("members", "MobileRecord").objects.filter(
        member=member, ends_on=None
    ):
        row.ends_on = max(member.ended_on, row.starts_on + DAY)
        row.save(update_fields=["ends_on"])
    if member.user_id is not None:
        users = apps.get_model("accounts", "User").objects
        users.filter(pk=member.user_id).update(is_active=False, phone_index=None)
    today = timezone.localdate()
    for role in apps.get_model("accounts", "RoleAssignment").objects.filter(
        Q(user=member.user_id) & Q(user__isnull=False), ends_on=None
    ):
        role.ends_on = max(today, role.starts_on + DAY)
        role.save(update_fields=["ends_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_education_codes"),
        ("organizations", "0002_name_key"),
        ("accounts", "0002_roles_and_audit_log"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="affiliation",
            options={
                "ordering": ["member", "starts_on", "pk"],
                "verbose_name": "formal affiliation",
                "verbose_name_plural": "formal affiliations",
            },
        ),
        migrations.RemoveConstraint(
            model_name="affiliation",
            name="affiliation_plausible_dates",
        ),
        migrations.RemoveConstraint(
            model_name="affiliation",
            name="affiliation_one_open",
        ),
        migrations.RemoveConstraint(
            model_name="affiliation",
            name="affiliation_no_overlap",
        ),
        migrations.RemoveConstraint(
            model_name="affiliation",
            name="affiliation_end_is_counted",
        ),
        migrations.RemoveConstraint(
            model_name="checkin",
            name="checkin_plausible_dates",
        ),
        migrations.RemoveConstraint(
            model_name="checkin",
            name="checkin_one_open",
        ),
        migrations.RemoveConstraint(
            model_name="checkin",
            name="checkin_no_overlap",
        ),
        migrations.RemoveConstraint(
            model_name="member",
            name="member_plausible_dates",
        ),
        migrations.RemoveConstraint(
            model_name="member",
            name="member_once",
        ),
        migrations.RemoveConstraint(
            model_name="mobilerecord",
            name="mobilerecord_plausible_dates",
        ),
        migrations.RemoveConstraint(
            model_name="mobilerecord",
            name="mobilerecord_one_open",
        ),
        migrations.AddField(
            model_name="affiliation",
            name="approved_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="admission approved on"
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="void_month",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="void_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=200,
                verbose_name="why it was voided",
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="voided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="voided at"
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="void_month",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="checkin",
            name="void_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=200,
                verbose_name="why it was voided",
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="voided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="voided at"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("transferred_out", "Transferred out"),
                    ("died", "Deceased"),
                    ("struck_off", "Struck off the rolls"),
                    ("expelled", "Expelled"),
                    ("withdrawn", "Recorded by mistake"),
                    ("moved", "Moved between branches of one community"),
                ],
                editable=False,
                max_length=20,
                verbose_name="reason of ending",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="ended_on",
            field=models.DateField(
                editable=False, null=True, verbose_name="membership ended on"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="void_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=200,
                verbose_name="why it was voided",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="voided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="voided at"
            ),
        ),
        migrations.AddField(
            model_name="mobilerecord",
            name="void_month",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="mobilerecord",
            name="void_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=200,
                verbose_name="why it was voided",
            ),
        ),
        migrations.AddField(
            model_name="mobilerecord",
            name="voided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="voided at"
            ),
        ),
        migrations.AlterField(
            model_name="checkin",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("moved_away", "Moved away"),
                    ("died", "Deceased"),
                    ("out_of_service", "No longer an in-service member"),
                    ("mistaken", "Recorded by mistake"),
                    ("membership_ended", "Membership ended"),
                ],
                max_length=20,
                verbose_name="reason of ending",
            ),
        ),
        migrations.RunPython(
            approve_admissions, migrations.RunPython.noop, elidable=True
        ),
        migrations.RunPython(end_memberships, migrations.RunPython.noop, elidable=True),
    ]
