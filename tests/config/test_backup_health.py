"""What monitors hear of backups."""

import datetime as dt

import pytest
from django.utils import timezone

from exchange.actions import record_backup

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

    old = warned_of(client)
    settings.BACKUP_EXPECTED_HOURS = 0

    assert (never, just_now) == ((True, ["backup"]), (True, []))
    assert (old, warned_of(client)) == ((True, ["backup"]), (True, []))
    assert "37 小时" in caplog.text
