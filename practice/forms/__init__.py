"""What people type about meetings, by noun."""

from practice.forms.feed import FeedForm
from practice.forms.finding import FindForm, OfferedForm, usual_minutes
from practice.forms.note import NoteForm
from practice.forms.session import AnswerForm, AttendanceForm, DetailsForm, SeenForm
from practice.forms.when import RhythmForm, WhenForm, local_initial

__all__ = [
    "AnswerForm",
    "AttendanceForm",
    "DetailsForm",
    "FeedForm",
    "FindForm",
    "NoteForm",
    "OfferedForm",
    "RhythmForm",
    "SeenForm",
    "WhenForm",
    "local_initial",
    "usual_minutes",
]
