"""Refusals about signing in and role assignments."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class SlipNotGood(DomainError):
    """The slip is unknown, used or expired, or does not match the particulars."""

    message = _(
        "The slip does not match these details, or the slip was used or has"
        " run out. Nothing was changed: check both, or have a new slip printed."
    )


class AccountantIsCashier(DomainError):
    """One person would be accountant and cashier of the same money (R-61)."""

    message = _(
        "%(name)s already keeps this money in the other role. Accountant and cashier"
        " are never one person; choose somebody else."
    )


class AccountOfFormerMember(DomainError):
    """The account of somebody whose membership ended stays closed and without roles."""

    message = _(
        "The membership of %(name)s ended on %(day)s, and with it this account. Nothing"
        " was saved: if they belong to the Party again, record that first."
    )


class GrantsMoreThanHeld(DomainError):
    """The role goes beyond the assigner's own roles."""

    message = _("You can only assign roles within your own scope. Nothing was changed.")


class NotToOneself(DomainError):
    """People may not assign a role to, print a slip for, or close their own account."""

    message = _(
        "You cannot do this to your own account. Nothing was changed: ask another"
        " administrator."
    )


class AdministratorHoldsOtherRole(DomainError):
    """A person would hold an administration beside another role."""

    message = _(
        "%(name)s holds the role %(role)s in that time. System, security and audit"
        " administrators are three people, and none of them has another office role."
        " Nothing was saved: choose somebody else, or end the other role first."
    )


class LastAdministrator(DomainError):
    """Nobody would be left with one of the three administrations."""

    message = _(
        "Nobody but %(name)s holds the role %(role)s: it would be left without anybody."
        " Nothing was changed: assign the role to a successor first."
    )


class MoveJoinsMoneyRoles(DomainError):
    """A move in the tree would make one person accountant and cashier (R-61)."""

    message = _(
        "%(person)s keeps money in both roles (%(organizations)s), and after moving"
        " %(name)s it would be the same money. Nothing was moved: give one of the two"
        " roles to somebody else first."
    )


class LockIsOver(DomainError):
    """The lock was lifted or has run out meanwhile."""

    message = _(
        "This lock is over already: the person can sign in. Nothing was changed."
    )


class NeedsSecondAdministrator(DomainError):
    """A slip for an administrator was to be printed without consent."""

    message = _(
        "%(name)s is an administrator: the slip needs the consent of a second"
        " administrator. Nothing was printed: ask for it on the page “Consent to slips"
        " for administrators”, and print the slip once it is given."
    )


class SlipNeedsConsent(DomainError):
    """A slip printed without consent would open an administrator's account."""

    message = _(
        "This account has become an administrator's since the slip was printed: its"
        " slip needs the consent of a second administrator. Nothing was changed: have a"
        " new slip printed."
    )


class ConsenterOpenedWithout(DomainError):
    """An administrator would agree whose own account was opened without consent."""

    message = _(
        "Your own account was opened with a slip to which no second administrator"
        " agreed, so your consent does not count. Nothing was changed: let another"
        " administrator agree, and have a new slip printed for yourself."
    )


class ConsentIsOver(DomainError):
    """The consent was given already, was used, or was asked for too long ago."""

    message = _(
        "This consent was given already, or was asked for too long ago. Nothing was"
        " changed: let it be asked for again if the slip is still needed."
    )


class UsernameIsPhone(DomainError):
    """A username would read as somebody's phone number."""

    message = _(
        "A username is no mobile phone number: people sign in with their phone as it"
        " is. Nothing was saved: choose a name of letters, or of letters and digits."
    )


class PasswordTooWeak(DomainError):
    """The password breaks rules."""

    message = _("%(reasons)s Nothing was changed: choose another password.")
