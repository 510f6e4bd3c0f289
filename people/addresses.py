"""Which e-mail addresses are somebody's: the one they sign in with, and others they proved."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from people.models import Person


def addresses_of(person: Person) -> list[str]:
    """In lower case, the one they sign in with first."""
    proved = EmailAddress.objects.filter(user=person, verified=True).order_by("pk")
    others = (address.lower() for address in proved.values_list("email", flat=True))
    return list(dict.fromkeys([person.email, *others]))


def proved_by(person: Person) -> QuerySet[EmailAddress, dict[str, Any]]:
    """Those they proved, in lower case, to ask for inside another question."""
    proved = EmailAddress.objects.filter(user=person, verified=True)
    lower: QuerySet[EmailAddress, dict[str, Any]] = proved.annotate(lower=Lower("email"))
    return lower.values("lower")


def reads(address: object, *, at: str = "") -> Q:
    """Those whose address this is, for a filter; `at` leads from the row to the person."""
    path = f"{at}__" if at else ""
    proved = Q(**{f"{path}emailaddress__email": address, f"{path}emailaddress__verified": True})
    return Q(**{f"{path}email": address}) | proved
