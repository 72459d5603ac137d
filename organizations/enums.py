"""Closed lists of the tree and of resident units."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    """What a node of the tree is."""

    CITY = "city", _("City, district or county committee")
    STREET = "street", _("Street working committee")
    TOWN = "town", _("Town committee")
    ZONE = "zone", _("Development zone committee")
    COMMUNITY = "community", _("Community Party organization")
    GENERAL_BRANCH = "general_branch", _("General branch")
    BRANCH = "branch", _("Party branch")
    JOINT_BRANCH = "joint_branch", _("Joint branch")
    TEMPORARY_BRANCH = "temporary_branch", _("Temporary branch")
    FUNCTIONAL = "functional", _("Functional Party organization")
    PARTY_GROUP = "party_group", _("Party group")
    GRID = "grid", _("Grid")


K = OrganizationKind
STREET_TIER = (K.STREET, K.TOWN, K.ZONE)
FILING = (K.COMMUNITY,)
WITHOUT_SEAL = (K.PARTY_GROUP, K.GRID)
HOLDING_MEMBERS = (
    K.BRANCH,
    K.JOINT_BRANCH,
    K.PARTY_GROUP,
    K.GENERAL_BRANCH,
    K.COMMUNITY,
)


NEW_SECTORS = ("2", "8")
"""The codes of sectors of new organizations (两新): private firms, associations."""


class PartyForm(TextChoices):
    """What form a Party organization has, whatever kind of node it is."""

    WORKING_COMMITTEE = "working_committee", _("Working committee of the Party")
    COMMITTEE = "committee", _("Party committee")
    GENERAL_BRANCH = "general_branch", _("General branch")
    BRANCH = "branch", _("Party branch")


class GlanceHeading(TextChoices):
    """The headings under which an organization is seen at a glance."""

    GROWTH = "growth", _("How it grew")
    PEOPLE = "people", _("Who runs it")
    LOAD = "load", _("What it carries")


class ChangeKind(TextChoices):
    """What was decided about an organization."""

    FOUNDED = "founded", _("Founded")
    RENAMED = "renamed", _("Renamed")
    RETYPED = "retyped", _("Kind changed")
    MOVED = "moved", _("Put below another parent")
    MERGED = "merged", _("Dissolved into another")
    SPLIT = "split", _("Split off another")


FOUNDINGS = (ChangeKind.FOUNDED, ChangeKind.SPLIT)


class MonthStatus(TextChoices):
    """Whether published figures and ledger lines of a month may still grow."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


MONTHS_LOCK = "organizations.months"
"""What is held while a fact is dated, and held alone while a month is closed."""


class ThresholdKey(TextChoices):
    """A number that a rule compares with; its value has effective dates."""

    BRANCH_MAXIMUM = "branch_maximum", _("Members of one branch, at most")
    BRANCH_MINIMUM = "branch_minimum", _("Full members to form a branch")
    RETURN_DUE_DAY = "return_due_day", _("Day of the next month a return is due on")
    SLIP_HOURS = "slip_hours", _("Hours for which a sign-in slip is good")
    YOUNG_AGE = "young_age", _("Age up to which a member counts as young")
    STREET_APPROVAL = (
        "street_approval",
        _("Expenditure that the street approves, from (yuan)"),
    )
    CLAIMS_DAILY = "claims_daily", _("Posts one member may claim on one day")
    SERVICE_OVERRUN = "service_overrun", _("Minutes of service beyond the shift")
    LETTER_DAYS_WITHIN = (
        "letter_days_within",
        _("Days for which a transfer letter within the city is valid"),
    )
    LETTER_DAYS_OUTSIDE = (
        "letter_days_outside",
        _("Days for which a transfer letter to other places is valid"),
    )
    TRANSFER_DUE_MONTHS = (
        "transfer_due_months",
        _("Months at one place elsewhere after which a transfer is due"),
    )
    EXCELLENT_SHARE = (
        "excellent_share",
        _("Full members among whom one at most is graded excellent"),
    )
    APPRAISAL_DUE_FROM = (
        "appraisal_due_from",
        _("Month from which the appraisal of the year is due"),
    )
    APPRAISAL_DUE_UNTIL = (
        "appraisal_due_until",
        _("Month of the next year with which the appraisal ends"),
    )
    TALK_MONTHS = (
        "talk_months",
        _("Months within which there is a talk with an applicant"),
    )
    CULTIVATION_MONTHS = (
        "cultivation_months",
        _("Months for which an activist is cultivated, at least"),
    )
    REVIEW_MONTHS = (
        "review_months",
        _("Months between two reviews of an activist"),
    )
    TRAINING_HOURS = (
        "training_hours",
        _("Hours of training before admission, at least"),
    )
    ADMITTING_MONTHS = (
        "admitting_months",
        _("Months from the pre-approval to the branch meeting"),
    )
    APPROVAL_MONTHS = (
        "approval_months",
        _("Months within which the superior approves an admission"),
    )
    APPROVAL_MONTHS_AT_MOST = (
        "approval_months_at_most",
        _("Months after which an admission can no longer be approved"),
    )
    PROBATION_MONTHS = ("probation_months", _("Months of probation"))
    PROBATION_NOTICE = (
        "probation_notice",
        _("Months before its end in which a probation is pointed out"),
    )
    CERTIFICATE_MONTHS = (
        "certificate_months",
        _("Months for which an activity certificate is valid, at most"),
    )
    CERTIFICATE_LEAD_DAYS = (
        "certificate_lead_days",
        _("Days before leaving from which an activity certificate is issued"),
    )
    FIRST_CONTACT_DAYS = (
        "first_contact_days",
        _("Days from the issue of an activity certificate to the first contact"),
    )  # S2-43
    YEARLY_REPORT_MONTHS = (
        "yearly_report_months",
        _("Months within which a mobile member reports to the branch"),
    )
    LESSONS_A_QUARTER = (
        "lessons_a_quarter",
        _("Party lessons that a branch holds a quarter, at least"),
    )
    THEME_DAYS_A_QUARTER = (
        "theme_days_a_quarter",
        _("Theme Party days that a branch holds a quarter, at least"),
    )
    LEADER_AGE = ("leader_age", _("Age from which a secretary counts as old"))
    LEADER_SCHOOLING = (
        "leader_schooling",
        _("Code of education from which a secretary counts as little schooled"),
    )
    INQUIRY_DAYS = (
        "inquiry_days",
        _("Days within which a former unit answers an inquiry about a member"),
    )  # S2-40
    REMARK_MONTHS = (
        "remark_months",
        _("Months for which a guarded remark is shown"),
    )  # S0-26
    STUDY_ABROAD_MONTHS = (
        "study_abroad_months",
        _("Months of study abroad after which membership is generally suspended"),
    )


class CodeListName(TextChoices):
    """The code lists that are shipped, as offices call them."""

    ADMIN_DIVISIONS = "admin_divisions", _("Administrative divisions")
    AGE_BANDS = "age_bands", _("Age bands")
    CANDIDATE_TRAITS = "candidate_traits", _("Traits of candidates")
    COVER_KINDS = "cover_kinds", _("Kinds of cover of units")
    DOCUMENT_KINDS = "document_kinds", _("Kinds of documents")
    EDUCATION = "education", _("Education levels")
    ETHNIC_GROUPS = "ethnic_groups", _("Ethnic groups")
    CADRE_STANDINGS = "cadre_standings", _("Standings of people on file")
    FACILITY_KINDS = "facility_kinds", _("Kinds of facilities")
    FILING_LEVELS = "filing_levels", _("Levels of filing of cadres")
    HONOUR_LEVELS = "honour_levels", _("Levels of honours")
    INTERESTS = "interests", _("Interests of members")
    JOIN_PERIODS = "join_periods", _("Periods of joining the Party")
    LOST_CONTACT_REASONS = "lost_contact_reasons", _("Reasons of lost contact")
    OCCUPATIONS = "occupations", _("Occupations")
    OFFICE_AGE_BANDS = "office_age_bands", _("Age bands of people in office")
    ORG_SECTORS = "org_sectors", _("Sectors of units")
    PAY_SOURCES = "pay_sources", _("Money from which seats are paid")
    PLACE_FACT_KINDS = "place_fact_kinds", _("Kinds of facts about a place")
    PLEDGE_KINDS = "pledge_kinds", _("Kinds of pledges")
    POST_CATEGORIES = "post_categories", _("Categories of posts")
    RECRUITED_FROM = "recruited_from", _("Groups from which people come to seats")
    REQUEST_KINDS = "request_kinds", _("What superiors ask for")
    REQUEST_SOURCES = "request_sources", _("Who asks from above")
    REMARK_KINDS = "remark_kinds", _("Kinds of guarded remarks")
    RESERVE_LEVELS = "reserve_levels", _("Levels of reserves")
    SEX = "sex", _("Sexes")
    VISIT_KINDS = "visit_kinds", _("Kinds of visits")
    SKILLS = "skills", _("Skills of members")
    TRANSFER_CAUSES = "transfer_causes", _("Causes of transfers")
    WORKER_GRADES = "worker_grades", _("Grades of community workers")
