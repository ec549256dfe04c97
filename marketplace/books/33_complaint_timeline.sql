-- The timeline of a complaint ends in its state, and only ended ones have no clock.
SELECT 'complaint ' || c.number, c.state || CASE WHEN c.due_at IS NULL THEN ' without' ELSE ' with' END
           || ' clock', COALESCE(e.to_state, 'no timeline')
FROM orders_complaint c
LEFT JOIN (SELECT DISTINCT ON (complaint_id) complaint_id, to_state FROM orders_complaintentry
           ORDER BY complaint_id, id DESC) e ON e.complaint_id = c.id
WHERE e.to_state IS DISTINCT FROM c.state
   OR (c.state IN ('settled', 'refused', 'withdrawn')) <> (c.due_at IS NULL)
   OR (c.due_at IS NULL) <> (c.ended_at IS NOT NULL)
