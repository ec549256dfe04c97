-- Each seal of the audit trail holds the hash of the one before it.
SELECT 'seal ' || position, previous, previous_hash
FROM (SELECT position, previous_hash,
             lag(hash) OVER (ORDER BY position) AS previous,
             lag(position) OVER (ORDER BY position) AS before
      FROM core_auditseal) s
WHERE before IS NOT NULL AND (previous_hash <> previous OR position <> before + 1)
