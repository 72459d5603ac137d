"""Who only opens a paper or a workbook is not named as the one who filled it in."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from tests.access_matrix.tables import open_pages
from tests.exports import body
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.django_db
PAGES = open_pages()
SIGNED = re.compile(r"(填表人|制表人)[：:]")


def said_in(answer):
    """The text of a page or of a workbook, without blanks; nothing of other files."""
    kind, content = answer.headers["Content-Type"], body(answer)
    if kind.startswith("text/html"):
        text = re.sub(r"<[^>]+>", "", content.decode())
    elif "spreadsheetml" in kind:
        sheets = openpyxl.load_workbook(io.BytesIO(content))
        text = "\n".join(
            str(value) for sheet in sheets for row in sheet.values for value in row
        )
    else:
        return ""
    return re.sub(r"\s", "", text)


def named_wrongly(table, world):
    """The documents of an app that say who filled them in, and those that lie."""
    signed, wrong = [], []
    for name, access in table.items():
        own, _foreign = access.args(world)
        for person in access.openers[:2]:
            user = world.people[person]
            answer = signed_in(user).get(reverse(name, args=own))
            text = said_in(answer) if answer.status_code == 200 else ""
            signed += [name] if SIGNED.search(text) else []
            if user is not None and f"填表人：{user.display_name}" in text:
                wrong.append((name, person))
    return signed, wrong


@pytest.mark.parametrize("app", sorted(PAGES))
def test_no_document_says_that_its_reader_filled_it_in(app, world):
    signed, wrong = named_wrongly(PAGES[app], world)

    assert wrong == []
    assert signed or app not in {"accounts", "finance", "reports"}
