-- The timeline ends in the order's state.
SELECT 'order ' || o.number, o.state, COALESCE(e.to_state, 'no timeline')
FROM orders_order o
LEFT JOIN (SELECT DISTINCT ON (order_id) order_id, to_state FROM orders_orderevent
           WHERE from_state <> to_state ORDER BY order_id, id DESC) e ON e.order_id = o.id
WHERE e.to_state IS DISTINCT FROM o.state
