"""Uploaded sheets are kept for seven days, those of before as well."""

import datetime as dt
from typing import Any

from django.db import migrations
from django.utils import timezone

KEEP_DAYS = 7


def shorten(apps: Any, _schema_editor: Any) -> None:
    """Bring the day of erasure forward where it lies later than a week after upload."""
    Attachment = apps.get_model("exchange", "Attachment")
    kept = Attachment.objects.filter(erased_at=None, erase_on__isnull=False)
    for attachment in kept.iterator():
        end = timezone.localdate(attachment.kept_at) + dt.timedelta(days=KEEP_DAYS)
        if end < attachment.erase_on:
            attachment.erase_on = end
            attachment.save(update_fields=["erase_on"])


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_running")]

    operations = [migrations.RunPython(shorten, migrations.RunPython.noop)]
