"""What people type about crews, by noun."""

from crews.forms.crew import AgreementsForm, CallForm, CrewEditForm, CrewForm

__all__ = ["AgreementsForm", "CallForm", "CrewEditForm", "CrewForm"]
