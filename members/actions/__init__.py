"""Actions on members, their affiliations, check-ins and absences."""

from members.actions.absences import (
    NewAbsence,
    end_absences,
    end_mobile,
    record_absences,
    record_mobile,
)
from members.actions.admission import Admission, admit_member, admit_members
from members.actions.affiliations import (
    affiliate_member,
    end_membership,
    record_death,
)
from members.actions.after_ends import (
    keep_record_after_end,
    note_records_after_ends,
)
from members.actions.appraisals import (
    close_appraisal,
    enter_grades,
    open_appraisal,
    reopen_appraisal,
    void_appraisal,
)
from members.actions.certificates import (
    issue_certificate,
    record_certificates,
    replace_certificate,
    return_certificate,
    void_certificate,
)
from members.actions.changes import change_member, change_members
from members.actions.checkin_rounds import change_round, open_round, void_round
from members.actions.checkins import (
    NewCheckIn,
    check_in,
    check_in_members,
    end_check_in,
)
from members.actions.closing import check_out
from members.actions.contacts import log_contact, void_contact
from members.actions.continued import unbroken_rows
from members.actions.development import (
    admit_developed,
    change_development,
    last_step,
    record_development_look,
    record_development_step,
    start_development,
    stop_development,
    take_back_step,
)
from members.actions.duplicates import (
    ask_for_scan,
    compare_again,
    keep_apart,
    scan_register,
)
from members.actions.inquiries import answer_inquiry, send_inquiry, void_inquiry
from members.actions.lost_contacts import (
    record_contact,
    remove_lost_member,
    report_abroad,
    report_lost_contact,
    suspend_membership,
    void_lost_contact,
)
from members.actions.merging import merge_members, refuse_merge
from members.actions.moves import move_member
from members.actions.opinions import (
    PersonNamed,
    answer_opinion,
    ask_opinion,
    place_to_ask,
    withdraw_opinion,
)
from members.actions.people import issue_member_slips, open_account, set_skills
from members.actions.pledges import (
    accept_pledge,
    change_pledge,
    make_pledge,
    return_pledge,
    settle_pledge,
    void_pledge,
)
from members.actions.pocket import settle_pocket_member, take_pocket_member
from members.actions.probation import decide_on_probation, void_probation_decision
from members.actions.reviews import review_members, void_review
from members.actions.transfers import (
    AdmissionByLetter,
    admit_by_letters,
    admit_transferred,
    confirm_arrival,
    expire_letters,
    hand_on_transfer,
    issue_letter,
    issue_letters,
    propose_transfer,
    receive_transfer,
    record_letter,
    record_letters,
    record_receipt,
    refuse_transfer,
    reissue_letter,
    void_transfer,
)
from members.actions.unmasking import (
    record_find_by_number,
    record_find_by_phone,
    record_letter_printed,
    record_list_look,
    record_look,
    unmask,
)
from members.actions.unmerging import undo_merge
from members.actions.voiding import (
    affiliation_moved_from,
    void_absence,
    void_affiliation,
    void_check_in,
    void_end,
    void_member,
    void_moved_check_in,
)

__all__ = [
    "Admission",
    "AdmissionByLetter",
    "NewAbsence",
    "NewCheckIn",
    "PersonNamed",
    "accept_pledge",
    "admit_by_letters",
    "admit_developed",
    "admit_member",
    "admit_members",
    "admit_transferred",
    "affiliate_member",
    "affiliation_moved_from",
    "answer_inquiry",
    "answer_opinion",
    "ask_for_scan",
    "ask_opinion",
    "change_development",
    "change_member",
    "change_members",
    "change_pledge",
    "change_round",
    "check_in",
    "check_in_members",
    "check_out",
    "close_appraisal",
    "compare_again",
    "confirm_arrival",
    "decide_on_probation",
    "end_absences",
    "end_check_in",
    "end_membership",
    "end_mobile",
    "enter_grades",
    "expire_letters",
    "hand_on_transfer",
    "issue_certificate",
    "issue_letter",
    "issue_letters",
    "issue_member_slips",
    "keep_apart",
    "keep_record_after_end",
    "last_step",
    "log_contact",
    "make_pledge",
    "merge_members",
    "move_member",
    "note_records_after_ends",
    "open_account",
    "open_appraisal",
    "open_round",
    "place_to_ask",
    "propose_transfer",
    "receive_transfer",
    "record_absences",
    "record_certificates",
    "record_contact",
    "record_death",
    "record_development_look",
    "record_development_step",
    "record_find_by_number",
    "record_find_by_phone",
    "record_letter",
    "record_letter_printed",
    "record_letters",
    "record_list_look",
    "record_look",
    "record_mobile",
    "record_receipt",
    "refuse_merge",
    "refuse_transfer",
    "reissue_letter",
    "remove_lost_member",
    "reopen_appraisal",
    "replace_certificate",
    "report_abroad",
    "report_lost_contact",
    "return_certificate",
    "return_pledge",
    "review_members",
    "scan_register",
    "send_inquiry",
    "set_skills",
    "settle_pledge",
    "settle_pocket_member",
    "start_development",
    "stop_development",
    "suspend_membership",
    "take_back_step",
    "take_pocket_member",
    "unbroken_rows",
    "undo_merge",
    "unmask",
    "void_absence",
    "void_affiliation",
    "void_appraisal",
    "void_certificate",
    "void_check_in",
    "void_contact",
    "void_end",
    "void_inquiry",
    "void_lost_contact",
    "void_member",
    "void_moved_check_in",
    "void_pledge",
    "void_probation_decision",
    "void_review",
    "void_round",
    "void_transfer",
    "withdraw_opinion",
]
