"""The compilers of PostgreSQL."""

from django.db.backends.postgresql import compiler as django
from django.db.backends.postgresql.compiler import SQLAggregateCompiler, SQLCompiler

from core.db.compilers.noting import FetchingKeys, NotingInserts, ReturningKeys

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class SQLInsertCompiler(NotingInserts, django.SQLInsertCompiler):
    """Notes inserted rows."""


class SQLUpdateCompiler(  # type: ignore[misc]  # Django's narrows the result types
    ReturningKeys, django.SQLUpdateCompiler, FetchingKeys
):
    """Notes updated rows."""


class SQLDeleteCompiler(ReturningKeys, django.SQLDeleteCompiler, FetchingKeys):
    """Notes deleted rows."""
