"""{% demo_people as people %}: whom to sign in as, in demo mode only."""

from django import template
from django.conf import settings

from home.demo.people import SIGN_IN, SignIn

register = template.Library()


@register.simple_tag
def demo_people() -> tuple[SignIn, ...]:
    return SIGN_IN if settings.DEMO else ()
