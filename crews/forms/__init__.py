"""What people type about crews, by noun."""

from crews.forms.agreements import AgreementsForm, ReopeningForm
from crews.forms.crew import CallForm, CrewEditForm, CrewForm
from crews.forms.cycle import CycleAnswerForm, LearnedForm, PartingForm, RenewForm, RestForm
from crews.forms.first_time import FirstTimeForm
from crews.forms.going import LetRestForm, TableNamesForm

__all__ = [
    "AgreementsForm",
    "CallForm",
    "CrewEditForm",
    "CrewForm",
    "CycleAnswerForm",
    "FirstTimeForm",
    "LearnedForm",
    "LetRestForm",
    "PartingForm",
    "RenewForm",
    "ReopeningForm",
    "RestForm",
    "TableNamesForm",
]
