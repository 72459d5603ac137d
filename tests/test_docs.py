"""The documents match the code: no noun, field, path or table is missing."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db import models

from accounts.models import SignInSlip, User
from core.db.fields import EncryptedTextField
from exchange.models import Attachment, ImportRow
from members.models import Member
from organizations.roles import Role

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
OURS = {*settings.OUR_APPS, "config"}
MODELS = [m for m in apps.get_models() if m._meta.app_label in OURS]
ABOUT_PEOPLE = [Member, User, SignInSlip, Attachment, ImportRow]
PERSONAL = (
    models.CharField,
    models.TextField,
    models.DateField,
    models.FileField,
    models.JSONField,
    EncryptedTextField,
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# A path of the project between backquotes, the way prose names a file.
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|html|css|js|txt|toml|json|md|csv))`")
MADE_LATER = {"var"}


def page(name):
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


def terms():
    """The glossary's Chinese terms by identifier."""
    rows = re.findall(r"^\| (.+?) \| `(\w+)` \|", page("glossary.md"), re.MULTILINE)
    return {identifier: term for term, identifier in rows}


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_the_glossary_has_every_noun_under_its_chinese_name(model):
    assert terms().get(model.__name__) == model._meta.verbose_name


@pytest.mark.parametrize("code", Role.values)
def test_the_glossary_has_every_role_under_its_chinese_name(code):
    assert terms().get(code) == Role(code).label


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=str)
def test_every_column_about_people_has_a_purpose_readers_and_an_end(model):
    columns = [f.name for f in model._meta.concrete_fields if isinstance(f, PERSONAL)]
    rows = {
        cells[1]: cells[2:-1]
        for line in page("personal-data.md").splitlines()
        if len(cells := [cell.strip() for cell in line.split("|")]) == 6
    }

    cells_by_column = {name: rows.get(f"`{model.__name__}.{name}`") for name in columns}

    assert {
        name: cells for name, cells in cells_by_column.items() if not all(cells or [""])
    } == {}


def test_tables_generated_from_the_code_are_current():
    tool = ROOT / "tools" / "reference_tables.py"

    result = subprocess.run(  # noqa: S603 -- a tool of our own
        [sys.executable, tool, "--check"], capture_output=True, text=True, check=False
    )

    assert (result.stdout, result.returncode) == ("", 0)


def test_every_rule_that_the_code_cites_is_on_the_page_of_rules():
    known = set(re.findall(r'<a id="r-\d\d"></a>(R-\d\d)', page("rules.md")))
    cited = {
        number
        for app in (*OURS, "config")
        for path in (ROOT / app).rglob("*.py")
        for number in re.findall(r"\bR-\d\d\b", path.read_text(encoding="utf-8"))
    }

    assert len(cited) > 20
    assert sorted(cited - known) == []


def test_every_command_of_ours_is_described():
    ours = sorted(name for name, app in get_commands().items() if app in OURS)
    described = re.findall(r"^## `manage.py (\w+)", page("commands.md"), re.MULTILINE)

    assert sorted(described) == ours


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(path):
    links = LINK.findall(path.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]

    assert [link for link in inside if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_that_is_named_exists(path):
    named = set(NAMED.findall(path.read_text(encoding="utf-8")))
    ours = {name for name in named if name.split("/")[0] not in MADE_LATER}

    assert sorted(name for name in ours if not (ROOT / name).exists()) == []


def test_every_page_can_be_reached_from_the_front():
    seen, ahead = set(), [ROOT / "README.md"]
    while ahead:
        path = ahead.pop().resolve()
        if path in seen or path.suffix != ".md":
            continue
        seen.add(path)
        links = LINK.findall(path.read_text(encoding="utf-8"))
        ahead += [path.parent / link for link in links if "://" not in link]

    assert sorted(str(p.relative_to(ROOT)) for p in PAGES if p not in seen) == []
