-- Held is the sum of the active holds.
SELECT 'variant ' || s.variant_id, COALESCE(h.total, 0), s.held
FROM catalog_stock s
LEFT JOIN (SELECT variant_id, sum(quantity) AS total FROM orders_hold
           WHERE state = 'active' GROUP BY variant_id) h USING (variant_id)
WHERE s.held <> COALESCE(h.total, 0)
