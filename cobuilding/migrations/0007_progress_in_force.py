"""Remove the progress of months before the agreement was in force."""

from typing import Any

from django.db import migrations
from django.db.models import F
from django.db.models.functions import TruncMonth


def remove(apps: Any, _schema_editor: Any) -> None:
    """No figure counted these months; the target's page called them on course."""
    progress = apps.get_model("cobuilding", "TargetProgress").objects
    signed = TruncMonth("target__agreement__in_force_on")
    early = progress.annotate(signed=signed).filter(month__lt=F("signed"))
    progress.filter(pk__in=[*early.values_list("pk", flat=True)]).delete()


class Migration(migrations.Migration):
    dependencies = [("cobuilding", "0006_both_ends")]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
