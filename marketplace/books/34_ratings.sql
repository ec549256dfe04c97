-- The stars of a product are those of its reviews that weren't taken down.
SELECT 'product ' || p.id, COALESCE(r.stars, 0) || ' of ' || COALESCE(r.reviews, 0),
       p.rating_sum || ' of ' || p.rating_count
FROM catalog_product p
LEFT JOIN (SELECT product_id, sum(rating) AS stars, count(*) AS reviews FROM catalog_review
           WHERE removed_reason = '' GROUP BY product_id) r ON r.product_id = p.id
WHERE p.rating_sum <> COALESCE(r.stars, 0) OR p.rating_count <> COALESCE(r.reviews, 0)
