"""Practices travel as text files: take one along, take all along, bring one."""

import zipfile
from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from library import services
from library.access import practice_view
from library.forms.bringing import NOT_TEXT, TOO_LARGE, BringForm
from library.forms.writing import content_of
from library.models import Practice
from library.uploads import SmallFiles
from library.writing import write
from pages.respond import go, page
from people.signed_in import person_of

MOST_IN_A_ZIP = 500
A_CHUNK = 64 * 1024


@require_safe
@login_not_required
@practice_view
def file(request: HttpRequest, practice: Practice) -> HttpResponseBase:
    """The practice as a text file."""
    response = HttpResponse(write(practice.text), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{practice.slug}.md"'
    return response


@require_safe
@circle_view(Circle)
def all_files(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """All that is a circle's own, as text files in a zip."""
    practices = Practice.objects.published().filter(home=circle).prefetch_related("steps")
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        for practice in practices.order_by("slug")[:MOST_IN_A_ZIP]:
            bundle.writestr(f"{practice.slug}.md", write(practice.text))
    response = HttpResponse(kept.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="practices.zip"'
    return response


@csrf_exempt
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponseBase:
    """Bring a practice from a file. The token is asked for after the file's size is bounded."""
    small = SmallFiles(request)
    request.upload_handlers = [small]
    try:
        request.POST  # noqa: B018 (reading it is what may fail)
    except RequestDataTooBig:
        while request.read(A_CHUNK):
            pass
        return _refused(request)
    return _bring(request, small)


@csrf_protect
def _bring(request: HttpRequest, small: SmallFiles) -> HttpResponseBase:
    if request.method == "GET":
        return page(request, "library/bring.html", {"form": BringForm()})
    if small.was_too_large:
        return _refused(request)
    try:
        text = _given(request)
    except UnicodeDecodeError:
        return _refused(request, NOT_TEXT)
    form = BringForm({"text": text})
    if not form.is_valid():
        return page(request, "library/bring.html", {"form": form}, status=422)
    if request.POST.get("do") == "keep":
        return _kept(request, form)
    context = {"form": form, "text": form.practice, "body": write(form.practice)}
    return page(request, "library/bring.html", context)


def _given(request: HttpRequest) -> str:
    """What was uploaded or pasted. Raises UnicodeDecodeError for what is no text."""
    uploaded = request.FILES.get("file")
    if uploaded is None:
        return str(request.POST.get("text", ""))
    raw: bytes = uploaded.read()
    if b"\x00" in raw:
        raise UnicodeDecodeError("utf-8", raw, raw.index(b"\x00"), raw.index(b"\x00") + 1, "NUL")
    return raw.decode("utf-8-sig")


def _kept(request: HttpRequest, form: BringForm) -> HttpResponseBase:
    try:
        draft = services.begin_draft(by=person_of(request), content=content_of(form.practice))
    except CircleError as error:
        form.add_error(None, str(error))
        return page(request, "library/bring.html", {"form": form}, status=422)
    messages.success(request, _("It is on your desk. Only you can see it."))
    return go(request, draft)


def _refused(request: HttpRequest, why: object = TOO_LARGE) -> HttpResponseBase:
    form = BringForm({"text": ""})
    form.errors.clear()
    form.add_error("file", str(why))
    return page(request, "library/bring.html", {"form": form}, status=422)
