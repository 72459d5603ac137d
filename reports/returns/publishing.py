"""The bytes of a published return: the same facts always give the same bytes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from organizations.month_tree import OrganizationAt
from reports.models import MonthlyReturn, ReturnLine


def figures_of(lines: Iterable[ReturnLine]) -> dict[str, str]:
    """Return the reported numbers by indicator."""
    return {line.form_line.indicator: f"{line.reported}" for line in lines}


def as_published(
    monthly_return: MonthlyReturn, place: OrganizationAt, lines: Iterable[ReturnLine]
) -> dict[str, Any]:
    """Gather everything that is published of a return."""
    form = monthly_return.round.form
    return {
        "form": {"code": form.code, "version": form.version, "title": form.title},
        "organization": {
            "code": monthly_return.organization.code,
            "name": place.name,
            "full_name": place.full_name,
            "path": place.path,
        },
        "month": f"{monthly_return.month:%Y-%m}",
        "version": monthly_return.version,
        "narrative": monthly_return.narrative,
        "submitted_by": f"{monthly_return.submitted_by}",
        "accepted_by": f"{monthly_return.decided_by}",
        "lines": [_line(line) for line in lines],
    }


def _line(line: ReturnLine) -> dict[str, Any]:
    printed = line.form_line
    return {
        "position": printed.position,
        "heading": printed.heading,
        "subheading": printed.subheading,
        "label": line.label,
        "unit": printed.unit,
        "divisor": printed.divisor,
        "official": printed.official,
        "indicator": printed.indicator,
        "computed": f"{line.computed}",
        "reported": f"{line.reported}",
        "reason": line.reason,
    }


def sealed(content: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the canonical bytes and their hash."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode(), digest(text.encode())


def digest(content: bytes) -> str:
    """Return the hash under which bytes are published."""
    return hashlib.sha256(content).hexdigest()
