"""Two tables, side by side: proposing them, choosing, and staying one."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view, seat_of
from circles.errors import CircleError, NotAllowed
from circles.models import JoinRequest
from circles.saying import saying
from circles.services import present
from crews import services
from crews.errors import NoSplit
from crews.forms import TableNamesForm
from crews.models import Crew, Split
from crews.showing import two_tables
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Crew, members_only=False)
def split(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """The two tables, for those who would sit at them; without any, what it takes to be two."""
    person = person_of(request)
    found = _open_split(crew)
    if found is None:
        if seat_of(person, crew) is None:
            raise PermissionDenied
        if request.method == "POST":
            return _propose(request, crew, person)
        context = {"circle": crew, "ahead": two_tables.before(crew)}
        return page(request, "crews/become_two.html", context)
    shown = two_tables.tables(found, person)
    if shown is None:
        raise PermissionDenied
    form = TableNamesForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with saying(request):
            services.name_tables(split=found, by=person, **form.cleaned_data)
        return go(request, found)
    context = {"circle": crew, "split": found, "shown": shown, "form": form}
    return page(request, "crews/split.html", context, status=422 if form.errors else 200)


def _open_split(crew: Crew) -> Split | None:
    return Split.objects.open().select_related("crew", "opened_by").filter(crew=crew).first()


def _propose(
    request: HttpRequest, crew: Crew, person: Person, seventh: Person | None = None
) -> HttpResponseBase:
    with saying(request):
        services.open_split(crew=crew, by=person, seventh=seventh)
    return go(request, "crews:split", crew.pk)


@require_POST
@circle_view(Crew)
def answer_seventh(request: HttpRequest, crew: Crew, hand: int) -> HttpResponseBase:
    """A hand is up at a full table: stay as you are, or lay two."""
    person = person_of(request)
    asked = get_object_or_404(
        JoinRequest.objects.waiting().select_related("person"), pk=hand, circle=crew
    )
    if request.POST.get("answer") == "two":
        return _propose(request, crew, person, seventh=asked.person)
    if request.POST.get("answer") == "stay":
        said = _("You stay as you are. {who} hears it kindly, and where else there is a seat.")
        with saying(request, said.format(who=asked.person.first_name)):
            services.stay_one_table(request=asked, by=person)
    return go(request, crew)


# What can be pressed at the two tables.
PRESSES: dict[str, Callable[..., object]] = {
    "change": services.change_table,
    "stay": services.stay_here,
    "suits": services.say_it_suits,
    "wait": partial(services.say_it_suits, suits=False),
    "call-off": services.call_split_off,
}


@require_POST
@circle_view(Crew, members_only=False)
def press(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Change over, stay, say that it suits, or call it off."""
    person, wish = person_of(request), PRESSES.get(request.POST.get("press", ""))
    found = _open_split(crew)
    if found is None and seat_of(person, crew) is None:
        raise PermissionDenied
    if found is None or wish is None:
        messages.warning(request, str(NoSplit()))
        return go(request, crew)
    try:
        outcome = wish(split=found, by=person)
    except NotAllowed as error:
        raise PermissionDenied from error
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        _say(request, outcome)
    return _onward(request, found, person)


def _say(request: HttpRequest, outcome: object) -> None:
    if isinstance(outcome, Crew):
        messages.success(request, _("You are two crews now. This is your table."))
    elif outcome is False:
        said = _("Three stay at each table. You change as soon as somebody there would, too.")
        messages.success(request, said)


def _onward(request: HttpRequest, split: Split, person: Person) -> HttpResponseBase:
    """To the two tables; once they are two, to one's own."""
    split.refresh_from_db()
    if split.ended_at is None:
        return go(request, split)
    mine = split.second if split.second and present(split.second, person) else split.crew
    return go(request, mine if present(mine, person) else "crews:index")
