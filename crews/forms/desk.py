"""What stewards press and type at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crews.models import ProposedCrew
from crews.services.moving import NEW_TABLE, NO_SEAT
from pages.forms import ModelForm
from people.models import one_line


class SeenForm(forms.Form):
    """A press. `seen` is the version of the tables that was on the page."""

    seen = forms.IntegerField(min_value=0, max_value=2_147_483_647)


class LockForm(SeenForm):
    """Lock a table, or unlock it."""

    lock = forms.TypedChoiceField(
        choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1"
    )


class MoveForm(SeenForm):
    """Where somebody is moved to: the number of a table, a new one, or no seat."""

    to = forms.RegexField(rf"^([0-9]{{1,18}}|{NEW_TABLE}|{NO_SEAT})$")


class NameForm(ModelForm[ProposedCrew]):
    """A table's name; empty for the one that its hour gives."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        validators=[one_line],
        help_text=_("Empty, it is called by its hour. Its people may change it later."),
    )

    class Meta:
        model = ProposedCrew
        fields = ("name",)
