"""Crews that are there already get the roles that a crew begins with."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = (
    ("timekeeper", "Watches the clock, so that nobody else has to."),
    ("scribe", "Writes down what was promised and what to come back to."),
    ("carer", "Looks how everybody is, and says when it is time to breathe."),
)


def begin_with_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    crews = apps.get_model("circles", "Circle").objects.filter(scale="crew")
    role = apps.get_model("practice", "StandingRole")
    role.objects.bulk_create(
        [
            role(circle=crew, name=name, what_for=what_for, position=place)
            for crew in crews
            for place, (name, what_for) in enumerate(ROLES, start=1)
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("practice", "0012_standing_roles")]
    operations = [migrations.RunPython(begin_with_roles, migrations.RunPython.noop)]
