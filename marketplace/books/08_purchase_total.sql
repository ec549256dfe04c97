-- A purchase's total is the sum of its orders.
SELECT 'purchase ' || p.number, COALESCE(o.total, 0), p.total_vnd
FROM orders_purchase p
LEFT JOIN (SELECT purchase_id, sum(total_vnd) AS total FROM orders_order
           WHERE purchase_id IS NOT NULL GROUP BY purchase_id) o ON o.purchase_id = p.id
WHERE p.total_vnd <> COALESCE(o.total, 0)
