"""What comes, over all circles; as a page and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from pages.respond import page
from people.signed_in import person_of
from practice.access import attending_view, for_one_too
from practice.calendar import MIMETYPE, calendar_of
from practice.models import Answer, PracticeSession

A_PAGE = 40
MOST_IN_A_FILE = 500


def index(request: HttpRequest) -> HttpResponseBase:
    """Meetings to come, by day, with my answer to each."""
    person = person_of(request)
    sessions = (
        PracticeSession.objects.concerning(person)
        .to_come(timezone.now())
        .select_related("circle", "practice")
    )
    pages = Paginator(sessions, A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    mine = dict(
        Answer.objects.filter(person=person, session__in=[s.pk for s in shown]).values_list(
            "session", "choice"
        )
    )
    rows = [{"session": session, "choice": mine.get(session.pk, "")} for session in shown]
    return page(request, "practice/calendar.html", {"rows": rows, "shown": shown})


def download(request: HttpRequest) -> HttpResponseBase:
    """All my meetings to come as one calendar file."""
    sessions = PracticeSession.objects.concerning(person_of(request)).to_come(timezone.now())
    return _file(calendar_of(sessions.select_related("circle", "practice")[:MOST_IN_A_FILE]))


@attending_view
@for_one_too
def download_one(request: HttpRequest, session: PracticeSession) -> HttpResponseBase:
    """One meeting as a calendar file."""
    return _file(calendar_of([session]))


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=MIMETYPE)
    response["Content-Disposition"] = 'attachment; filename="common-table.ics"'
    return response
