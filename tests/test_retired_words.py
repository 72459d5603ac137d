"""Words that the project no longer uses, and what it says instead."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
IDENTIFIERS = {
    "DayToCome": "FutureDay",
    "DeedAdmin": "ActionBackedAdmin",
    "DeedFormView": "ActionFormView",
    "DeedName": "@action(label=…)",
    "DeedView": "ActionView",
    "DoneDeed": "IdempotencyRecord",
    "DutyCode": "Role",
    "AT_ONCE": "BATCH_SIZE",
    "BEGUN_ANEW": "RENEWED_FIELDS",
    "FORGOTTEN": "CLEARED_FIELDS",
    "Happening": "AuditEvent",
    "KeyMissing": "MissingIdempotencyKey",
    "KeepsBothBooks": "HoldsBothRoles",
    "LONGEST": "MAX_LENGTH",
    "NOBODY": "NO_ROLES",
    "NOT_CHOSEN": "RECORDED_BY_OTHER_ACTIONS",
    "NOUGHT": "ZERO",
    "OrganizationSpell": "OrganizationVersion",
    "OutsideChosenPlace": "OutsideChosenOrganization",
    "OverRow": "PermittedObjectMixin",
    "RowVerdict": "Verdict",
    "RosterJudge": "RosterPlanner",
    "RuleBroken": "ConstraintViolated",
    "SheetOfOtherPlace": "SheetOfOtherOrganization",
    "SheetOfUnknownPlace": "SheetOfUnknownOrganization",
    "SheetJudge": "SheetRecognizer",
    "StaleForm": "EditConflict",
    "StaleMark": "RecountRequest",
    "WAYS_BACK": "REASONS_TO_RETURN",
    "_refuse_homeless": "_refuse_without_organization",
    "add_deed": "add_action",
    "change_deed": "change_action",
    "checked_all": "validate_all",
    "close_open_rows": "closers.close_rows",
    "close_rows_of_unit": "unit_closers.close_rows",
    "code_words": "labels_of_code_list",
    "coming_from": "audit_context",
    "count_open_rows": "closers.count_rows",
    "describe_rows_of_unit": "unit_closers.describe_rows",
    "end_in_key": "end_order_in_key",
    "find_broken_rules": "find_violated_constraints",
    "settle_filing": "settle_reminders",
    "under_way_for": "transfer_under_way",
    "filing_place": "filing_organization",
    "filing_places": "filing_organizations",
    "find_heading_place": "find_heading_organization",
    "found_organization": "create_organization",
    "found_organizations": "create_organizations",
    "guest_lines": "guest_rows",
    "hold_alone": "lock_exclusive",
    "hold_together": "lock_shared",
    "in_our_time": "plausible_dates",
    "latest_filing": "latest_submission",
    "list_filings": "list_submissions",
    "keys_like": "keys_of",
    "keep_aliases": "set_aliases",
    "keep_code_items": "save_code_items",
    "keep_file": "store_file",
    "keep_skills": "set_skills",
    "lay_out": "save_preview",
    "left_by": "blockers_for",
    "mark_stale": "request_recount",
    "names_place": "names_organization",
    "pace_plans": "limit_planning_time",
    "pace_rows": "limit_reading_time",
    "place_text": "community_text",
    "place_in_month": "require_organization_at",
    "place_locks": "lock_account",
    "placed_on": "in_tree_on",
    "places_at": "get_organizations_on_paths",
    "most_hours": "max_hours",
    "reached_by": "in_scope_of",
    "rows_behind": "rows_of_target",
    "rule_behind": "violated_constraint",
    "rules_speak": "translate_integrity_errors",
    "says_something": "empty_or_sentence",
    "sent_once": "run_once",
    "sides_of": "postings_of",
    "split_place_and_kind": "split_organization_and_kind",
    "stale_token": "version_token",
    "take_in": "import_now",
    "words_around": "words_known_of",
}
WORDS = {
    "deeds?": "action",
    "spells?": "version, effective-dated row",
    "duty|duties": "role, role assignment",
    "trails?": "audit log",
    "nought": "zero",
    "stale mark": "recount request",
}


def imported_packages() -> list[str]:
    """Return the packages whose imports are checked: every app and `core`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["tool"]["importlinter"]["root_packages"]


FOLDERS = (
    *imported_packages(),
    *("deploy", "docs", "static", "templates", "tests", "tools"),
)
# An identifier is words joined by underscores.
BEFORE, AFTER = r"(?<![A-Za-z])", r"(?![A-Za-z])"
SUFFIXES = {".py", ".html", ".css", ".js", ".md"}
# The decisions are history; the rest is written by tools or by others.
SKIPPED = {"decisions", "locale", "migrations", "vendor"}
# Input files keep the key "duty".
INPUT_KEYS = (
    "config/demo/",
    "config/management/commands/bootstrap.py",
    "config/setup_file.py",
    "docs/how-to/set-up-an-installation.md",
    "tests/config/",
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def list_files() -> Iterator[Path]:
    """Yield what people of this project wrote, but for history and this list."""
    yield from (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            own = SKIPPED.isdisjoint(path.relative_to(ROOT).parts)
            if path.suffix in SUFFIXES and own and path != Path(__file__):
                yield path


def find_identifiers(text: str) -> dict[str, str]:
    """Return the retired identifiers in the text, each with its replacement.

    An action names what the audit log called it before.
    """
    text = re.sub(r'former_name="\w+"', "", text)
    return {
        old: new for old, new in IDENTIFIERS.items() if re.search(rf"\b{old}\b", text)
    }


def find_words(name: str, text: str) -> dict[str, str]:
    """Return the retired words in the text, each with its replacement."""
    found = {
        match.lower(): new
        for old, new in WORDS.items()
        for match in re.findall(rf"{BEFORE}(?:{old}){AFTER}", text, re.IGNORECASE)
    }
    if name.startswith(INPUT_KEYS):
        found.pop("duty", None)
    return found


def test_no_file_uses_a_retired_name_or_word():
    found = {}
    for path in list_files():
        name, text = name_of(path), path.read_text(encoding="utf-8")
        if retired := find_identifiers(text) | find_words(name, text):
            found[name] = retired

    assert found == {}


def test_retired_words_are_found_whole_and_in_any_case():
    text = "test_deeds_count, spelling, OverRow; a stale mark and its duty."

    assert find_identifiers(text) == {"OverRow": "PermittedObjectMixin"}
    assert set(find_words("core/x.py", text)) == {"deeds", "stale mark", "duty"}
    assert set(find_words("config/demo/x.py", text)) == {"deeds", "stale mark"}
