-- Goods that came back are stock again exactly as far as the vendor found them sellable.
SELECT 'order ' || COALESCE(t.number, m.order_number) || ', variant '
           || COALESCE(t.variant_id, m.variant_id),
       COALESCE(t.sellable, 0), COALESCE(m.units, 0)
FROM (SELECT o.number, l.variant_id, sum(b.sellable) AS sellable FROM orders_takenback b
      JOIN orders_orderline l ON l.id = b.line_id JOIN orders_order o ON o.id = l.order_id
      WHERE l.variant_id IS NOT NULL GROUP BY o.number, l.variant_id) t
FULL JOIN (SELECT order_number, variant_id, sum(on_hand_change) AS units
           FROM catalog_stockmovement WHERE kind = 'return' GROUP BY order_number, variant_id) m
    ON m.order_number = t.number AND m.variant_id = t.variant_id
WHERE COALESCE(t.sellable, 0) <> COALESCE(m.units, 0)
