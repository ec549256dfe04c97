-- The discounts of an order's lines add up to the order's.
SELECT 'order ' || o.number, COALESCE(l.discount, 0), o.discount_vnd
FROM orders_order o
LEFT JOIN (SELECT order_id, sum(discount_vnd) AS discount FROM orders_orderline
           GROUP BY order_id) l ON l.order_id = o.id
WHERE o.origin = 'market' AND COALESCE(l.discount, 0) <> o.discount_vnd
