-- The timeline has each state at most once.
SELECT 'order ' || o.number, 'one row ' || e.to_state, count(*)
FROM orders_orderevent e JOIN orders_order o ON o.id = e.order_id
WHERE e.from_state <> e.to_state
GROUP BY o.number, e.to_state HAVING count(*) > 1
