"""Only the settings of `make run` are relaxed."""

from pathlib import Path

from django.conf import settings

from config.settings.base import CONTENT_SECURITY_POLICY

ROOT = Path(settings.BASE_DIR)
DEV = {"config/dev_urls.py", "config/settings/dev.py"}


def test_only_the_developers_settings_know_the_toolbar():
    ours = [
        path
        for app in ("config", *settings.OUR_APPS)
        for path in (ROOT / app).rglob("*.py")
    ]

    naming = {
        str(path.relative_to(ROOT))
        for path in ours
        if "debug_toolbar" in path.read_text(encoding="utf-8")
    }

    assert naming == DEV


def test_everybody_else_gets_no_style_or_script_inside_a_page():
    directives = CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert [directives["style-src"], directives["script-src"]] == [["'self'"]] * 2
