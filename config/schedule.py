"""What happens by the clock, and which job does it."""

from typing import Any

from celery.schedules import crontab


def beat_schedule(tick: float) -> dict[str, dict[str, Any]]:
    """Celery's schedule; `tick` is in seconds how often is looked for what is due."""
    return {
        "notices": {
            "task": "notifications.tasks.tick",
            "schedule": tick,
            # Ticks that piled up while no worker ran are worth nothing.
            "options": {"expires": tick},
        },
        "rounds": {
            "task": "crews.tasks.tend_rounds",
            "schedule": tick,
            "options": {"expires": tick},
        },
        "introductions": {
            "task": "dyads.tasks.tend_introductions",
            "schedule": crontab(minute="50"),
            "options": {"expires": 3600},
        },
        "quiet crews": {
            "task": "crews.tasks.ask_the_quiet",
            "schedule": crontab(minute="40"),
            "options": {"expires": 3600},
        },
        "seats": {
            "task": "crews.tasks.offer_seats",
            "schedule": crontab(minute="20"),
            "options": {"expires": 3600},
        },
        "rhythms": {
            "task": "practice.tasks.extend_rhythms",
            "schedule": crontab(hour="2", minute="40"),
        },
        "drawings": {
            "task": "crews.tasks.take_up_silent",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
        "pairing": {
            "task": "dyads.tasks.keep_pairing",
            "schedule": tick,
            "options": {"expires": tick},
        },
        "pairing rhythms": {
            "task": "dyads.tasks.open_rounds",
            "schedule": crontab(minute="*/5"),
            "options": {"expires": 300},
        },
        "cycles": {"task": "crews.tasks.keep_cycles", "schedule": crontab(minute="*/3")},
        "look-backs": {"task": "dyads.tasks.keep_look_backs", "schedule": crontab(minute="*/10")},
        "keys": {
            "task": "selfwork.tasks.destroy_keys",
            "schedule": crontab(minute="5"),
            "options": {"expires": 3600},
        },
        "mirrors": {
            "task": "dyads.tasks.keep_mirrors",
            "schedule": crontab(minute="10"),
            "options": {"expires": 3600},
        },
        "sign-ins": {
            "task": "people.tasks.forget_sign_ins",
            "schedule": crontab(hour="3", minute="20"),
        },
        "tidy": {
            "task": "notifications.tasks.forget_old",
            "schedule": crontab(hour="3", minute="10"),
        },
    }
