"""Input formats of days: any of these forms, in either language."""

from typing import Final

DAYS_TYPED: Final = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]
TIMES_TYPED: Final = [
    f"{day} {time}" for day in DAYS_TYPED for time in ("%H:%M", "%H:%M:%S")
]
