-- Held is the sum of all movements of a variant.
SELECT 'variant ' || s.variant_id, COALESCE(m.total, 0), s.held
FROM catalog_stock s
LEFT JOIN (SELECT variant_id, sum(held_change) AS total FROM catalog_stockmovement
           GROUP BY variant_id) m USING (variant_id)
WHERE s.held <> COALESCE(m.total, 0)
