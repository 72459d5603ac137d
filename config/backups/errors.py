"""Why a backup or a restore fails: what happened, what is untouched, what to do."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class WrongKeyText(DomainError):
    """A text is not a key of ours."""

    message = _(
        "This is no backup key: a key is 44 characters that `manage.py make_backup_key`"
        " wrote. Nothing was done."
    )


class NoRecipient(DomainError):
    """Nobody is named who could read the backup."""

    message = _(
        "BACKUP_RECIPIENT is not set, so nobody could read the backup. Nothing was"
        " written: make a key pair with `manage.py make_backup_key FILE`, and put the"
        " public key into the environment file."
    )


class DamagedBackup(DomainError):
    """The file is not what was written, or is no backup."""

    message = _(
        "%(name)s is no complete backup: it is damaged or cut off. Nothing was"
        " restored: take another backup."
    )


class NotForThisKey(DomainError):
    """The backup was made for another public key."""

    message = _(
        "%(name)s was made for another key. Nothing was restored: use the private key"
        " that belongs to the BACKUP_RECIPIENT of that time."
    )


class ToolMissing(DomainError):
    """PostgreSQL's own programs are not on the machine."""

    message = _(
        "The program %(name)s was not found. Nothing was done: install it (on Debian:"
        " apt-get install postgresql-client), then try again."
    )


class MayNotRead(DomainError):
    """The role may not read every table."""

    message = _(
        "The database role %(role)s may not read %(count)s of the tables and sequences,"
        " so the backup would be incomplete. Nothing was written: run `grant_access` as"
        " the owner, as the guide on going to production says."
    )


class DatabaseToolFailed(DomainError):
    """PostgreSQL's program ended with an error."""

    message = _("%(name)s failed: %(reason)s")


class CannotWrite(DomainError):
    """The file cannot be written."""

    message = _(
        "The backup could not be written: %(reason)s. No incomplete file was left:"
        " make room or choose another folder, then try again."
    )


class NotAsWritten(DomainError):
    """The backup, read back, differs from what was to be saved."""

    message = _(
        "The backup was read back and is not complete. It was removed: look for faults"
        " of the disk, then try again."
    )


class FilesMissing(DomainError):
    """Files that the database knows are not on the disk."""

    message = _(
        "The backup %(name)s was written, but %(count)s uploaded files are not on the"
        " disk and so not in it. `manage.py verify --only exchange.files` names them."
    )


class NothingToRestore(DomainError):
    """There is no backup where it was looked for."""

    message = _("There is no backup in %(folder)s. Nothing was restored.")


class KeysMissing(DomainError):
    """The installation lacks keys with which the data was encrypted."""

    message = _(
        "The data was encrypted with keys that this installation does not have:"
        " %(names)s. Without them numbers and files stay unreadable, so nothing was"
        " restored: put the keys of that time into the environment file first."
    )


class NewerBackup(DomainError):
    """The backup is of a newer version than the code."""

    message = _(
        "The backup was made by a newer version, with changes that this one does not"
        " know (%(names)s). Nothing was restored: install that version first."
    )


class OtherDatabase(DomainError):
    """A backup of one kind of database cannot enter the other."""

    message = _(
        "The backup is of %(there)s, this installation uses %(here)s. Nothing was"
        " restored."
    )


class NotEmpty(DomainError):
    """There is something that a restore would overwrite."""

    message = _(
        "%(what)s is not empty. Nothing was overwritten: restore into an empty database"
        " and an empty folder of files."
    )


class NotEqual(DomainError):
    """What was restored differs from what was saved."""

    message = _(
        "The restored tables are not those of the backup: %(names)s. Do not use this"
        " database: empty it, and restore again or from another backup."
    )
