-- Holds are active while an order waits, left with the box, and are given back when cancelled.
SELECT 'order ' || o.number || ' (' || o.state || ')', 'another state of its holds', h.state
FROM orders_hold h JOIN orders_order o ON o.id = h.order_id
WHERE h.state <> CASE
    WHEN o.state IN ('placed', 'confirmed', 'packed') THEN 'active'
    WHEN o.state = 'cancelled' THEN 'released'
    ELSE 'shipped' END
