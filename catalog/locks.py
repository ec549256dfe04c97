"""Row locks of products and revisions, evaluated at once."""

from catalog.models import Product, Revision, Variant
from core.errors import NotFound


def locked_product(pk: int) -> Product:
    """The product, locked until the transaction ends; raises NotFound."""
    product = Product.objects.select_for_update().filter(pk=pk).first()
    if product is None:
        raise NotFound()
    return product


def locked_revision(pk: int) -> Revision:
    """The revision, locked after its product; raises NotFound."""
    product_id = Revision.objects.filter(pk=pk).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound()
    product = locked_product(product_id)
    revision = Revision.objects.select_for_update().get(pk=pk)
    revision.product = product
    return revision


def locked_variant(pk: int) -> Variant:
    """The variant of a product, locked after its product; raises NotFound."""
    product_id = Variant.objects.filter(pk=pk).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound()
    product = locked_product(product_id)
    variant = Variant.objects.select_for_update().get(pk=pk)
    variant.product = product
    return variant
