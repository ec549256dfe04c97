-- A voucher counts as many uses as redemptions of it hold, and never more than it allows.
SELECT 'voucher ' || v.code, LEAST(COALESCE(r.uses, 0), v.uses_limit), v.used
FROM promotions_voucher v
LEFT JOIN (SELECT voucher_id, count(*) AS uses FROM promotions_redemption
           WHERE released_at IS NULL GROUP BY voucher_id) r ON r.voucher_id = v.id
WHERE LEAST(COALESCE(r.uses, 0), v.uses_limit) <> v.used
