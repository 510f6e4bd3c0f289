"""Jobs of the private place. They know numbers of keys and nothing of anybody."""

from celery import shared_task

from selfwork.services import destroy_keys as finish


@shared_task(name="selfwork.tasks.destroy_keys")
def destroy_keys() -> None:
    """Finish the deletions that were interrupted between the two databases."""
    finish()
