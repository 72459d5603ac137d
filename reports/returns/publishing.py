"""Build the bytes of a published return: equal contents give equal bytes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from organizations.month_tree import OrganizationAt
from reports.models import MonthlyReturn, ReturnLine


def reported_figures(lines: Iterable[ReturnLine]) -> dict[str, str]:
    """Return the reported numbers by indicator."""
    return {line.form_line.indicator: f"{line.reported}" for line in lines}


def build_content(
    monthly_return: MonthlyReturn,
    organization: OrganizationAt,
    lines: Iterable[ReturnLine],
) -> dict[str, Any]:
    """Return everything that is published of a return."""
    form = monthly_return.round.form
    return {
        "form": {"code": form.code, "version": form.version, "title": form.title},
        "organization": {
            "code": monthly_return.organization.code,
            "name": organization.name,
            "full_name": organization.full_name,
            "path": organization.path,
        },
        "month": f"{monthly_return.month:%Y-%m}",
        "version": monthly_return.version,
        "narrative": monthly_return.narrative,
        "submitted_by": f"{monthly_return.submitted_by}",
        "accepted_by": f"{monthly_return.decided_by}",
        "lines": [_build_line(line) for line in lines],
    }


def _build_line(line: ReturnLine) -> dict[str, Any]:
    form_line = line.form_line
    return {
        "position": form_line.position,
        "heading": form_line.heading,
        "subheading": form_line.subheading,
        "label": line.label,
        "unit": form_line.unit,
        "divisor": form_line.divisor,
        "official": form_line.official,
        "indicator": form_line.indicator,
        "computed": f"{line.computed}",
        "reported": f"{line.reported}",
        "reason": line.reason,
    }


def encode_content(content: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the canonical bytes of a content, and their hash."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode(), hash_content(text.encode())


def hash_content(content: bytes) -> str:
    """Return the hash under which bytes are published."""
    return hashlib.sha256(content).hexdigest()
