"""Keep the numbers beside price steps and stock too."""

from django.db import migrations

COUNT = """
INSERT INTO catalog_facetcount (category_id, facet, value, goods)
SELECT category_id, facet, value, count(*)
FROM catalog_searchentry e,
     unnest(0 || e.category_ids) AS category_id,
     LATERAL (SELECT 'stock' AS facet, '1' AS value WHERE e.in_stock
              UNION ALL SELECT 'price', (SELECT max(step)::text FROM unnest(ARRAY[
                  0, 50000, 100000, 200000, 500000, 1000000, 5000000]) AS step
                  WHERE step <= e.price_vnd)) AS choices
GROUP BY category_id, facet, value
"""
FORGET = "DELETE FROM catalog_facetcount WHERE facet IN ('stock', 'price')"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_words_by_sound")]
    operations = [migrations.RunSQL(COUNT, FORGET)]
