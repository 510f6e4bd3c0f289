"""One meeting: its details, an answer, who was there."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pages.forms import offer
from people.models import Person, one_line
from practice.forms.fields import LinkField, PlaceField, PracticeField, RoomField, WhichField
from practice.models import Answer, PracticeSession
from practice.rooms import new_room


class DetailsForm(forms.Form):
    """What is done, who hosts, where."""

    place = PlaceField()
    link = LinkField()

    def __init__(
        self,
        *args: Any,
        session: PracticeSession,
        people: list[Person],
        more: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"] = PracticeField(session.circle, chosen=session.practice_id)
        self.fields["host"] = forms.ModelChoiceField(
            Person.objects.filter(pk__in=[person.pk for person in people]),
            label=_("Host"),
            required=False,
            empty_label=_("Nobody yet"),
            help_text=_("Hosting is a turn: welcome everyone, keep the order, end on time."),
        )
        if settings.ROOM_BASE_URL:
            self.fields["room"] = RoomField()
        if more:
            self.fields["which"] = WhichField(more)
        self.order_fields(["which", "practice", "host", "place", "link"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.pop("room", False):
            cleaned["link"] = new_room()
        cleaned["following"] = cleaned.pop("which", "") == "following"
        return cleaned


class AnswerForm(forms.Form):
    """Yes, maybe or no; for this one or all that follow; a word why."""

    answer = forms.ChoiceField(choices=Answer.Choice)
    following = forms.BooleanField(required=False)
    word = forms.CharField(max_length=200, required=False, validators=[one_line])


class SeenForm(forms.Form):
    """The state of the meeting that a form was drawn from."""

    seen = forms.IntegerField(min_value=0, required=False)


class AttendanceForm(forms.Form):
    """Who of the circle was there."""

    there = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "there", [(person.pk, str(person)) for person in people])
