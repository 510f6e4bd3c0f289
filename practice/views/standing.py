"""A crew's standing roles."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from circles.scales import Scale
from pages.respond import go, page
from people.signed_in import person_of
from practice import services
from practice.forms import StandingRoleForm
from practice.models import StandingRole
from practice.rules.roles import MOST_STANDING
from practice.showing.turns import host_is_for


def role_view(
    view: Callable[[HttpRequest, StandingRole], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Load the role `role` of the crew `pk` for those who sit there; 404 otherwise."""

    @circle_view(Circle)
    def found(request: HttpRequest, circle: Circle, role: int) -> HttpResponseBase:
        roles = StandingRole.objects.select_related("circle")
        return view(request, get_object_or_404(roles, circle=circle, pk=role))

    return wraps(view)(found)


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def roles(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """The roles a crew has at each of its meetings, and one more."""
    if circle.scale != Scale.CREW:
        raise Http404
    form = StandingRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            role = services.add_role(circle=circle, by=person_of(request), **form.cleaned_data)
        except CircleError as error:
            form.add_error("name", str(error))
        else:
            said = _("From the next meeting on somebody is {role}.").format(role=role.name)
            messages.success(request, said)
            return go(request, "practice:standing_roles", circle.pk)
    there = list(circle.standing_roles.all())
    context = {
        "circle": circle,
        "roles": there,
        "host_is_for": host_is_for(),
        "has_room": len(there) < MOST_STANDING,
        "form": form,
    }
    status = 422 if form.errors else 200
    return page(request, "practice/standing_roles.html", context, status=status)


@require_http_methods(["GET", "POST"])
@role_view
def role(request: HttpRequest, role: StandingRole) -> HttpResponseBase:
    """Call it something else, or say anew what it is for."""
    name = role.name
    form = StandingRoleForm(request.POST or None, instance=role)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_role(role=role, by=person_of(request), **form.cleaned_data)
        except CircleError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Changed."))
            return go(request, "practice:standing_roles", role.circle_id)
    context = {"circle": role.circle, "role": role, "name": name, "form": form}
    status = 422 if form.errors else 200
    return page(request, "practice/standing_role.html", context, status=status)


@require_POST
@role_view
def drop(request: HttpRequest, role: StandingRole) -> HttpResponseBase:
    """Do without it from now on."""
    try:
        services.drop_role(role=role, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        said = _("You do without a {role} from now on.").format(role=role.name)
        messages.success(request, said)
    return go(request, "practice:standing_roles", role.circle_id)
