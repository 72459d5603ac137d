"""Set up an installation from one file: tree, members, accounts, closed months."""

import datetime as dt
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import assign_role, create_account, issue_slip
from accounts.models import RoleAssignment, User
from config.keys import require_right_keys
from config.setup_file import (
    MONTHS,
    ROW_KEYS,
    FileWrong,
    check_keys,
    name_row,
    naming,
)
from core.commands import InstallationCommand
from core.db.digests import digested
from core.errors import DomainError
from core.file_errors import file_errors_in_words
from members.actions import Admission, admit_members, open_account
from members.enums import Category, Sex, Standing, StartReason
from members.models import Member
from organizations.actions import close_month, create_organizations
from organizations.enums import OrganizationKind
from organizations.models import Organization
from organizations.queries import filing_organizations
from organizations.roles import INSTALLATION, SUBTREE, Role


def say_none_of(text: object, known: Iterable[str]) -> str:
    """Say what a text is and which ones there are."""
    names = "、".join(known)
    return _("“%(text)s” is none of %(names)s.") % {"text": text, "names": names}


def by_label(choices: Any, label: str) -> Any:
    """Return the choice with the Chinese label that offices write."""
    for choice in choices:
        if label in {choice.value, str(choice.label)}:
            return choice
    raise ValueError(say_none_of(label, (str(c.label) for c in choices)))


def kind_of(row: dict[str, Any]) -> OrganizationKind:
    """Return the kind of an organization by its code."""
    if row["level"] not in OrganizationKind:
        raise ValueError(say_none_of(row["level"], OrganizationKind))
    return OrganizationKind(row["level"])


def role_of(row: dict[str, Any]) -> Role:
    """Return the role of an account by its code."""
    if row["duty"] not in Role:
        raise ValueError(say_none_of(row["duty"], Role))
    return Role(row["duty"])


def day(text: str | None) -> dt.date | None:
    """Return the ISO date, or None for no text."""
    return iso_day(text) if text else None


def iso_day(text: str) -> dt.date:
    """Return the day written as in 2011-07-01."""
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        sentence = _("“%(text)s” is no day as in 2011-07-01 or month as in 2011-07.")
        message = sentence % {"text": text}
        raise ValueError(message) from error


def admission(row: dict[str, Any], tree: dict[str, Organization]) -> Admission:
    """Return what a row of `existing_members` enters."""
    return Admission(
        values={
            "name": row["name"],
            "sex": by_label(Sex, row["sex"]),
            "id_number": row["id_number"],
            "birth_date": day(row["birth_date"]),
            "join_date": day(row.get("join_date")),
            "full_member_date": day(row.get("full_member_date")),
            "phone": row.get("phone"),
            "standing": by_label(Standing, row["member_type"]),
            "category": by_label(Category, row["category"]),
        },
        organization=tree[row["branch"]],
        starts_on=iso_day(row["affiliated_on"]),
        reason=StartReason.RECORDED,
    )


def write_for_owner(path: Path, text: str) -> None:
    """Write a new file that no other person of the machine may read."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


class Command(InstallationCommand):
    """Reads the file, does everything or nothing, and prints the sign-in slips."""

    help = gettext_lazy(
        "Set up an installation from FILE.json (tree, accounts, members, months)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--slips", type=Path, help=_("write the slips to this new file instead")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        require_right_keys()
        if Organization.objects.exists() or User.objects.exists():
            raise CommandError(
                _(
                    "Nothing was set up: this installation has organizations or"
                    " accounts. Only an empty one is set up from a file; add to it on"
                    " its pages."
                )
            )
        path = options["slips"]
        try:
            with file_errors_in_words(options["file"]):
                world = json.loads(options["file"].read_text(encoding="utf-8"))
            check_keys(world)
            lines = self.bootstrap(world, path)
        except (DomainError, IntegrityError, TypeError, ValueError) as error:
            message = _("Nothing was set up: %(reason)s") % {"reason": error}
            raise CommandError(message) from error
        self.count(world)
        self.name_missing_administrators()
        if path is None:
            self.stdout.write(lines, ending="")

    @digested
    def bootstrap(self, world: dict[str, Any], path: Path | None) -> str:
        """Set everything up and write the slips, or nothing; return their lines."""
        slips = self.set_up(world)
        lines = "".join(f"{user.username}\t{code}\n" for user, code in slips)
        if path is not None:
            with file_errors_in_words(path):
                write_for_owner(path, lines)
        return lines

    def count(self, world: dict[str, Any]) -> None:
        """Say how many rows of each list were entered, so that a lost one shows."""
        lists = (*ROW_KEYS, MONTHS)
        counted = ", ".join(f"{name} {len(world.get(name, []))}" for name in lists)
        self.stderr.write(_("Set up: %(counted)s.") % {"counted": counted})

    def name_missing_administrators(self) -> None:
        """Warn where nobody can open accounts, keep settings or read the log."""
        held = set(RoleAssignment.objects.standing().values_list("role", flat=True))
        if missing := sorted({str(role) for role in INSTALLATION} - held):
            self.stderr.write(
                _(
                    "Nobody has these roles yet: %(roles)s. Without them no account can"
                    " be opened on a page and nobody reads the log."
                )
                % {"roles": ", ".join(missing)}
            )

    def set_up(self, world: dict[str, Any]) -> list[tuple[User, str]]:
        """Do the four parts in order; return each account with its slip's code."""
        tree = self.plant(world["orgs"])
        members = self.admit(world.get("existing_members", []), tree)
        slips = []
        for number, row in enumerate(world.get("users", []), 1):
            with naming(name_row("users", number, row)):
                slips.append(self.account(row, tree, members))
        with naming(MONTHS):
            self.close(world.get(MONTHS, []), tree)
        return slips

    def plant(self, rows: list[dict[str, Any]]) -> dict[str, Organization]:
        """Create the organizations; return them by their codes."""
        specifications, codes = [], set[str]()
        for number, row in enumerate(rows, 1):
            with naming(name_row("orgs", number, row)):
                if row["code"] in codes:
                    raise FileWrong(
                        _("%(row)s is there twice.")
                        % {"row": name_row("orgs", number, row)}
                    )
                if row["parent"] and row["parent"] not in codes:
                    raise KeyError(row["parent"])
                codes.add(row["code"])
                specifications.append(
                    {**row, "kind": kind_of(row), "full_name": row["full"]}
                )
        with naming("orgs"):
            return create_organizations(specifications, by=None)

    def admit(
        self, rows: list[dict[str, Any]], tree: dict[str, Organization]
    ) -> dict[str, Member]:
        """Enter the first members; return them by their key in the file."""
        admissions, places = [], []
        for number, row in enumerate(rows, 1):
            places.append(name_row("existing_members", number, row))
            with naming(places[-1]):
                admissions.append(admission(row, tree))
        try:
            with transaction.atomic():
                entered = admit_members(admissions, by=None)
        except (DomainError, IntegrityError, TypeError, ValueError):
            for place, one in zip(places, admissions, strict=True):
                with naming(place):
                    admit_members([one], by=None)
            raise
        return {row["key"]: m for row, m in zip(rows, entered, strict=True)}

    def account(
        self,
        row: dict[str, Any],
        tree: dict[str, Organization],
        members: dict[str, Member],
    ) -> tuple[User, str]:
        """Create one account with its role, and the slip that opens it."""
        code = role_of(row)
        if code == Role.MEMBER:
            user = open_account(members[row["member"]], by=None, username=row["login"])
        else:
            user = create_account(row["login"], by=None, display_name=row["role"])
            organization = tree[row["scope"]] if code in SUBTREE else None
            assign_role(user, code, by=None, organization=organization)
        _slip, printed = issue_slip(user, by=None)
        return user, printed

    def close(self, months: list[str], tree: dict[str, Organization]) -> None:
        """Close months that an older system published, for all that file."""
        organizations = {
            organization.pk: organization
            for organization in filing_organizations(tree.values()).values()
        }
        for month in months:
            first = iso_day(f"{month}-01")
            for organization in organizations.values():
                close_month(organization, first, by=None)
