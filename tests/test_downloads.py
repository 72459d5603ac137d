"""What an office downloads opens in an office program."""

import re
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tests.access_matrix.tables import all_access
from tests.client import Browser

ROOT = Path(__file__).parents[1]
# Raw data for a program that checks a hash: not for offices, and called so.
FOR_PROGRAMS = {"reports:published": "secretary"}
# Given back as it was kept: an upload, or what a job of the test world keeps.
AS_KEPT = {"exchange:file", "exchange:job_file", "exchange:document_file"}
ZIP = b"PK"
BACKEND = "accounts.backends.UsernameOrPhone"


def test_every_download_for_an_office_is_a_workbook(world):
    opened, wrong = [], []

    for name, access in all_access().items():
        people = [person for person in access.openers if person != "nobody"]
        if access.method != "get" or not people or name in AS_KEPT:
            continue
        args, _foreign = access.args(world)
        with transaction.atomic():
            client = Browser()
            client.force_login(world.people[people[0]], backend=BACKEND)
            answer = client.get(reverse(name, args=args))
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                opened.append(name)
                if name not in FOR_PROGRAMS and not starts_as_workbook(answer):
                    wrong.append(name)
            transaction.set_rollback(True)

    assert wrong == []
    assert {"reports:summary", "reports:published"} <= {*opened}


def test_what_is_for_programs_is_not_for_those_who_file():
    matrix = all_access()

    for name, person in FOR_PROGRAMS.items():
        assert matrix[name].own[person] == 403


def test_one_function_writes_the_headers_of_a_download():
    writers = {
        path.relative_to(ROOT).as_posix()
        for app in (*settings.OUR_APPS, "sheets", "config")
        for path in (ROOT / app).rglob("*.py")
        if re.search("Content-Disposition|FileResponse", path.read_text())
    }

    assert writers == {"core/web/downloads.py"}


def starts_as_workbook(answer):
    """Whether the file begins as .xlsx files do."""
    if answer.streaming:
        return b"".join(answer.streaming_content).startswith(ZIP)
    return answer.content.startswith(ZIP)
