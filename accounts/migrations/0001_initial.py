import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
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
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last login"
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "This username is taken."},
                        max_length=40,
                        unique=True,
                        verbose_name="username",
                    ),
                ),
                ("display_name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "phone_index",
                    models.CharField(
                        editable=False, max_length=64, null=True, unique=True
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="may sign in"),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="demo account"
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="made at"),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["username"],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
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
                    "at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        verbose_name="when",
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="name then"
                    ),
                ),
                ("channel", models.CharField(max_length=20, verbose_name="channel")),
                (
                    "address",
                    models.CharField(blank=True, max_length=45, verbose_name="address"),
                ),
                (
                    "request_id",
                    models.CharField(blank=True, max_length=32, verbose_name="request"),
                ),
                ("action", models.CharField(max_length=60, verbose_name="action")),
                (
                    "subject_type",
                    models.CharField(max_length=60, verbose_name="kind of subject"),
                ),
                ("subject_id", models.CharField(max_length=40, verbose_name="subject")),
                (
                    "subject_name",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="subject's name"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason"),
                ),
                ("before", models.JSONField(default=dict, verbose_name="before")),
                ("after", models.JSONField(default=dict, verbose_name="after")),
            ],
            options={
                "verbose_name": "audit log entry",
                "verbose_name_plural": "audit log",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyRecord",
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
                ("key", models.CharField(max_length=64, verbose_name="key")),
                ("location", models.CharField(max_length=300, verbose_name="result")),
                (
                    "done_at",
                    models.DateTimeField(
                        auto_now_add=True, db_index=True, verbose_name="done at"
                    ),
                ),
            ],
            options={
                "verbose_name": "finished write",
                "verbose_name_plural": "finished writes",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("text", models.CharField(max_length=200, verbose_name="text")),
                (
                    "url",
                    models.CharField(blank=True, max_length=200, verbose_name="page"),
                ),
                (
                    "made_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="made at"),
                ),
                (
                    "read_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="read at"),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("street_staff", "Street staff"),
                            ("secretary", "Community secretary"),
                            ("deputy", "Deputy secretary"),
                            ("clerk", "Party affairs clerk"),
                            ("branch_secretary", "Branch secretary"),
                            ("accountant", "Accountant"),
                            ("cashier", "Cashier"),
                            ("city_officer", "City officer"),
                            ("liaison", "Unit liaison"),
                            ("member", "Party member"),
                            ("system_admin", "System administrator"),
                            ("security_admin", "Security administrator"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=20,
                        verbose_name="role",
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
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["user", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="Seal",
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
                    "number",
                    models.PositiveIntegerField(unique=True, verbose_name="number"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "previous",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="digest before"
                    ),
                ),
                ("entries", models.PositiveIntegerField(verbose_name="entries")),
                ("floor", models.BigIntegerField(default=0, editable=False)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="sealed at"
                    ),
                ),
            ],
            options={
                "verbose_name": "seal",
                "verbose_name_plural": "seals",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="SignInSlip",
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
                    "digest",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "issued_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="issued at"),
                ),
                ("runs_out_at", models.DateTimeField(verbose_name="runs out at")),
                (
                    "used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="used at"),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="wrong tries"
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-in slip",
                "verbose_name_plural": "sign-in slips",
                "ordering": ["-issued_at"],
            },
        ),
        migrations.CreateModel(
            name="AccessEntry",
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
                    "at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        verbose_name="when",
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="name then"
                    ),
                ),
                ("channel", models.CharField(max_length=20, verbose_name="channel")),
                (
                    "address",
                    models.CharField(blank=True, max_length=45, verbose_name="address"),
                ),
                (
                    "request_id",
                    models.CharField(blank=True, max_length=32, verbose_name="request"),
                ),
                ("action", models.CharField(max_length=60, verbose_name="action")),
                (
                    "subject_type",
                    models.CharField(max_length=60, verbose_name="kind of subject"),
                ),
                ("subject_id", models.CharField(max_length=40, verbose_name="subject")),
                (
                    "subject_name",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="subject's name"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason"),
                ),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "access entry",
                "verbose_name_plural": "access entries",
                "ordering": ["-pk"],
            },
        ),
    ]
