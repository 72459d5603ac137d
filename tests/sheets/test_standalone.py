"""`sheets` is a library: it needs Django and `core`, no other app and no table."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from pathlib import Path

import django
from django.conf import settings

settings.configure(INSTALLED_APPS=["core", "sheets"], USE_TZ=True)
django.setup()

from django.apps import apps

from sheets.read import ColumnSpec, find_tables, open_sheets, read_date, read_name
from sheets.write import PrintedColumn, PrintedSheet, write_workbook

def read(path):
    columns = [ColumnSpec("name", ("姓名",)), ColumnSpec("day", ("日期",))]
    tables = find_tables(open_sheets(path, filename=path.name), columns)
    return [
        (read_name(row.cells["name"]), read_date(row.cells["day"]).value.isoformat())
        for table in tables.tables
        for row in table.rows
    ]

folder = Path(sys.argv[1])
listed = folder / "listed.csv"
lines = ["姓名,日期", "张三,2026年5月1日", "李四,2026.5.2"]
listed.write_text("\\n".join(lines), encoding="gb18030")
rows = read(listed)
printed = PrintedSheet("名单", [PrintedColumn("姓名"), PrintedColumn("日期")], rows)
workbook = folder / "printed.xlsx"
with workbook.open("wb") as target:
    assert write_workbook(target, printed) == len(rows) == 2
assert read(workbook) == rows == [("张三", "2026-05-01"), ("李四", "2026-05-02")]
assert not list(apps.get_app_config("sheets").get_models())

others = {name.partition(".")[0] for name in sys.modules} & set(sys.argv[2:])
assert not others, others
print("done")
"""
OTHER_APPS = (
    "accounts cobuilding communities config exchange figures finance members"
    " organizations reports volunteering"
).split()


def test_sheets_reads_and_writes_with_only_core_installed(tmp_path):
    environment = {
        key: value
        for key, value in os.environ.items()
        if key != "DJANGO_SETTINGS_MODULE"
    }

    result = subprocess.run(  # noqa: S603 -- our own script, no shell
        [sys.executable, "-c", SCRIPT, str(tmp_path), *OTHER_APPS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.stdout, result.returncode) == ("done\n", 0), result.stderr


def test_sheets_has_no_settings_and_no_tables_of_its_own():
    sources = {
        path: path.read_text(encoding="utf-8")
        for path in (ROOT / "sheets").rglob("*.py")
    }

    assert [
        path.name
        for path, source in sources.items()
        if "django.conf" in source or "models.Model" in source
    ] == []
