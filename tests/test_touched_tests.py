"""Which tests `make test-fast` runs after which change."""

import importlib
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent / "tools"


@pytest.fixture
def touched(monkeypatch):
    """The tool's answer to one changed file."""
    monkeypatch.syspath_prepend(str(TOOLS))
    tool = importlib.import_module("touched_tests")
    return lambda name: tool.select([Path(name)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("README.md", "CHANGELOG.md"),
        ("docs/README.md", "docs/reference/commands.md"),
        ("static/core/jiedao.css", "static/core/admin.css"),
        ("finance/money.py", "finance/money.py"),
    ],
)
def test_two_files_of_the_same_tests_both_have_them(touched, one, other):
    tool = importlib.import_module("touched_tests")

    assert tool.select([Path(one), Path(other)]).without == []


def test_a_changed_test_runs_itself(touched):
    assert touched("tests/core/test_days.py").near == {"tests/core/test_days.py"}


def test_a_module_runs_the_tests_of_its_app_that_reach_it(touched):
    near = touched("finance/money.py").near

    assert {"tests/finance/test_money.py", "tests/finance/test_posting.py"} <= near
    assert {name.split("/")[1] for name in near} == {"finance"}


def test_what_is_further_away_is_counted_and_not_run(touched):
    chosen = touched("finance/money.py")

    assert chosen.far
    assert not chosen.far & chosen.near


def test_a_view_that_nothing_imports_runs_the_tests_that_open_pages(touched):
    near = touched("finance/views/funds.py").near

    assert "tests/finance/test_pages.py" in near
    assert "tests/finance/test_money.py" not in near


def test_what_a_registry_collects_runs_the_tests_of_its_app(touched):
    assert touched("finance/todos.py").near >= {"tests/finance/test_ledger.py"}


@pytest.mark.parametrize(
    "name",
    [
        *("finance/indicators.py", "finance/permissions.py", "finance/models/rules.py"),
        *(
            "members/kinds.py",
            "members/invariants/records.py",
            "members/hooks/__init__.py",
        ),
        *("organizations/roles.py", "reports/urls.py", "figures/definitions.py"),
    ],
)
def test_what_stands_in_a_table_of_the_papers_runs_their_test(touched, name):
    assert "tests/test_docs.py" in touched(name).near


def test_other_modules_do_not_run_the_test_of_the_papers(touched):
    assert "tests/test_docs.py" not in touched("finance/money.py").near


def test_a_factory_runs_the_tests_that_use_it(touched):
    near = touched("tests/factories/finance.py").near

    assert "tests/finance/test_posting.py" in near
    assert "tests/core/test_days.py" not in near


def test_a_template_runs_the_pages_of_its_app(touched):
    near = touched("templates/finance/fund.html").near

    assert {"tests/finance/test_pages.py", "tests/core/test_templates.py"} <= near


def test_words_run_the_tests_of_words(touched):
    near = touched("finance/locale/zh_Hans/LC_MESSAGES/django.po").near

    assert near == {"tests/test_languages.py", "tests/test_words.py"}


def test_a_page_of_the_papers_runs_the_test_of_the_papers(touched):
    assert touched("docs/README.md").near == {"tests/test_docs.py"}


def test_a_file_that_no_rule_knows_is_named(touched):
    chosen = touched(f"unheard/{__name__}.bin")

    assert (chosen.near, chosen.without) == (set(), [f"unheard/{__name__}.bin"])
