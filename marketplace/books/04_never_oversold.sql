-- Nothing is promised that isn't there: 0 <= held <= on hand.
SELECT 'variant ' || variant_id, '0 <= held <= ' || on_hand, held
FROM catalog_stock WHERE held < 0 OR held > on_hand
