from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def begin_as_the_last(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """New meetings of a rhythm begin as its last one; those moved so far were moved by hand."""
    sessions = apps.get_model("practice", "PracticeSession").objects
    sessions.filter(moved_at__isnull=False).update(moved_by_hand=True)
    for rhythm in apps.get_model("practice", "Rhythm").objects.iterator():
        last = sessions.filter(rhythm=rhythm).order_by("-number").first()
        if last is not None:
            rhythm.practice_id, rhythm.place, rhythm.link = last.practice_id, last.place, last.link
            rhythm.save(update_fields=["practice", "place", "link"])


class Migration(migrations.Migration):
    # Apart from what makes the columns: PostgreSQL changes no table with rows still to be checked.
    dependencies = [("practice", "0006_rhythms_without_an_end")]

    operations = [migrations.RunPython(begin_as_the_last, migrations.RunPython.noop)]
