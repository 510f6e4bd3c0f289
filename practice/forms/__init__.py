"""What people type about meetings, by noun."""

from practice.forms.feed import FeedForm
from practice.forms.finding import FindForm, OfferedForm, usual_minutes
from practice.forms.guest import GuestForm
from practice.forms.holding import BeginForm, HereForm, PressForm, RolesForm
from practice.forms.note import NoteForm
from practice.forms.pause import PauseForm
from practice.forms.poll import ChoiceForm, CloseForm, Question, question_initial
from practice.forms.programme import FirstPartForm, TakeOnForm
from practice.forms.rhythm import RhythmForm, rule_of
from practice.forms.session import AnswerForm, AttendanceForm, DetailsForm, SeenForm
from practice.forms.standing import StandingRoleForm
from practice.forms.when import MoveForm, WhenForm, local_initial

__all__ = [
    "AnswerForm",
    "AttendanceForm",
    "BeginForm",
    "ChoiceForm",
    "CloseForm",
    "DetailsForm",
    "FeedForm",
    "FindForm",
    "FirstPartForm",
    "GuestForm",
    "HereForm",
    "MoveForm",
    "NoteForm",
    "OfferedForm",
    "PauseForm",
    "PressForm",
    "Question",
    "RhythmForm",
    "RolesForm",
    "SeenForm",
    "StandingRoleForm",
    "TakeOnForm",
    "WhenForm",
    "local_initial",
    "question_initial",
    "rule_of",
    "usual_minutes",
]
