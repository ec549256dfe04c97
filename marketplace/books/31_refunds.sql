-- A refund is owed exactly while its complaint waits for it, and no order gives back more than it took.
SELECT 'complaint ' || c.number || ' (' || c.state || ')',
       CASE WHEN c.state = 'owed' THEN 'a refund that is owed'
            WHEN c.state IN ('done', 'settled') THEN 'a refund that is paid'
            ELSE 'no refund that is owed' END,
       CASE WHEN r.id IS NULL THEN 'none' WHEN r.paid_at IS NULL THEN 'owed' ELSE 'paid' END
FROM orders_complaint c LEFT JOIN orders_refund r ON r.complaint_id = c.id
WHERE (c.outcome = 'refund' AND c.state = 'owed' AND (r.id IS NULL OR r.paid_at IS NOT NULL))
   OR (c.outcome = 'refund' AND c.state IN ('done', 'settled') AND r.paid_at IS NULL)
   OR (c.state NOT IN ('owed', 'province') AND r.id IS NOT NULL AND r.paid_at IS NULL)
UNION ALL
SELECT 'order ' || o.number, 'at most ' || o.total_vnd, sum(r.amount_vnd)::text
FROM orders_refund r JOIN orders_complaint c ON c.id = r.complaint_id
JOIN orders_order o ON o.id = c.order_id
GROUP BY o.number, o.total_vnd HAVING sum(r.amount_vnd) > o.total_vnd
