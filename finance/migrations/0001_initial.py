import datetime
from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "0001_initial"),
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuesRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "payer",
                    models.CharField(
                        choices=[
                            ("monthly_wage", "Monthly wage"),
                            ("retired", "Retired"),
                            ("annual_salary", "Annual salary"),
                            ("self_employed", "Self-employed"),
                            ("farmer", "Farmer"),
                            ("student", "Student"),
                            ("laid_off", "Laid off"),
                            ("relief_dependent", "Living on relief"),
                            ("minimum_living", "On minimum living allowance"),
                        ],
                        max_length=20,
                        verbose_name="kind of payer",
                    ),
                ),
                (
                    "above",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="base above (yuan)",
                    ),
                ),
                (
                    "up_to",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="base up to (yuan)",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="rate (percent)",
                    ),
                ),
                (
                    "least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="fixed, at least (yuan)",
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="fixed, at most (yuan)",
                    ),
                ),
                (
                    "bands_of",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("monthly_wage", "Monthly wage"),
                            ("retired", "Retired"),
                            ("annual_salary", "Annual salary"),
                            ("self_employed", "Self-employed"),
                            ("farmer", "Farmer"),
                            ("student", "Student"),
                            ("laid_off", "Laid off"),
                            ("relief_dependent", "Living on relief"),
                            ("minimum_living", "On minimum living allowance"),
                        ],
                        max_length=20,
                        verbose_name="reckoned like",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="until (exclusive)"
                    ),
                ),
            ],
            options={
                "verbose_name": "dues rate",
                "verbose_name_plural": "dues rates",
                "ordering": ["payer", "starts_on", "above"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("starts_on__isnull", True),
                                (
                                    "starts_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ends_on__isnull", True),
                                (
                                    "ends_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="duesrate_plausible_dates",
                        violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
                    ),
                    models.UniqueConstraint(
                        models.F("payer"),
                        models.F("starts_on"),
                        django.db.models.functions.comparison.Coalesce(
                            "above", Decimal(-1)
                        ),
                        name="duesrate_once",
                        violation_error_message="This band is recorded already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("above__isnull", False),
                                ("percent__isnull", False),
                                ("bands_of", ""),
                                ("least", None),
                                ("most", None),
                            ),
                            models.Q(
                                ("above", None),
                                ("percent", None),
                                ("up_to", None),
                                models.Q(
                                    models.Q(
                                        ("bands_of", ""),
                                        ("least__isnull", False),
                                        ("most__isnull", False),
                                    ),
                                    models.Q(
                                        ("least", None),
                                        ("most", None),
                                        models.Q(("bands_of", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="duesrate_reckoned_one_way",
                        violation_error_message="Dues are reckoned in one way: by a band and its rate, by a fixed amount, or like those of another kind of payer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("up_to", None),
                            ("up_to__gt", models.F("above")),
                            _connector="OR",
                        ),
                        name="duesrate_band_in_order",
                        violation_error_message="A band ends above where it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="duesrate_ends_after_start",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("operating", "Community running costs"),
                            ("party_building", "Party-building working funds"),
                            ("public_service", "Special fund for serving the public"),
                            ("dues", "Party dues"),
                        ],
                        max_length=20,
                        verbose_name="kind of fund",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "balance",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=14,
                        verbose_name="balance (yuan)",
                    ),
                ),
                ("last_number", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "last_voucher",
                    models.PositiveIntegerField(default=0, editable=False),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "fund",
                "verbose_name_plural": "funds",
                "ordering": ["organization__path", "kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="FundUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "fund_kind",
                    models.CharField(
                        choices=[
                            ("operating", "Community running costs"),
                            ("party_building", "Party-building working funds"),
                            ("public_service", "Special fund for serving the public"),
                            ("dues", "Party dues"),
                        ],
                        max_length=20,
                        verbose_name="kind of fund",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="use")),
                (
                    "is_allowed",
                    models.BooleanField(default=True, verbose_name="permitted"),
                ),
                (
                    "basis",
                    models.CharField(blank=True, max_length=120, verbose_name="basis"),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, verbose_name="position"),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="until (exclusive)"
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a fund",
                "verbose_name_plural": "uses of funds",
                "ordering": ["fund_kind", "-is_allowed", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("starts_on__isnull", True),
                                (
                                    "starts_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ends_on__isnull", True),
                                (
                                    "ends_on__range",
                                    (
                                        datetime.date(1900, 1, 1),
                                        datetime.date(2100, 12, 31),
                                    ),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="funduse_plausible_dates",
                        violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
                    ),
                    models.UniqueConstraint(
                        fields=("fund_kind", "name", "starts_on"),
                        name="funduse_once",
                        violation_error_message="This kind of fund already has this use.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="funduse_ends_after_start",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("income", "Income"),
                            ("expenditure", "Expenditure"),
                            ("reversal", "Reversal"),
                        ],
                        max_length=12,
                        verbose_name="kind of voucher",
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="voucher number",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="date")),
                ("month", models.DateField(editable=False, verbose_name="month")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="amount (yuan)"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(max_length=120, verbose_name="voucher summary"),
                ),
                (
                    "counterparty",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        verbose_name="received from or paid to",
                    ),
                ),
                (
                    "papers",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="papers attached"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("budget", "Government budget"),
                            ("superior", "Allotted by the superior organization"),
                            ("residents_committee", "Residents' committee"),
                            ("unit", "Sponsored by a resident unit"),
                            ("dues", "Dues collected or shared"),
                            ("interest", "Bank interest"),
                            ("carried_over", "Carried over from earlier books"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="source of income",
                    ),
                ),
                (
                    "is_recurring",
                    models.BooleanField(default=False, verbose_name="comes every year"),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="meeting and decision"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waits for approval"),
                            ("posted", "Posted"),
                            ("returned", "Returned"),
                            ("cancelled", "Voided"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="reason of return"
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="entered at"),
                ),
                (
                    "posted_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="posted at"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="finance.fund",
                        verbose_name="fund",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="communities.project",
                        verbose_name="for the project",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="finance.voucher",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "use",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="finance.funduse",
                        verbose_name="use",
                    ),
                ),
            ],
            options={
                "verbose_name": "voucher",
                "verbose_name_plural": "vouchers",
                "ordering": ["-happened_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="ledger line no.")),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("1002", "Bank deposit"),
                            ("4001", "Fund income"),
                            ("5001", "Fund expenditure"),
                        ],
                        max_length=8,
                        verbose_name="account",
                    ),
                ),
                (
                    "debit",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        verbose_name="debit (yuan)",
                    ),
                ),
                (
                    "credit",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        verbose_name="credit (yuan)",
                    ),
                ),
                (
                    "balance_after",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        verbose_name="balance afterwards (yuan)",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="finance.fund",
                        verbose_name="fund",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="finance.voucher",
                        verbose_name="voucher",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger line",
                "verbose_name_plural": "ledger lines",
                "ordering": ["fund", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.UniqueConstraint(
                fields=("organization", "name"),
                name="fund_name_once_per_organization",
                violation_error_message="This organization already has a fund of that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.CheckConstraint(
                condition=models.Q(("balance__gte", 0)),
                name="fund_never_below_zero",
                violation_error_message="A fund never falls below zero.",
            ),
        ),
        migrations.AddIndex(
            model_name="voucher",
            index=models.Index(fields=["fund", "state"], name="voucher_fund_state"),
        ),
        migrations.AddIndex(
            model_name="voucher",
            index=models.Index(fields=["month"], name="voucher_month"),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("happened_on__isnull", True),
                    (
                        "happened_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
                    ),
                    _connector="OR",
                ),
                name="voucher_plausible_dates",
                violation_error_message="A day lies before 1900 or after 2100. Nothing was saved: check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="voucher_amount_above_zero",
                violation_error_message="The amount must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("happened_on__month", models.F("month__month")),
                    ("happened_on__year", models.F("month__year")),
                    ("month__day", 1),
                ),
                name="voucher_counts_in_its_month",
                violation_error_message="A voucher counts in the month of its day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="voucher_two_hands",
                violation_error_message="You entered this voucher yourself. Nothing was posted: another person must approve it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", False),
                        ("number__isnull", False),
                        ("posted_at__isnull", False),
                        ("state", "posted"),
                    ),
                    models.Q(
                        ("approved_by", None),
                        ("number", None),
                        ("posted_at", None),
                        ("state__in", ["draft", "submitted", "returned", "cancelled"]),
                    ),
                    _connector="OR",
                ),
                name="voucher_posted_is_approved_and_numbered",
                violation_error_message="A posted voucher, and no other, says who approved it and when, and has a number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "income"), models.Q(("source", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("kind", "income"), _negated=True),
                        ("is_recurring", False),
                        ("source", ""),
                    ),
                    _connector="OR",
                ),
                name="voucher_income_says_its_source",
                violation_error_message="An income, and nothing else, says who it came from.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "expenditure"),
                        ("use__isnull", False),
                        models.Q(("decision", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "expenditure"), _negated=True),
                        ("decision", ""),
                        ("use", None),
                    ),
                    _connector="OR",
                ),
                name="voucher_expenditure_says_use_and_decision",
                violation_error_message="An expenditure says what it is for and which meeting decided on it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                    models.Q(
                        models.Q(("kind", "reversal"), _negated=True),
                        ("reverses", None),
                    ),
                    _connector="OR",
                ),
                name="voucher_reversal_names_what_it_reverses",
                violation_error_message="A reversal, and nothing else, names the voucher that it reverses.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("reverses",),
                name="voucher_reversed_once",
                violation_error_message="A reversal of this voucher is entered already. Nothing was entered twice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(
                fields=("fund", "number"),
                name="voucher_number_once_per_fund",
                violation_error_message="The fund already has a voucher of this number.",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                fields=["fund", "account", "number"], name="line_of_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("fund", "number"),
                name="line_number_once_per_fund",
                violation_error_message="The fund already has a line of this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("credit", 0), ("debit__gt", 0)),
                    models.Q(("credit__gt", 0), ("debit", 0)),
                    _connector="OR",
                ),
                name="line_is_debit_or_credit",
                violation_error_message="A line is either a debit or a credit, and above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("balance_after__gte", 0)),
                name="line_never_below_zero",
                violation_error_message="A fund never falls below zero.",
            ),
        ),
    ]
