"""Refuse what a fund must not pay for."""

from finance.errors import ProjectElsewhere, UseForbidden, UseOfAnotherFund
from finance.models import FundUse, Voucher


def refuse_wrong_use(voucher: Voucher) -> None:
    """Refuse uses that the kind of fund does not have (R-60) or must not pay (R-65)."""
    use, day = voucher.use, voucher.happened_on
    if use is None:
        return
    if not FundUse.objects.of_kind(voucher.fund.kind, day).filter(pk=use.pk).exists():
        raise UseOfAnotherFund(use=use.name, day=day)
    if not use.is_allowed:
        raise UseForbidden(use=use.name, basis=use.basis)


def refuse_foreign_project(voucher: Voucher) -> None:
    """Refuse projects of organizations that the fund does not serve."""
    project, organization = voucher.project, voucher.fund.organization
    if project is not None and not project.organization.path.startswith(
        organization.path
    ):
        raise ProjectElsewhere(project=project.name, organization=organization.name)
