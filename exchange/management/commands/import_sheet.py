"""Import a sheet from the command line, and write a report of each row."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.commands import InstallationCommand
from core.errors import DomainError
from core.file_errors import file_errors_in_words
from exchange.doubts import DOUBTS, ENTER, LEAVE_OUT
from exchange.errors import ChooseOrganization, NoRoleToImport
from exchange.import_kinds import ImportKind, Verdict, import_kinds
from exchange.imports import import_now
from exchange.imports.import_plan import ImportPlan
from exchange.imports.plan import plan_file
from exchange.imports.recognition import ALL_SHEETS
from exchange.permissions import organizations_for
from exchange.sheet_context import TYPES, SheetAnswers
from organizations.models import Organization


class Command(InstallationCommand):
    """Does what the page does, without a preview unless `--dry-run` asks for one."""

    help = gettext_lazy("Import FILE as a kind of sheet, with the roles of one person.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--kind", required=True, choices=[k.key for k in import_kinds]
        )
        parser.add_argument("--as", dest="username", required=True)
        parser.add_argument(
            "--organization", help=_("code of the sheet's organization")
        )
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help=_("what the sheet does not say: sheet=TYPE, or the key of a question"),
        )
        parser.add_argument("--dry-run", action="store_true", help=_("write nothing"))
        parser.add_argument("--json", type=Path, dest="out", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            sentence = _("Nobody signs in as %(name)s. Nothing was imported.")
            raise CommandError(sentence % {"name": options["username"]})
        try:
            with file_errors_in_words(options["file"]), options["file"].open("rb"):
                pass
            with file_errors_in_words(options["out"]):
                try_to_write(options["out"])  # before anything is entered
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.run_import(user, options)

    def run_import(self, user: User, options: dict[str, Any]) -> None:
        """Import the sheet, write the report, and say what is still asked."""
        started = time.monotonic()
        try:
            import_plan = self.import_file(user, options)
            report = build_report(import_plan)
        except DomainError as refusal:
            self.write_report(options["out"], report_refusal(refusal), started)
            raise CommandError(str(refusal)) from refusal
        self.write_report(options["out"], report, started)
        sentence = _("%(accepted)d accepted, %(refused)d refused, %(ignored)d ignored")
        self.stdout.write(sentence % {name: len(rows) for name, rows in report.items()})
        if (import_plan.questions() or import_plan.unseen) and not options["dry_run"]:
            keys = ", ".join(
                [*import_plan.questions(), *([DOUBTS] * bool(import_plan.unseen))]
            )
            sentence = _(
                "Nothing was entered: say --answer %(keys)s, or answer on the page."
            )
            raise CommandError(sentence % {"keys": keys})

    def import_file(self, user: User, options: dict[str, Any]) -> ImportPlan:
        """Read the sheet and enter its rows, or only read it."""
        kind = import_kinds.get(options["kind"])
        organization = self.get_organization(user, kind, options["organization"])
        answers = parse_answers(kind, options["answer"])
        if options["dry_run"]:
            return plan_file(
                options["file"],
                filename=options["file"].name,
                kind=kind,
                by=user,
                organization=organization,
                answers=SheetAnswers.of(answers),
            )
        with options["file"].open("rb") as file:
            upload = File(file, name=options["file"].name)
            return import_now(
                upload, kind=kind, organization=organization, by=user, answers=answers
            )

    def get_organization(
        self, user: User, kind: ImportKind, code: str | None
    ) -> Organization:
        """Return the organization of the sheet: the named one, or the person's only."""
        organizations = list(organizations_for(user, kind))
        if code:
            named = [
                organization
                for organization in organizations
                if organization.code == code
            ]
            if not named:
                raise NoRoleToImport
            return named[0]
        tops = [
            organization
            for organization in organizations
            if not any(
                organization.path.startswith(other.path) and organization != other
                for other in organizations
            )
        ]
        if not tops:
            raise NoRoleToImport
        if len(tops) > 1:
            raise ChooseOrganization(
                codes=", ".join(organization.code for organization in tops)
            )
        return tops[0]

    def write_report(self, path: Path, report: dict[str, Any], started: float) -> None:
        """Write the report for the operator alone: it holds personal data in full."""
        report = {**report, "seconds": round(time.monotonic() - started, 3)}
        path.touch(mode=0o600)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        path.write_text(text, encoding="utf-8")


def try_to_write(path: Path) -> None:
    """Raise what would be raised when the file is written; leave all as it is."""
    existed = path.exists()
    with path.open("ab"):
        pass
    if not existed:
        path.unlink()


def parse_answers(kind: ImportKind, pairs: list[str]) -> dict[str, Any]:
    """Return the answers of the command line as an import keeps them."""
    allowed = {q.key: [value for value, _label in q.choices] for q in kind.questions}
    allowed[DOUBTS] = [ENTER, LEAVE_OUT]
    allowed["sheet"] = [sheet_type.key for sheet_type in kind.sheet_types]
    answers: dict[str, Any] = {}
    for key, _equals, value in (pair.partition("=") for pair in pairs):
        if value not in allowed.get(key, ()):
            known = "; ".join(f"{k}={'|'.join(v)}" for k, v in allowed.items())
            sentence = _(
                "%(answer)s is not an answer. Nothing was entered. Possible are:"
                " %(known)s"
            )
            raise CommandError(sentence % {"answer": f"{key}={value}", "known": known})
        answers[key] = value
    sheet = answers.pop("sheet", "")
    return {**answers, TYPES: {ALL_SHEETS: sheet} if sheet else {}}


def build_report(import_plan: ImportPlan) -> dict[str, list[Any]]:
    """Return the outcome of each row, accepted ones with their values in full."""
    return {
        "accepted": [
            {**locate(plan), "flags": plan.flags, "fields": dict(plan.fields)}
            for plan in import_plan.plans
            if plan.verdict != Verdict.REFUSE
        ],
        "refused": [
            {**locate(plan), "message": plan.message}
            for plan in import_plan.plans
            if plan.verdict == Verdict.REFUSE
        ],
        "ignored": [locate(note) for note in import_plan.left_out],
        "recognized": import_plan.recognized,
        "questions": import_plan.questions(),
        "doubts": import_plan.doubts,
    }


def locate(row: Any) -> dict[str, Any]:
    """Return the sheet and row number of a row in the file."""
    return {"sheet": row.sheet, "excel_row": row.excel_row}


def report_refusal(refusal: DomainError) -> dict[str, list[dict[str, Any]]]:
    """Return the report of a file that was refused as a whole."""
    reason = {"sheet": None, "excel_row": None, "message": str(refusal)}
    return {"accepted": [], "refused": [reason], "ignored": []}
