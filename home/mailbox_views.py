"""Pages of the demo's mailbox."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from home import mailbox
from pages.respond import page

A_PAGE = 30


def _mail(name: str) -> mailbox.CaughtMail:
    found = mailbox.read(name)
    if found is None:
        raise Http404
    return found


@login_not_required
def index(request: HttpRequest) -> HttpResponseBase:
    """All caught mails, newest first."""
    shown = Paginator(mailbox.names(), A_PAGE).get_page(request.GET.get("page"))
    context = {"shown": shown, "mails": list(mailbox.read_all(list(shown)))}
    return page(request, "home/mailbox.html", context)


@login_not_required
def mail(request: HttpRequest, name: str) -> HttpResponseBase:
    """One mail: its text, its picture, its files."""
    return page(request, "home/mail.html", {"mail": _mail(name)})


@login_not_required
@xframe_options_sameorigin
@csp_override(
    {
        "default-src": [CSP.NONE],
        "style-src": [CSP.UNSAFE_INLINE],
        "frame-ancestors": [CSP.SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def html(request: HttpRequest, name: str) -> HttpResponseBase:
    """The HTML part as a mail program would draw it: no script, nothing loaded, no way out.

    Inlined styles are how mail is written; this page, and no other, therefore allows them.
    """
    return HttpResponse(_mail(name).body("html").replace("<head>", '<head><base target="_blank">'))


@login_not_required
def file(request: HttpRequest, name: str, number: int) -> HttpResponseBase:
    """A file that came with a mail, always as a download."""
    files = list(_mail(name).message.iter_attachments())
    if number >= len(files):
        raise Http404
    found = files[number]
    content = found.get_payload(decode=True)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="common-table.ics"'
    return response
