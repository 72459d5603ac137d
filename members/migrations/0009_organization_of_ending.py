"""Rename `Ending.place` to `organization`, as every other model calls it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0008_transfers")]

    operations = [migrations.RenameField("ending", "place", "organization")]
