"""A reply from the mail, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from circles.services import present
from pages.respond import go, page
from practice import replies, services
from practice.forms import AnswerForm
from practice.models import Answer, PracticeSession
from practice.replies import Reply


# The signed address is what allows the answer, not a cookie: nothing can be forged with it, and
# it works where a mail program's own browser keeps no cookies.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str, choice: str = "") -> HttpResponseBase:
    """Shows what the link will do, and does it when the button is pressed."""
    asked = replies.read(token)
    if asked is None or choice not in {"", *Answer.Choice.values}:
        return page(request, "practice/reply_unknown.html", status=404)
    status = 200
    if request.method == "POST":
        form = AnswerForm(request.POST)
        try:
            if form.is_valid():
                services.reply(
                    to=asked,
                    choice=form.cleaned_data["answer"],
                    following=form.cleaned_data["following"],
                )
                return go(request, "practice:reply", token)
            status = 422
        except CircleError:
            # What stands in the way is what the page says anyway.
            asked, status = replies.read(token) or asked, 409
    with timezone.override(asked.person.zone):
        return page(request, "practice/reply.html", shown(asked, choice), status=status)


def shown(asked: Reply, choice: str) -> dict[str, object]:
    """What the page says: nothing of the circle but its name and when it meets."""
    session, person = asked.session, asked.person
    state = state_of(asked)
    said = {answer.person_id: answer.choice for answer in session.answers.all()}.get(person.pk, "")
    context: dict[str, object] = {"state": state, "person": person, "circle": session.circle}
    if state == "left":
        return context
    following = PracticeSession.objects.following(session).to_come(timezone.now())
    return {
        **context,
        "session": session,
        "wished": choice if state == "open" else "",
        "said": said,
        "choices": Answer.Choice.choices,
        "more": following.exclude(pk=session.pk).count() if present(session.circle, person) else 0,
        "token": replies.token_for(session, person),
    }


def state_of(asked: Reply) -> str:
    """Whether it can still be answered ("open", "moved"), or why not."""
    session = asked.session
    if not services.takes_part(session, asked.person):
        return "left"
    if session.is_cancelled:
        return "off"
    if not session.circle.is_open:
        return "ended"
    if session.is_over:
        return "over"
    return "moved" if asked.has_moved else "open"
