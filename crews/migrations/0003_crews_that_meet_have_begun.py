"""Crews from before calls had a “go”: with three people at the table they have begun."""

from django.db import migrations
from django.db.models import Count, Q

LEAST = 3


def begin(apps, schema_editor):
    crews = apps.get_model("crews", "Crew").objects
    seated = Count("memberships", filter=Q(memberships__left_at__isnull=True))
    large = crews.annotate(people=seated).filter(people__gte=LEAST).values_list("pk", "created_at")
    for pk, created_at in list(large):
        crews.filter(pk=pk).update(begun_at=created_at)


class Migration(migrations.Migration):
    dependencies = [("crews", "0002_rounds"), ("circles", "0002_preferences")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
