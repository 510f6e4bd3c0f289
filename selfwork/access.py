"""The owner's pages: nothing of them in a report, a log or a cache; calm words for a wrong key."""

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from circles.errors import NotAllowed
from pages.respond import page
from selfwork.door import at_the_door
from selfwork.vault import VaultError

logger = logging.getLogger(__name__)

# What Django answers with a page of its own, without a report.
ANSWERED = (PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)


class WentWrong(Exception):
    """Something broke in the private place. Says where, and carries nothing that was written."""


def private_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Guard a page of the private place; every address of it has this.

    Where the owner wishes a second look, it comes first. No answer may be kept by a browser or on
    the way. When no key of the environment opens the writing, it says so, and nothing is written
    over it. When anything breaks, whoever collects errors learns where, but gets no frame, no
    message and no field that holds words.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = at_the_door(request) or guarded(request, *args, **kwargs)
            return _unkept(answer)
        except VaultError:
            logger.error("No key in SELFWORK_KEYS opens a data key; has the newest one gone?")
            return _unkept(page(request, "selfwork/locked.html", status=503))
        except (Http404, NotAllowed) as error:
            _forget_what_was_sent(request)
            if request.headers.get("Accept", "") == "application/json":
                said = _("This is not here any more. Copy your words.")
                return _unkept(JsonResponse({"said": said}, status=404))
            # Deleted in another window a moment ago, if the view itself still found it.
            raise Http404 from error
        except ANSWERED:
            _forget_what_was_sent(request)
            raise
        except Exception as error:
            if settings.DEBUG:
                raise
            where = _where(error)
        # Outside the except block, so that nothing leads from the new error to the old one.
        _forget_what_was_sent(request)
        raise WentWrong(where)

    guarded = sensitive_post_parameters()(sensitive_variables()(view))
    vars(wrapped)["is_private"] = True
    return wrapped


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    # Django would log a page that turns words down together with the request that holds them.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _where(error: Exception) -> str:
    """The kind of error and the lines it came through; its message may quote what was written."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([type(error).__qualname__, *lines])


def _forget_what_was_sent(request: HttpRequest) -> None:
    request.POST = QueryDict()
    request._body = b""
    request._files = MultiValueDict()  # type: ignore[attr-defined]
