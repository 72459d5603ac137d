"""Notes in the preview on rows of a roster."""

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from members.roster.wording import REMARK_FLAGS
from members.unusual_dates import UNUSUAL_DATES

FLAGS: dict[str, StrOrPromise] = {
    "month_precision": _("a date is known to the month only"),
    "year_precision": _("a date is known to the year only"),
    "birth_differs": _("birth date differs from the identity number, which is kept"),
    "birth_unread": _("birth date cannot be read; that of the identity number is kept"),
    "phone_invalid": _("no valid mobile number; the phone is left blank"),
    "phone_filler": _("the phone only fills the cell and is left blank"),
    "landline_from_phone": _("a landline in the column of phones is kept as landline"),
    "ethnicity_unread": _("the ethnic group is not on the list and is left blank"),
    "education_unread": _("the education is not on the list and is left blank"),
    "education_in_study": _(
        "the education is not completed: the level before is taken, or it is left blank"
    ),
    "category_unread": _("the category in the sheet is not known"),
    "category_from_title": _("the category is given by the title or kind of the sheet"),
    "category_answered": _("the category is the answer of the person who uploaded"),
    "standing_from_title": _("the title says: probationary members"),
    "standing_asked": _("nothing says whether full or probationary: answer above"),
    "category_asked": _("nothing says the category: answer above"),
    **REMARK_FLAGS,
    "standing_answered": _(
        "full or probationary is the answer of the person who uploaded"
    ),
    "ended_state_answered": _(
        "a state was said to tell nothing of the membership: the row is read"
    ),
    "phone_of_several": _(
        "of several mobile numbers in the cell the first is recorded"
    ),
    "standing_inferred": _("joined less than a year ago: taken as probationary"),
    "heading_says_otherwise": _(
        "the group heading says otherwise; the row's own words are taken"
    ),
    "heading_unknown": _("what the heading above says of these people is not known"),
    "beyond_count": _("more rows than the heading above says"),
    "branch_from_heading": _("the branch was taken from the group heading"),
    "branch_from_sheet": _("the branch was taken from the name of the sheet"),
    "branch_from_title": _("the branch was taken from the title of the sheet"),
    "branch_assumed": _("no branch is named; the chosen one is taken"),
    "heading_differs": _("the group heading names another branch"),
    "in_service": _("in-service: checked in with the community, not counted there"),
    "works_asked": _("in service, and a branch here is named: answer above"),
    "works_answered": _("where somebody in service belongs is answered above"),
    "join_missing": _("the day of joining the Party is missing"),
    **{one.key: one.words for one in UNUSUAL_DATES},
    "text_unread": _("a remark or an address cannot be read and is left blank"),
    "number_in_text": _(
        "an identity number stands in a remark or an address, which is left blank"
    ),
    "title_place_asked": _(
        "a community is named that this system does not have: answer above"
    ),
    "title_place_answered": _(
        "a community is named that this system does not have; taken as the chosen"
        " one, as answered"
    ),
    "by_letter": _(
        "a letter from outside names the person: transferred in by it, not recorded"
        " afterwards"
    ),
    "branch_elsewhere": _(
        "the branch is not in this system: taken as one elsewhere, where the person"
        " belongs"
    ),
    "employer_unread": _(
        "the employer is no resident unit that is recorded here and is left blank"
    ),
    "skills_unread": _("a skill is not on the list and is left out"),
    "interests_unread": _("an interest is not on the list and is left out"),
    "free_hours_unread": _("free hours name no day or part of the day: left out"),
    "check_in_month_asked": _(
        "the day of checking in is known to the month only: answer above"
    ),
    "check_in_month_answered": _(
        "the month of checking in has no day; the first day of the month is recorded,"
        " as answered"
    ),
    "check_in_day_is_import": _(
        "the month of checking in has no day; the day of the import is recorded, as"
        " answered"
    ),
    "check_in_on_import_day": _(
        "no day of checking in is named: the day chosen below is recorded"
    ),
    "check_in_unused": _(
        "the day of checking in is not taken: the row is of no in-service member"
    ),
    "party_dates_asked": _("a Party date differs from the one on record: answer above"),
    "party_dates_kept": _(
        "a Party date differs; the one on record is kept, as answered"
    ),
    "party_dates_replaced": _(
        "a Party date differs; that of the sheet is recorded, as answered"
    ),
    "hidden_row": _("the row is hidden in the file"),
    "struck_row": _("the row is crossed out in the file"),
    "row_short": _("the row has fewer fields than the header"),
    "row_long": _("the row has more fields than the header"),
    "unchanged": _("recorded already, nothing differs"),
    "updated": _("recorded already, some values differ"),
}
