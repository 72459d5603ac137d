"""What a backup says of itself: version, keys, tables."""

import base64
import hashlib
import tomllib
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from config.backups.databases import describe_tables
from config.backups.errors import KeysMissing, NewerBackup, OtherDatabase

FORMAT = 1


def describe_installation() -> dict[str, Any]:
    """Return what is true of the snapshot that the open transaction reads."""
    applied = MigrationLoader(connection).applied_migrations
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "version": project["project"]["version"],
        "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "keys": describe_keys(),
        "tables": describe_tables(),
    }


def describe_keys() -> dict[str, str]:
    """Return a fingerprint of each key, by which a missing one is noticed."""
    pairs = dict(item.split(":", 1) for item in settings.FIELD_KEYS)
    named = {f"FIELD_KEYS {name}": key for name, key in pairs.items()}
    return {
        name: hashlib.sha256(b"jiedao key " + base64.b64decode(key)).hexdigest()[:16]
        for name, key in {**named, "BLIND_KEY": settings.BLIND_KEY}.items()
    }


def refuse_unsuitable(manifest: dict[str, Any]) -> None:
    """Refuse a backup that this installation could not use."""
    here = connection.vendor
    if manifest["database"] != here:
        raise OtherDatabase(there=manifest["database"], here=here)
    own = describe_keys()
    missing = [name for name, key in manifest["keys"].items() if own.get(name) != key]
    if missing:
        raise KeysMissing(names="、".join(missing))
    disk = MigrationLoader(None).disk_migrations
    known = {f"{app}.{name}" for app, name in disk}
    if newer := sorted(set(manifest["migrations"]) - known):
        raise NewerBackup(names="、".join(newer[:5]))


def changed_tables(manifest: dict[str, Any]) -> list[str]:
    """Return the tables whose rows are not those that were saved."""
    there, here = manifest["tables"], describe_tables()
    return sorted(n for n in {*there, *here} if there.get(n) != here.get(n))
