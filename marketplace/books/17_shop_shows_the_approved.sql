-- The shop shows what is live, of approved vendors, with something to buy; and nothing else.
SELECT 'product ' || COALESCE(p.id, e.product_id),
       CASE WHEN p.id IS NULL THEN 'hidden' ELSE 'shown' END,
       CASE WHEN e.product_id IS NULL THEN 'hidden' ELSE 'shown' END
FROM (SELECT p.id FROM catalog_product p JOIN vendors_vendor v ON v.id = p.vendor_id
      WHERE p.state = 'live' AND v.state = 'approved' AND EXISTS (
          SELECT 1 FROM catalog_variant t JOIN catalog_stock s ON s.variant_id = t.id
          WHERE t.product_id = p.id AND t.archived_at IS NULL)) p
FULL JOIN catalog_searchentry e ON e.product_id = p.id
WHERE p.id IS NULL OR e.product_id IS NULL
