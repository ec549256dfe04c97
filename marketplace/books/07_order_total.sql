-- An order's total is goods less discount plus shipping.
SELECT 'order ' || number, goods_vnd - discount_vnd + shipping_vnd, total_vnd
FROM orders_order WHERE total_vnd <> goods_vnd - discount_vnd + shipping_vnd
