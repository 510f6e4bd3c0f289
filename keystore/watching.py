"""For whoever watches."""

from django.db import DatabaseError

from keystore.models import WrappedKey


def answers() -> bool:
    """Whether the key store answers, and has its table."""
    try:
        WrappedKey.objects.order_by("number").values_list("number").first()
    except DatabaseError:
        return False
    return True
