-- What an order promised it gave back or shipped, exactly once.
SELECT 'order ' || o.number || ', variant ' || h.variant_id,
       CASE h.state WHEN 'active' THEN h.quantity ELSE 0 END, COALESCE(m.held, 0)
FROM orders_hold h JOIN orders_order o ON o.id = h.order_id
LEFT JOIN (SELECT order_number, variant_id, sum(held_change) AS held FROM catalog_stockmovement
           WHERE order_number <> '' GROUP BY order_number, variant_id) m
    ON m.order_number = o.number AND m.variant_id = h.variant_id
WHERE COALESCE(m.held, 0) <> CASE h.state WHEN 'active' THEN h.quantity ELSE 0 END
