"""Numbers beside the choices are kept; categories get indexes of their own. Recipe 0: made anew."""

from django.db import migrations, models

COUNT = """
INSERT INTO catalog_facetcount (category_id, facet, value, goods)
SELECT category_id, facet, value, count(*)
FROM catalog_searchentry e,
     unnest(0 || e.category_ids) AS category_id,
     LATERAL (SELECT 'all' AS facet, '' AS value
              UNION ALL SELECT 'ward', e.ward_code
              UNION ALL SELECT 'kind', e.vendor_kind
              UNION ALL SELECT 'grade', e.grade WHERE e.grade <> ''
              UNION ALL SELECT 'badge', badge FROM unnest(e.badges) AS badge) AS choices
GROUP BY category_id, facet, value
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_questions_and_wishes'),
    ]

    operations = [
        migrations.CreateModel(
            name='FacetCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category_id', models.IntegerField()),
                ('facet', models.CharField(max_length=8)),
                ('value', models.CharField(blank=True, max_length=24)),
                ('goods', models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='searchentry',
            name='recipe',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('category_ids__0'), models.OrderBy(models.F('popularity'), descending=True), models.F('product'), name='entry_popular_1'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('category_ids__1'), models.OrderBy(models.F('popularity'), descending=True), models.F('product'), name='entry_popular_2'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('category_ids__0'), models.F('price_vnd'), models.F('product'), name='entry_price_1'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('category_ids__1'), models.F('price_vnd'), models.F('product'), name='entry_price_2'),
        ),
        migrations.AddConstraint(
            model_name='facetcount',
            constraint=models.UniqueConstraint(fields=('category_id', 'facet', 'value'), name='facet_count_once'),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
