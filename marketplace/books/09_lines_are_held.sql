-- Every mapped line of one of our own orders was held, unit for unit.
SELECT 'order ' || o.number || ', variant ' || l.variant_id, l.units, COALESCE(h.quantity, 0)
FROM (SELECT order_id, variant_id, sum(quantity) AS units FROM orders_orderline
      WHERE variant_id IS NOT NULL GROUP BY order_id, variant_id) l
JOIN orders_order o ON o.id = l.order_id AND o.origin = 'market'
LEFT JOIN orders_hold h ON h.order_id = l.order_id AND h.variant_id = l.variant_id
WHERE COALESCE(h.quantity, 0) <> l.units
