-- The kept numbers beside the choices of a list are those of the goods it shows.
SELECT 'category ' || category_id || ' ' || facet || ' ' || value,
       COALESCE(shown.goods, 0), COALESCE(kept.goods, 0)
FROM (
    SELECT category_id, facet, value, count(*) AS goods
    FROM catalog_searchentry e,
         unnest(0 || e.category_ids) AS category_id,
         LATERAL (SELECT 'all' AS facet, '' AS value
                  UNION ALL SELECT 'ward', e.ward_code
                  UNION ALL SELECT 'kind', e.vendor_kind
                  UNION ALL SELECT 'stock', '1' WHERE e.in_stock
                  UNION ALL SELECT 'price', (SELECT max(step)::text FROM unnest(ARRAY[
                      0, 50000, 100000, 200000, 500000, 1000000, 5000000]) AS step
                      WHERE step <= e.price_vnd)
                  UNION ALL SELECT 'grade', e.grade WHERE e.grade <> ''
                  UNION ALL SELECT 'badge', badge FROM unnest(e.badges) AS badge) AS choices
    GROUP BY category_id, facet, value
) AS shown
FULL JOIN (SELECT * FROM catalog_facetcount WHERE goods > 0) AS kept
    USING (category_id, facet, value)
WHERE shown.goods IS DISTINCT FROM kept.goods
