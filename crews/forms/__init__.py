"""What people type about crews, by noun."""

from crews.forms.crew import AgreementsForm, CallForm, CrewForm

__all__ = ["AgreementsForm", "CallForm", "CrewForm"]
