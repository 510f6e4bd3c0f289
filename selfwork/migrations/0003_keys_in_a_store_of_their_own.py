import uuid

from django.db import connections, migrations, models

# The numbers of keys stay in the main database, the wrapped keys move to the key store.
KEYS = "keys"


def move(apps, schema_editor):
    """Give each key its number, and put it into the store before it leaves this database."""
    PersonKey = apps.get_model("selfwork", "PersonKey")
    WrappedKey = apps.get_model("keystore", "WrappedKey")
    here = schema_editor.connection.alias
    if not PersonKey.objects.using(here).exists():
        return
    if WrappedKey._meta.db_table not in connections[KEYS].introspection.table_names():
        raise RuntimeError("Run `manage.py migrate --database keys` first: the keys move there.")
    for key in PersonKey.objects.using(here).iterator():
        key.number = uuid.uuid4()
        wrapped = bytes(key.wrapped)
        WrappedKey.objects.using(KEYS).create(number=key.number, wrapped=wrapped)
        kept = WrappedKey.objects.using(KEYS).get(number=key.number)
        if bytes(kept.wrapped) != wrapped:
            raise RuntimeError("A key did not arrive in the key store as it was.")
        key.save(using=here, update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [("keystore", "0001_initial"), ("selfwork", "0002_a_self_that_lives")]

    operations = [
        migrations.CreateModel(
            name="KeyToDestroy",
            fields=[
                (
                    "number",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
            ],
        ),
        migrations.AddField(
            model_name="personkey",
            name="number",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="personkey",
            name="number",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.RemoveField(model_name="personkey", name="wrapped"),
    ]
