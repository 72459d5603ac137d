"""Registrations of guarded remarks: where they are shown, and the words of kinds."""

from core.registries.page_sections import PageSection, page_sections
from members.sections.remarks import describe_own_remarks, link_to_unit_remarks

page_sections.add(
    PageSection(
        "members.remarks",
        "members.Member",
        "members/_own_remarks.html",
        describe_own_remarks,
    ),
    PageSection(
        "members.unit_remarks",
        "organizations.Unit",
        "members/_unit_remarks_link.html",
        link_to_unit_remarks,
    ),
)
