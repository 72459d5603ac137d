"""Commands speak one language, Chinese: helps, refusals and what is done."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(
    path
    for app in (*settings.OUR_APPS, "config")
    for path in (ROOT / app / "management" / "commands").glob("[!_]*.py")
)
# What commands hand on to the person at the terminal.
SPEAKING = [*COMMANDS, *(ROOT / "config" / n for n in ("setup_file.py", "checks.py"))]
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "gettext_noop"}


def command_of(path):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return import_module(module).Command()


def own_helps(command):
    """Return what the command says of itself and of each option of its own."""
    shared = BaseCommand().create_parser("manage.py", "any")
    known = {action.dest for action in shared._actions}
    parser = command.create_parser("manage.py", "one")
    own = [action for action in parser._actions if action.dest not in known]
    return [str(command.help), *(str(a.help) for a in own if a.help)]


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def sentences_of(tree):
    """Yield texts of several words that are neither translated nor for the log."""
    silent = {
        *(
            id(part)
            for call in ast.walk(tree)
            if is_silent(call)
            for part in ast.walk(call)
        ),
        *(id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)),
    }
    for node in ast.walk(tree):
        text = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in silent and WORDS.search(text):
            yield text


def is_silent(node):
    if not isinstance(node, ast.Call):
        return False
    of_log = getattr(getattr(node.func, "value", None), "id", "") in {"log", "os"}
    return of_log or name_of(node) in TRANSLATED


@pytest.mark.parametrize("path", COMMANDS, ids=lambda p: p.stem)
def test_every_command_explains_itself_and_its_options_in_chinese(path):
    with override("zh-hans"):
        helps = own_helps(command_of(path))

    assert [text for text in helps if not CHINESE.search(text)] == []


@pytest.mark.parametrize("path", SPEAKING, ids=lambda p: p.stem)
def test_a_command_says_no_sentence_that_is_not_translated(path):
    assert list(sentences_of(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_an_untranslated_sentence_would_be_seen():
    silent = 'def f():\n  """Say it."""\n  log.info("to the log")\n'
    said = f'{silent}  say(f"Done {{x}} at last")'

    assert list(sentences_of(ast.parse(said))) == [" at last"]


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_each_command_explains_itself(path):
    text = command_of(path).create_parser("manage.py", path.stem).format_help()

    assert text.startswith(f"usage: manage.py {path.stem}")
    assert CHINESE.search(text)
