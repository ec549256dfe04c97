-- The lines of an order add up to its goods.
SELECT 'order ' || o.number, COALESCE(l.total, 0), o.goods_vnd
FROM orders_order o
LEFT JOIN (SELECT order_id, sum(total_vnd) AS total FROM orders_orderline GROUP BY order_id) l
    ON l.order_id = o.id
WHERE o.goods_vnd <> COALESCE(l.total, 0)
