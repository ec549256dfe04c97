-- Every order of our own belongs to a purchase, and no order of a channel does.
SELECT 'order ' || number, CASE origin WHEN 'market' THEN 'a purchase' ELSE 'no purchase' END,
       COALESCE(purchase_id::text, 'none')
FROM orders_order WHERE (origin = 'market') = (purchase_id IS NULL)
