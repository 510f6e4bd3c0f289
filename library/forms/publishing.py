"""Offering a draft, and answering an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from pages.forms import offer


class HomeForm(forms.Form):
    """Whom it is offered to."""

    home = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, homes: list[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes = {home.pk: home for home in homes}
        choices = [(home.pk, str(home)) for home in homes]
        offer(self, "home", choices)

    def chosen(self) -> Circle:
        """The circle; of a valid form."""
        return self.homes[self.cleaned_data["home"]]


class PublishForm(forms.Form):
    """The edition that a change was compared with."""

    seen = forms.IntegerField(min_value=0, required=False)


class SendBackForm(forms.Form):
    """A word why."""

    word = forms.CharField(
        label=_("A word for the writer"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is good in it, and what would make it ready."),
    )
