"""The steward's panel: Django's admin, open to stewards, each for their own congregations."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from circles.models import Membership
from people.models import Person


class StewardSite(AdminSite):
    """Open to installation staff and to whoever stewards a congregation.

    What each of them sees inside is decided by the querysets of the model admins.
    """

    site_header = _("The steward’s panel")
    site_title = _("Common Table")
    index_title = _("What is waiting")

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.user
        if not isinstance(person, Person) or not person.is_active:
            return False
        return person.is_staff or Membership.objects.present().stewards().of(person).exists()

    login = secure_admin_login(AdminSite.login)
