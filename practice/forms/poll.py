"""A question about times, as it is typed: what for and how often, and the rows of its times."""

from collections.abc import Collection, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.forms import offer
from people.models import one_line
from people.time_zones import zone_info
from practice.forms.fields import date_input, number_between, time_input, zone_choices
from practice.forms.often import OftenForm, often_initial, often_of
from practice.models import Poll, PollAnswer
from practice.models.poll import LEAST_TIMES, MOST_TIMES
from practice.models.rhythm import LEAST_MINUTES, MOST_MINUTES
from practice.rules.recurrence import moment
from practice.services import FURTHEST

# Empty rows beside those that are filled in, and the fewest rows there are.
SPARE_ROWS, FEWEST_ROWS = 2, 4
TIMES = "times"


class PollForm(OftenForm):
    """What is looked for."""

    title = forms.CharField(
        label=_("What for"),
        max_length=80,
        required=False,
        validators=[one_line],
        help_text=_("A few words, for example: our first cycle."),
    )
    minutes = number_between(LEAST_MINUTES, MOST_MINUTES, label=_("Minutes"))
    time_zone = forms.ChoiceField(label=_("By the clock of"))
    field_order = ("title", "every", "weeks", "meetings", "open_ended", "minutes", "time_zone")

    def __init__(self, *args: Any, zones: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", zone_choices(*zones))


class TimeForm(forms.Form):
    """One row: a day and a time, or nothing."""

    day = forms.DateField(label=_("Day"), widget=date_input(), required=False)
    at = forms.TimeField(label=_("Time"), widget=time_input(), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned["day"] and cleaned["at"] is None:
            self.add_error("at", _("Choose a time."))
        elif not self.errors and cleaned["at"] is not None and not cleaned["day"]:
            self.add_error("day", _("Choose a day."))
        return cleaned


if TYPE_CHECKING:
    TimeFormSet = BaseFormSet[TimeForm]
else:
    TimeFormSet = BaseFormSet


class Times(TimeFormSet):
    """The rows together: each a moment to come on the wall of one zone, none of them twice.

    A time that is proposed already (`standing`) may have passed meanwhile.
    """

    form = TimeForm
    min_num, max_num, absolute_max = 0, MOST_TIMES, MOST_TIMES
    can_order = can_delete = can_delete_extra = edit_only = False
    validate_min = validate_max = False

    def __init__(
        self,
        data: QueryDict | None,
        *,
        zone: tzinfo,
        standing: Collection[datetime],
        rows: list[dict[str, Any]],
    ) -> None:
        self.renderer = get_default_renderer()
        self.extra = max(SPARE_ROWS, FEWEST_ROWS - len(rows))
        self.zone, self.standing = zone, standing
        # A row that comes back as it was drawn is a time all the same, no untouched spare row.
        super().__init__(data, prefix=TIMES, initial=None if data else rows)
        self.starts: list[datetime] = []

    def clean(self) -> None:
        for row in self.forms:
            typed = row.cleaned_data if row.is_valid() else {}
            if typed.get("day"):
                self._take(row, typed["day"], typed["at"])
        if any(row.errors for row in self.forms):
            return
        if len(self.starts) < LEAST_TIMES:
            raise forms.ValidationError(
                _("Propose at least two times, so that there is something to choose.")
            )

    def _take(self, row: TimeForm, day: Any, at: Any) -> None:
        now = timezone.now()
        # Days at the ends of the calendar cannot even be turned into a moment.
        if abs(day - now.date()) > FURTHEST:
            row.add_error("day", _("Choose a day within the next two years."))
            return
        start = moment(day, at, self.zone)
        if start in self.starts:
            row.add_error("day", _("This time stands here twice. Change one of them."))
        elif start <= now and start not in self.standing:
            row.add_error("day", _("That moment has passed. Choose one that is still to come."))
        else:
            self.starts.append(start)


class Question:
    """The form and its rows. `starts` are the moments the rows begin with."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        zones: Sequence[str],
        initial: dict[str, Any],
        starts: Collection[datetime],
        standing: Collection[datetime] = (),
    ) -> None:
        zone = zone_info(data.get("time_zone", "") if data else initial["time_zone"])
        local = [start.astimezone(zone) for start in sorted(starts)]
        rows = [{"day": one.date(), "at": one.time()} for one in local]
        self.wants_more = data is not None and "more" in data
        self.form = PollForm(data, zones=zones, initial=initial)
        self.times = Times(
            _with_more_rows(data) if data and self.wants_more else data,
            zone=zone,
            standing=standing,
            rows=rows,
        )

    def is_valid(self) -> bool:
        """Whether it can be asked; asks both parts, so that each says what is to be put right."""
        return all([self.form.is_valid(), self.times.is_valid()]) and not self.wants_more

    @property
    def has_errors(self) -> bool:
        """Whether something is to be put right."""
        return self.form.is_bound and not self.wants_more and not self.is_valid()

    @property
    def starts(self) -> list[datetime]:
        """The proposed moments."""
        return self.times.starts

    @property
    def rule(self) -> dict[str, Any]:
        """The rest, in the words of `services.open_poll`."""
        typed = self.form.cleaned_data
        said = {name: typed[name] for name in ("title", "minutes", "time_zone")}
        return {**said, **often_of(typed)}

    @property
    def has_room(self) -> bool:
        """Whether there may be more rows."""
        return self.times.total_form_count() < MOST_TIMES


def _with_more_rows(data: QueryDict) -> QueryDict:
    """The same, typed into more rows."""
    more = data.copy()
    count = sum(name.startswith(TIMES) and name.endswith("-day") for name in data)
    more[f"{TIMES}-TOTAL_FORMS"] = str(min(count + SPARE_ROWS + 1, MOST_TIMES))
    return more


def question_initial(poll: Poll) -> dict[str, Any]:
    """A standing poll, as the form shows it."""
    return {
        "title": poll.title,
        "minutes": poll.minutes,
        "time_zone": poll.time_zone,
        **often_initial(poll.every, poll.interval, poll.meetings),
    }


class ChoiceForm(forms.Form):
    """One answer to one proposed time."""

    option = forms.IntegerField()
    choice = forms.ChoiceField(choices=PollAnswer.Choice)


class CloseForm(forms.Form):
    """One of the times, or none and a word why."""

    option = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    word = forms.CharField(
        label=_("A word why"), max_length=200, required=False, validators=[one_line]
    )

    def __init__(self, *args: Any, options: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", ""),
            *((pk, pk) for pk in options),
        ]
        offer(self, "option", choices)
