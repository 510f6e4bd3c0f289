"""What is tidied by the clock."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command


@shared_task
def forget_sign_ins() -> None:
    """Each night: sign-ins that have ended go, and from where they were made."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
