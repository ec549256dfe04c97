"""Keep what lists filter and count by in the row itself: only a long card may move out of it.

Otherwise PostgreSQL would move or compress the words of long rows, and each test of a row would
fetch them from elsewhere.
"""

from django.db import migrations

IN_THE_ROW = ("words", "category_ids", "badges", "grade", "ward_code", "vendor_kind", "sort_name")


def storage(kind: str, card: str) -> str:
    columns = [f"ALTER COLUMN {name} SET STORAGE {kind}" for name in IN_THE_ROW]
    columns.append(f"ALTER COLUMN card SET STORAGE {card}")
    return f"ALTER TABLE catalog_searchentry {', '.join(columns)}"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_search_sorting")]
    operations = [
        migrations.RunSQL(storage("MAIN", "EXTERNAL"), storage("EXTENDED", "EXTENDED")),
    ]
