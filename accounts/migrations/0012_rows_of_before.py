"""Correct rows from before the constraints that the next migration adds."""

from typing import Any

from django.db import migrations
from django.db.models import F, Q
from django.utils import timezone

ADMINISTRATORS = {"system_admin", "security_admin", "auditor"}
BESIDE = "管理员不得兼任其他职责，升级时作废后任的一项"


def rename_phones(apps: Any, _schema_editor: Any) -> None:
    """Give accounts whose username reads as a phone an opaque one.

    Nobody signs in with such a name: it is looked up as a phone. Their holders sign in
    with their phone, or with a new slip that shows the username.
    """
    users = apps.get_model("accounts", "User").objects
    phones = users.filter(username__regex=r"^(\+?86|0086)?1[3-9][0-9]{9}$")
    for user in phones.order_by("pk"):
        name = f"user{user.pk}"
        while users.filter(username=name).exists():
            name += "x"
        users.filter(pk=user.pk).update(username=name)


def void_roles_beside_administration(apps: Any, _schema_editor: Any) -> None:
    """Void the later of two roles that the same person never holds on one day."""
    roles = apps.get_model("accounts", "RoleAssignment").objects
    office = roles.filter(voided_at=None).exclude(role="member")
    administrators = office.filter(role__in=ADMINISTRATORS).values("user")
    kept: dict[int, list[Any]] = {}
    for role in office.filter(user__in=administrators).order_by("starts_on", "pk"):
        mine = kept.setdefault(role.user_id, [])
        if any(_clash(role, other) for other in mine):
            role.voided_at, role.void_reason = timezone.now(), BESIDE
            role.save(update_fields=["voided_at", "void_reason"])
        else:
            mine.append(role)


def _clash(one: Any, other: Any) -> bool:
    if one.role == other.role or not {one.role, other.role} & ADMINISTRATORS:
        return False
    begun_before_end = other.ends_on is None or one.starts_on < other.ends_on
    ended_before_begin = one.ends_on is not None and one.ends_on <= other.starts_on
    return begun_before_end and not ended_before_begin


def forget_wrong_givers(apps: Any, _schema_editor: Any) -> None:
    """Leave open who gave a role that its own holder is said to have given."""
    roles = apps.get_model("accounts", "RoleAssignment").objects
    roles.filter(delegated_by=F("user")).update(delegated_by=None)


def delete_empty_locks(apps: Any, _schema_editor: Any) -> None:
    """Delete locks that never held."""
    locks = apps.get_model("accounts", "SignInLock").objects
    locks.filter(Q(runs_out_at__lte=F("locked_at"))).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_digests_of_slips")]

    operations = [
        migrations.RunPython(rename_phones, migrations.RunPython.noop),
        migrations.RunPython(
            void_roles_beside_administration, migrations.RunPython.noop
        ),
        migrations.RunPython(forget_wrong_givers, migrations.RunPython.noop),
        migrations.RunPython(delete_empty_locks, migrations.RunPython.noop),
    ]
