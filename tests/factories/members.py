"""Members, made by the actions that users call."""

import datetime as dt
import itertools

import factory
from factory.django import DjangoModelFactory

from core.identity import check_character, identity_columns
from core.months import months_after, today
from members.actions import (
    admit_member,
    check_in,
    decide_on_probation,
    end_check_in,
    issue_certificate,
    issue_letter,
    log_contact,
    merge_members,
    open_account,
    open_appraisal,
    propose_transfer,
    record_development_step,
    record_mobile,
    report_lost_contact,
    review_members,
    send_inquiry,
    start_development,
    take_pocket_member,
)
from members.enums import Category, MobileKind, Standing, StartReason
from members.models import (
    ActivityCertificate,
    AppraisalRound,
    CheckIn,
    Development,
    DevelopmentStep,
    DuplicatePair,
    LostContact,
    Member,
    MemberContact,
    MemberMerge,
    MonthlyReview,
    PocketMember,
    ProbationDecision,
    RecordAfterEnd,
    Transfer,
    UnitInquiry,
)
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    StreetFactory,
)

JOINED = dt.date(2020, 7, 1)
KIND = {"standing": "full", "category": "resident"}  # asked of every new member
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")


def identity_number(n, *, born=dt.date(1980, 1, 1), sex="1"):
    """Return a well-formed number of a person who does not exist."""
    serial = (n * 2 + (1 if sex == "1" else 0)) % 1000
    region = 429901 + (n * 2) // 1000
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    return body + check_character(body)


def unmistakable_number():
    """Return a number that ends in X: no key, count or year can be its last four."""
    numbers = (identity_number(n) for n in itertools.count(500_000))
    return next(number for number in numbers if number.endswith("X"))


class MemberFactory(DjangoModelFactory):
    """A full member of a new branch, unless an organization is given.

    One `in_service` is currently checked in nowhere: they have left a community.
    """

    class Meta:
        model = Member

    class Params:
        sequence = factory.Sequence(lambda n: n)
        in_service = factory.Trait(
            organization=None,
            community=factory.SubFactory(CommunityFactory),
            category=Category.IN_SERVICE,
            starts_on=JOINED - dt.timedelta(days=1),
            left=True,
        )

    name = factory.LazyAttribute(lambda o: "党员" + str(o.sequence).translate(NUMERALS))
    sex = "1"
    birth_date = dt.date(1980, 1, 1)
    id_number = factory.LazyAttribute(
        # Far from the small numbers that tests write out.
        lambda o: identity_number(200_000 + o.sequence, born=o.birth_date, sex=o.sex)
    )
    phone = factory.LazyAttribute(lambda o: f"139{o.sequence:08d}")
    join_date = dt.date(2010, 7, 1)
    organization = factory.SubFactory(BranchFactory)
    starts_on = JOINED
    reason = StartReason.TRANSFERRED_IN

    @classmethod
    def _create(cls, model_class, *args, left=False, **kwargs):
        member = admit_member(by=None, **kwargs)
        if left:
            end_check_in(member.check_ins.get(), by=None, on=kwargs["starts_on"])
            member.refresh_from_db()
        return member


class CheckInFactory(DjangoModelFactory):
    """An in-service member's check-in with a community."""

    class Meta:
        model = CheckIn

    member = factory.SubFactory(MemberFactory, in_service=True)
    community = factory.SubFactory(CommunityFactory)
    on = JOINED

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return check_in(by=None, **kwargs)


class RecordAfterEndFactory(DjangoModelFactory):
    """A check-in that was noted because its day lies after the end of the member."""

    class Meta:
        model = RecordAfterEnd

    kind = "members.check_ins"
    record = factory.Sequence(lambda n: n + 1)
    member = factory.SubFactory(MemberFactory)
    organization = factory.SelfAttribute("member.organization")
    day = dt.date(2026, 3, 10)


class DuplicatePairFactory(DjangoModelFactory):
    """Two records of one person at one branch, found to be alike."""

    class Meta:
        model = DuplicatePair

    class Params:
        member = factory.SubFactory(MemberFactory)

    first = factory.SelfAttribute("member")
    second = factory.LazyAttribute(
        lambda o: MemberFactory(
            organization=o.first.organization,
            name=o.first.name,
            birth_date=o.first.birth_date,
            phone=o.first.phone,
        )
    )
    why = ("name", "birth", "phone")
    found_on = dt.date(2026, 3, 10)


class MemberMergeFactory(DjangoModelFactory):
    """A second record of a member at their branch, merged into theirs."""

    class Meta:
        model = MemberMerge

    pair = factory.SubFactory(DuplicatePairFactory)
    reason = "同一人录入两次"
    by = None

    @classmethod
    def _create(cls, model_class, *args, pair, **kwargs):
        return merge_members(pair.first, pair.second, **kwargs)


class AppraisalRoundFactory(DjangoModelFactory):
    """A branch's appraisal of last year; `of` is one of its full members."""

    class Meta:
        model = AppraisalRound

    of = factory.SubFactory(MemberFactory)
    year = 2025
    held_on = dt.date(2025, 12, 20)
    basis = "组通字〔2025〕40号"
    by = None

    @classmethod
    def _create(cls, model_class, *args, of, **kwargs):
        return open_appraisal(of.organization, **kwargs)


class PocketMemberFactory(DjangoModelFactory):
    """The open case of a graduate who has waited for a post for years."""

    class Meta:
        model = PocketMember

    member = factory.SubFactory(MemberFactory)
    by = None

    @classmethod
    def _create(cls, model_class, *args, member, **kwargs):
        Member.objects.filter(pk=member.pk).update(category=Category.AWAITING)
        return take_pocket_member(member, **kwargs)


class TransferFactory(DjangoModelFactory):
    """A transfer to another street, proposed; `issued`, its letter is on its way."""

    class Meta:
        model = Transfer

    member = factory.SubFactory(MemberFactory)
    to = factory.SubFactory(StreetFactory)
    cause = "residence_changed"
    by = None

    @classmethod
    def _create(cls, model_class, *args, issued=False, on=None, **kwargs):
        if kwargs.get("to_text"):
            kwargs["to"] = None
        transfer = propose_transfer(**kwargs)
        return issue_letter(transfer, by=kwargs["by"], on=on) if issued else transfer


class ActivityCertificateFactory(DjangoModelFactory):
    """A certificate issued today to a member who has been away for two days."""

    class Meta:
        model = ActivityCertificate

    member = factory.SubFactory(MemberFactory)
    number = factory.Sequence(lambda n: f"流动{n:06}")
    ground = "not_yet"
    valid_until = factory.LazyFunction(lambda: months_after(today(), 12))
    by = None

    @classmethod
    def _create(cls, model_class, *args, member, **kwargs):
        if not member.mobile_records.filter(ends_on=None).exists():
            day = today() - dt.timedelta(days=2)
            record_mobile(member, kind=MobileKind.WORKING_AWAY, on=day, by=None)
        return issue_certificate(member, **kwargs)


class MemberContactFactory(DjangoModelFactory):
    """A call with a member today."""

    class Meta:
        model = MemberContact

    member = factory.SubFactory(MemberFactory)
    way = "phone"
    by = None

    @classmethod
    def _create(cls, model_class, *args, member, **kwargs):
        return log_contact(member, **kwargs)


class MonthlyReviewFactory(DjangoModelFactory):
    """This month's review of a member who has waited for a post for years."""

    class Meta:
        model = MonthlyReview

    member = factory.SubFactory(MemberFactory, category=Category.AWAITING)
    finding = "still"
    by = None

    @classmethod
    def _create(cls, model_class, *args, member, **kwargs):
        return review_members([member], **kwargs)[0]


class UnitInquiryFactory(DjangoModelFactory):
    """An inquiry sent today to the former unit of a member who works again."""

    class Meta:
        model = UnitInquiry

    member = factory.SubFactory(MemberFactory)
    unit = "第一机床厂"
    by = None

    @classmethod
    def _create(cls, model_class, *args, member, **kwargs):
        return send_inquiry(member, **kwargs)


class LostContactFactory(DjangoModelFactory):
    """The search for a member who last paid dues on a day long ago."""

    class Meta:
        model = LostContact

    member = factory.SubFactory(MemberFactory)
    last_dues_on = dt.date(2023, 8, 31)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return report_lost_contact(by=None, **kwargs)


def account_of(member):
    """Return the member's own account."""
    return open_account(member, by=None)


class DevelopmentFactory(DjangoModelFactory):
    """An applicant of a branch; `until` is the last step on record, two years later."""

    class Meta:
        model = Development

    organization = factory.SubFactory(BranchFactory)
    name = factory.Sequence(lambda n: f"申请人{'甲乙丙丁戊己庚辛'[n % 8]}")
    number = factory.Sequence(
        # Not born on the day of members, whose pages are looked for it.
        lambda n: identity_number(400_000 + n, born=dt.date(1990, 2, 3))
    )
    applied_on = dt.date(2024, 1, 10)
    by = None

    @classmethod
    def _create(cls, model_class, *args, number, until=None, **kwargs):
        row = start_development(**kwargs, **identity_columns(number))
        return walk(row, until) if until else row


def walk(row, until):
    """Take somebody through the steps until one, each on its own day."""
    pair = dict(
        zip(
            ("first_person", "second_person"),
            MemberFactory.create_batch(2, organization=row.organization),
            strict=True,
        )
    )
    for kind, day, extra in (
        ("talked", dt.date(2024, 2, 1), {}),
        ("activist", dt.date(2024, 3, 1), pair),
        ("reviewed", dt.date(2024, 9, 1), {}),
        ("candidate", dt.date(2025, 3, 5), {}),
        ("screened", dt.date(2025, 4, 1), {}),
        ("trained", dt.date(2025, 4, 20), {"hours": 24}),
        ("pre_approved", dt.date(2025, 5, 10), {"number": "审1号"}),
        ("meeting", dt.date(2025, 6, 1), {**pair, "voters": 9, "in_favour": 5}),
        ("approved", dt.date(2025, 7, 20), {"number": "批1号"}),
    ):
        record_development_step(row, kind=kind, happened_on=day, by=None, **extra)
        if kind == until:
            break
    row.refresh_from_db()
    return row


class DevelopmentStepFactory(DjangoModelFactory):
    """The talk with an applicant."""

    class Meta:
        model = DevelopmentStep

    row = factory.SubFactory(DevelopmentFactory)
    kind = "talked"
    happened_on = dt.date(2024, 2, 1)
    by = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return record_development_step(**kwargs)


class ProbationDecisionFactory(DjangoModelFactory):
    """A probation of a member who joined in 2024, extended by half a year."""

    class Meta:
        model = ProbationDecision

    member = factory.SubFactory(
        MemberFactory,
        standing=Standing.PROBATIONARY,
        join_date=dt.date(2024, 11, 1),
        starts_on=dt.date(2024, 11, 1),
    )
    outcome = "extended"
    months = 6
    decided_on = dt.date(2025, 11, 5)
    approved_on = dt.date(2025, 11, 20)
    voters = 9
    in_favour = 5
    number = "批2号"
    by = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return decide_on_probation(**kwargs)
