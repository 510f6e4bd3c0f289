"""What a calendar address shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from pages.forms import offer
from people.models import Person


class FeedForm(forms.Form):
    """Which circles, and whether by name."""

    circles = forms.ModelMultipleChoiceField(
        Circle.objects.none(),
        label=_("Which circles?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none for all of them, also those you join later."),
    )
    shows_names = forms.BooleanField(
        label=_("Show the names of my circles"),
        required=False,
        help_text=_(
            "Otherwise your calendar says “Crew, Common Table”, when and where: good where "
            "others look over your shoulder."
        ),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Circle.objects.of(person).open().order_by("name", "pk")
        offer(self, "circles", own)
