-- Nothing in the outbox waits for more than ten minutes.
SELECT 'entry ' || e.id || ' ' || e.topic, 'delivered', 'waiting since ' || e.created_at
FROM core_outboxentry e
WHERE e.created_at < now() - interval '10 minutes' AND (
    NOT e.fanned_out OR EXISTS (SELECT 1 FROM core_outboxdelivery d
                                WHERE d.entry_id = e.id AND d.state IN ('pending', 'parked')))
