-- On hand is the sum of all movements of a variant.
SELECT 'variant ' || s.variant_id, COALESCE(m.total, 0), s.on_hand
FROM catalog_stock s
LEFT JOIN (SELECT variant_id, sum(on_hand_change) AS total FROM catalog_stockmovement
           GROUP BY variant_id) m USING (variant_id)
WHERE s.on_hand <> COALESCE(m.total, 0)
