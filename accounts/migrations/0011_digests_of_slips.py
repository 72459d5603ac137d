"""Digest the sign-in slips that were printed before they carried digests."""

from typing import Any

from django.db import migrations

from accounts.actions.digests import digest_migrated
from accounts.models import SignInSlip


def digest_slips(_apps: Any, _schema_editor: Any) -> None:
    """Digest every slip as it stands."""
    digest_migrated(SignInSlip)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_liaisons_of_ended_units")]

    operations = [migrations.RunPython(digest_slips, migrations.RunPython.noop)]
