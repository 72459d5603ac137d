"""Drop the trigger that froze confirmed hours: `migrate` installs two others after it."""

from typing import Any

from django.db import migrations

from core.db.triggers import AppendOnly

FROZEN = AppendOnly("servicerecord_confirmed_is_frozen", "OLD.state = 'confirmed'")


def drop_trigger(_apps: Any, _schema_editor: Any) -> None:
    """Drop it, where a database of before has it."""
    FROZEN.remove("volunteering_servicerecord")


class Migration(migrations.Migration):
    dependencies = [("volunteering", "0002_cancelled_shifts_and_contacts")]

    operations = [migrations.RunPython(drop_trigger, migrations.RunPython.noop)]
