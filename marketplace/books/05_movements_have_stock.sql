-- Every variant with movements has a stock row.
SELECT DISTINCT 'variant ' || m.variant_id, 'a stock row', 'none'
FROM catalog_stockmovement m LEFT JOIN catalog_stock s USING (variant_id)
WHERE s.variant_id IS NULL
