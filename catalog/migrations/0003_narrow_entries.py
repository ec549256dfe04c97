"""Keep words and card beside the row: counting facets reads the small columns only."""

from django.db import migrations

NARROW = """
ALTER TABLE catalog_searchentry ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE catalog_searchentry ALTER COLUMN card SET STORAGE EXTERNAL;
ALTER TABLE catalog_searchentry SET (toast_tuple_target = 128);
"""
WIDE = """
ALTER TABLE catalog_searchentry RESET (toast_tuple_target);
ALTER TABLE catalog_searchentry ALTER COLUMN card SET STORAGE EXTENDED;
ALTER TABLE catalog_searchentry ALTER COLUMN words SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_search_sorting")]
    operations = [migrations.RunSQL(NARROW, WIDE)]
