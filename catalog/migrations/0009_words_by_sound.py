"""Give the known words their sound as a key: "trôm trôm" then finds "chôm chôm"."""

from typing import Any

from django.db import migrations

from catalog.keyboard import sound

SHORTEST = 3


def add_sounds(apps: Any, schema_editor: Any) -> None:
    terms = apps.get_model("catalog", "SearchTerm")
    changed = []
    for term in terms.objects.iterator(chunk_size=2_000):
        if len(term.word) >= SHORTEST:
            term.keys = sorted({*term.keys, f"~{sound(term.word)}"})
            changed.append(term)
    terms.objects.bulk_update(changed, ["keys"], batch_size=1_000)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_kept_counts")]
    operations = [migrations.RunPython(add_sounds, migrations.RunPython.noop)]
