"""What monitors hear of backups and of the sealing of the audit log."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.dates import format_time
from core.registries.chores import chores
from exchange.actions import record_backup, run_chore

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.ATTACHMENT_DIR = tmp_path / "attachments"


def warned_of(client):
    """Whether the installation is ready, and of what its health warns."""
    answer = client.get("/readyz").json()
    return answer["ready"], answer["warnings"]


def test_the_health_warns_of_an_old_backup_and_the_pages_go_on(
    client, settings, time_machine, caplog
):
    time_machine.move_to(timezone.now())
    settings.BACKUP_EXPECTED_HOURS = 36
    never = warned_of(client)
    record_backup(timezone.now(), file_name="a.backup")
    just_now = warned_of(client)
    time_machine.shift(dt.timedelta(hours=37))
    record_backup(timezone.now(), failure="the disk is full")
    run_chore(chores.get("accounts.seal"))

    old = warned_of(client)
    settings.BACKUP_EXPECTED_HOURS = 0

    assert (never, just_now) == ((True, ["backup"]), (True, []))
    assert (old, warned_of(client)) == ((True, ["backup"]), (True, []))
    assert "37 小时" in caplog.text


def test_readiness_and_verify_say_since_when_nothing_is_sealed(
    client, settings, time_machine, caplog
):
    time_machine.move_to(timezone.now())
    settings.BACKUP_EXPECTED_HOURS = settings.VERIFY_EXPECTED_HOURS = 0
    record_backup(timezone.now(), file_name="a.backup")
    run_chore(chores.get("accounts.seal"))  # no entry is left without a seal
    since = format_time(timezone.localtime())
    running = warned_of(client)
    time_machine.shift(dt.timedelta(minutes=11))

    standing = warned_of(client)
    call_command("verify", only="accounts.sealed", stdout=(said := StringIO()))

    assert (running, standing) == ((True, []), (True, ["sealer"]))
    assert f"自 {since} 起" in caplog.text
    assert f"自 {since} 起" in said.getvalue()


def test_an_installation_whose_log_was_never_sealed_is_warned_of(
    client, settings, time_machine
):
    settings.BACKUP_EXPECTED_HOURS = settings.VERIFY_EXPECTED_HOURS = 0
    record_backup(timezone.now(), file_name="a.backup")
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=11))

    assert warned_of(client) == (True, ["sealer"])
