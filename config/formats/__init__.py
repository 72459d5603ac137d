"""How days are written: 2026-11-22 (GB/T 7408) on every page, in either language.

The written-out form, 2026年11月22日, is for papers that are signed and filed; input
may have either form. All other formats are Django's.
"""

from typing import Final

DATE: Final = "Y-m-d"
DATE_AND_TIME: Final = "Y-m-d H:i"
DAYS_TYPED: Final = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]
TIMES_TYPED: Final = [
    f"{day} {time}" for day in DAYS_TYPED for time in ("%H:%M", "%H:%M:%S")
]
