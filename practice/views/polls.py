"""Time polls: answering, asking, changing, closing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from pages.respond import asked_by_htmx, go, page
from people.signed_in import person_of
from practice import services
from practice.access import among_others, poll_planning_view, poll_view
from practice.forms import ChoiceForm, CloseForm, FindForm, Question, SeenForm, question_initial
from practice.models import Poll, PollOption
from practice.showing.finding import find
from practice.showing.meetings import people_of
from practice.showing.polls import PollShown, poll_for


@require_safe
@poll_view
def poll(request: HttpRequest, poll: Poll) -> HttpResponseBase:
    """The proposed times, what everybody says, and one's own answers."""
    return page(request, "practice/poll.html", _context(request, poll))


def _context(request: HttpRequest, poll: Poll) -> dict[str, Any]:
    person = person_of(request)
    may_plan = services.may_plan(poll.circle, person)
    waited = poll.reminded_at is None or timezone.now() - poll.reminded_at >= services.REMIND_AFTER
    return {
        "poll": poll,
        "circle": poll.circle,
        "shown": poll_for(poll, person),
        "is_open": poll.is_open and poll.circle.is_open,
        "may_plan": may_plan,
        "may_remind": may_plan and waited,
    }


@require_POST
@poll_view
def answer(request: HttpRequest, poll: Poll) -> HttpResponseBase:
    """One tap on one time, kept at once; that time comes back."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose yes, if need be or no."))
        return go(request, poll)
    option = get_object_or_404(PollOption, pk=form.cleaned_data["option"], poll=poll)
    try:
        services.answer_poll(
            option=option, by=person_of(request), choice=form.cleaned_data["choice"]
        )
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, poll)
    if not asked_by_htmx(request):
        return go(request, f"{poll.get_absolute_url()}#time-{option.pk}")
    context = _context(request, poll)
    (time,) = [one for one in context["shown"].times if one.option == option]
    context |= {"answered": option.pk, "time": time}
    return page(request, "practice/poll.html", context, part="answered")


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
@among_others
def new(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """Ask everyone; the best few times of the week looked at are filled in."""
    person = person_of(request)
    if not services.may_plan(circle, person):
        raise PermissionDenied
    question = _new_question(request, circle)
    if question.is_valid():
        try:
            poll = services.open_poll(
                circle=circle, by=person, starts=question.starts, rule=question.rule
            )
        except CircleError as error:
            question.form.add_error(None, str(error))
        else:
            messages.success(request, _("Asked. The others hear by mail. What suits you?"))
            return go(request, poll)
    return _asked(request, {"circle": circle, "question": question})


def _new_question(request: HttpRequest, circle: Circle) -> Question:
    person = person_of(request)
    wish = FindForm(request.GET, circle=circle, person=person).wish
    offers = [] if request.POST else find(circle, person, wish).offers
    usual = {"every": wish.every, "weeks": wish.weeks, "meetings": 6, "minutes": wish.minutes}
    return Question(
        request.POST or None,
        zones=_zones(circle, person.time_zone),
        initial={**usual, "time_zone": person.time_zone},
        starts=[offer.starts_at for offer in offers],
    )


def _zones(circle: Circle, *first: str) -> list[str]:
    return [*first, *(other.time_zone for other in people_of(circle))]


def _asked(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """The form of a question, with what is to be put right in it."""
    status = 422 if context["question"].has_errors else 200
    return page(request, "practice/poll_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@poll_planning_view
def edit(request: HttpRequest, poll: Poll) -> HttpResponseBase:
    """Change the question; no answer is lost by it."""
    shown = poll_for(poll, person_of(request))
    question = _standing_question(request, shown)
    if question.is_valid():
        seen = SeenForm(request.POST)
        try:
            services.change_poll(
                poll=poll,
                by=shown.reader,
                starts=question.starts,
                rule=question.rule,
                seen=seen.cleaned_data["seen"] if seen.is_valid() else None,
            )
        except CircleError as error:
            question.form.add_error(None, str(error))
        else:
            messages.success(request, _("Changed. Every answer to a time that stays is kept."))
            return go(request, poll)
    return _asked(
        request, {"circle": poll.circle, "poll": poll, "question": question, "shown": shown}
    )


def _standing_question(request: HttpRequest, shown: PollShown) -> Question:
    poll = shown.poll
    standing = [option.starts_at for option in shown.options]
    return Question(
        request.POST or None,
        zones=_zones(poll.circle, poll.time_zone, shown.reader.time_zone),
        initial=question_initial(poll),
        starts=standing,
        standing=standing,
    )


@require_POST
@poll_planning_view
def remind(request: HttpRequest, poll: Poll) -> HttpResponseBase:
    """A mail to those who have not answered."""
    try:
        count = services.remind(poll=poll, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        said = ngettext("Reminded one person by mail.", "Reminded {count} people by mail.", count)
        messages.success(
            request, said.format(count=count) if count else _("All the others have answered.")
        )
    return go(request, poll)


@require_http_methods(["GET", "POST"])
@poll_planning_view
def close(request: HttpRequest, poll: Poll) -> HttpResponseBase:
    """Choose a time, which makes the meetings; or end it without one."""
    shown = poll_for(poll, person_of(request))
    options = {one.option.pk: one for one in shown.to_come}
    form = CloseForm(request.POST or None, options=options)
    if request.method == "POST" and form.is_valid():
        option, word = form.cleaned_data["option"], form.cleaned_data["word"]
        try:
            return _closed(request, poll, options[option].option if option else None, word)
        except CircleError as error:
            messages.warning(request, str(error))
            return go(request, poll)
    by_number = {str(pk): one for pk, one in options.items()}
    context = {
        "circle": poll.circle,
        "poll": poll,
        "form": form,
        "chosen": by_number.get(request.GET.get("option", "")),
    }
    return page(request, "practice/poll_close.html", context, status=422 if form.errors else 200)


def _closed(
    request: HttpRequest, poll: Poll, option: PollOption | None, word: str
) -> HttpResponseBase:
    if option is None:
        services.end_poll(poll=poll, by=person_of(request), word=word)
        messages.success(request, _("Closed without a time. The others hear by mail."))
    else:
        services.close_poll(poll=poll, by=person_of(request), option=option)
        messages.success(
            request, _("It stands, and who said yes is expected. The others hear by mail.")
        )
    return go(request, poll.circle)
