-- No more units of a line are complained about than were bought; withdrawn complaints don't count.
SELECT 'order ' || o.number || ', line ' || l.id, 'at most ' || l.quantity, sum(i.quantity)
FROM orders_complaintitem i
JOIN orders_complaint c ON c.id = i.complaint_id AND c.state <> 'withdrawn'
JOIN orders_orderline l ON l.id = i.line_id JOIN orders_order o ON o.id = l.order_id
GROUP BY o.number, l.id, l.quantity HAVING sum(i.quantity) > l.quantity
