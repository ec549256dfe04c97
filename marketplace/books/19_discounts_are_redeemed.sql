-- Every đồng off one of our own orders is a share of a redeemed voucher.
SELECT 'order ' || o.number, COALESCE(s.discount, 0), o.discount_vnd
FROM orders_order o
LEFT JOIN (SELECT order_number, sum(discount_vnd) AS discount FROM promotions_share
           GROUP BY order_number) s ON s.order_number = o.number
WHERE o.origin = 'market' AND COALESCE(s.discount, 0) <> o.discount_vnd
