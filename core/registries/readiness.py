"""What an installation needs before it can serve: asked at start-up, by `/readyz`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class ReadinessCheck:
    """One thing that serving needs; `problems` returns a sentence for each lack.

    What is missing `at_start` keeps the server from starting. Other lacks, such as a
    broker that is down, break no page and only show in `/readyz`. A warning shows there
    as well and leaves the installation ready: somebody is to look after it.
    """

    key: str
    problems: Callable[[], Iterable[str]]
    at_start: bool = True
    is_warning: bool = False


readiness_checks: Registry[ReadinessCheck] = Registry("Readiness check")


def find_problems(*, only_at_start: bool = False) -> dict[str, list[str]]:
    """Return the sentences of every check that finds a lack, by the check's key.

    A check that fails itself is a lack, and hides none of the others.
    """
    found: dict[str, list[str]] = {}
    for check in readiness_checks:
        if only_at_start and not check.at_start:
            continue
        try:
            sentences = list(check.problems())
        except Exception as error:  # noqa: BLE001 -- any failure is a lack
            sentences = [f"{type(error).__name__}: {error}".strip()]
        if sentences:
            found[check.key] = sentences
    return found


def warning_keys() -> frozenset[str]:
    """Return the keys of the checks that only warn."""
    return frozenset(check.key for check in readiness_checks if check.is_warning)


def require_readiness() -> None:
    """Stop a process that serves or works from what it could only damage or refuse."""
    problems = find_problems(only_at_start=True)
    if problems:
        sentences = [line for lines in problems.values() for line in lines]
        raise ImproperlyConfigured("\n".join(sentences))
