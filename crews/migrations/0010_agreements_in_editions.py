"""What crews agreed so far becomes their first edition."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_editions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    edition = apps.get_model("crews", "Agreements")
    crews = apps.get_model("crews", "Crew").objects.exclude(agreements="")
    edition.objects.bulk_create(
        [edition(crew=crew, number=1, together=crew.agreements) for crew in crews],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("crews", "0009_agreements")]
    operations = [migrations.RunPython(write_editions, migrations.RunPython.noop)]
