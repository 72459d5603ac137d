"""Importing a sheet from the command line."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from exchange.errors import NoRoleToImport
from exchange.models import ImportBatch
from members.models import Member
from sheets.read.errors import WebPage
from tests.factories.accounts import holder
from tests.factories.exchange import person, workbook
from tests.factories.members import identity_number
from tests.messages import refusal_of, says
from tests.sheets.books import MAIN, raw_book, sheet_xml

pytestmark = pytest.mark.django_db

# Reads a file in a process with everything loaded; tells the refusal and the peak.
JUDGE = """
import re, sys
from pathlib import Path
import django
django.setup()
import config.urls
from exchange.management.commands import import_sheet
from sheets.read import UnreadableFile, find_tables, open_sheets
from members.kinds import ROSTER, MemberRoster
path = Path(sys.argv[1])
try:
    find_tables(open_sheets(path, filename=path.name), ROSTER)
except UnreadableFile as refusal:
    status = Path("/proc/self/status").read_text()
    print(type(refusal).__name__, re.search(r"VmHWM:\\s+(\\d+)", status)[1])
"""


@pytest.fixture
def bring(tmp_path, secretary, branch):
    """Run the command on some content and return its report."""

    def run(content, *options, by=secretary):
        sheet, out = tmp_path / "花名册.xlsx", tmp_path / "out.json"
        sheet.write_bytes(content)
        command = ["import_sheet", str(sheet), "--kind", "member_roster"]
        try:
            call_command(*command, "--as", by.username, "--json", str(out), *options)
        finally:
            written = json.loads(out.read_text()) if out.exists() else None
        return written

    run.out = tmp_path / "out.json"
    return run


def test_the_report_has_every_row_in_full_for_the_operator_only(bring):
    rows = [["注：样表"], person(2, 姓名=None), person(1)]

    report = bring(workbook(rows))

    at = {"sheet": "花名册", "excel_row": 4}
    (accepted,) = report["accepted"]
    assert {**accepted, "fields": None} == {**at, "flags": [], "fields": None}
    assert accepted["fields"]["id_number"] == identity_number(1)
    assert report["refused"] == [
        {"sheet": "花名册", "excel_row": 3, "message": "第3行 姓名：为空，必须填写"}
    ]
    assert report["ignored"] == [{"sheet": "花名册", "excel_row": 2}]
    assert report["seconds"] >= 0
    assert bring.out.stat().st_mode & 0o777 == 0o600


def test_what_is_recorded_already_is_flagged(bring):
    bring(workbook([person(1), person(2)]))

    report = bring(workbook([person(1), person(2, 手机号码="13812345678")]))

    assert [row["flags"] for row in report["accepted"]] == [["unchanged"], ["updated"]]


def test_a_dry_run_reports_the_same_and_writes_nothing(bring):
    dry = bring(workbook([person(1)]), "--dry-run")
    assert (Member.objects.count(), ImportBatch.objects.count()) == (0, 0)

    report = bring(workbook([person(1)]))

    assert {**dry, "seconds": 0} == {**report, "seconds": 0}


def test_a_refused_file_is_one_refusal_and_a_failure(bring):
    with pytest.raises(CommandError, match=refusal_of(WebPage)):
        bring(b"<html></html>")

    report = json.loads(bring.out.read_text())
    (refused,) = report.pop("refused")
    assert (refused["sheet"], refused["excel_row"]) == (None, None)
    assert says(refused["message"], refusal_of(WebPage))
    assert {**report, "seconds": 0} == {"accepted": [], "ignored": [], "seconds": 0}


def test_a_person_without_the_role_is_refused(bring, officer):
    with pytest.raises(CommandError, match=refusal_of(NoRoleToImport)):
        bring(workbook([person(1)]), by=officer)


def test_a_keeper_of_two_places_must_choose_one(bring, secretary, west, staff):
    holder_of_both = secretary
    west_assignment = holder("clerk", west).role_assignments.get()
    west_assignment.user = holder_of_both
    west_assignment.save(update_fields=["user"])

    with pytest.raises(CommandError, match=r"east, west"):
        bring(workbook([person(1)]))
    report = bring(workbook([person(1)]), "--organization", "east")

    assert len(report["accepted"]) == 1


def test_the_place_of_others_cannot_be_chosen(bring, west):
    with pytest.raises(CommandError, match=refusal_of(NoRoleToImport)):
        bring(workbook([person(1)]), "--organization", "west")


def test_an_unknown_username_is_refused(bring, secretary):
    secretary.is_active = False
    secretary.save(update_fields=["is_active"])

    with pytest.raises(CommandError, match=secretary.username):
        bring(workbook([person(1)]))


def test_a_process_that_enters_nobody_stays_below_150_megabytes(tmp_path):
    bomb = "<si><t>" + "x" * 900 + "</t></si>"
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        strings=f'<sst xmlns="{MAIN}">{bomb * 60_000}</sst>',
    )

    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", JUDGE, str(path)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )

    refusal, peak = done.stdout.split()
    assert (refusal, int(peak) < 150 * 1024) == ("TooLarge", True)
