"""Row locks of vendors, always by primary key and evaluated at once."""

from core.errors import NotFound
from vendors.models import Paper, Vendor


def locked_vendor(pk: int) -> Vendor:
    """The vendor, locked until the transaction ends; raises NotFound."""
    vendor = Vendor.objects.select_for_update().filter(pk=pk).first()
    if vendor is None:
        raise NotFound()
    return vendor


def locked_paper(pk: int) -> Paper:
    """The paper, locked after its vendor; raises NotFound."""
    vendor_id = Paper.objects.filter(pk=pk).values_list("vendor_id", flat=True).first()
    if vendor_id is None:
        raise NotFound()
    vendor = locked_vendor(vendor_id)
    paper = Paper.objects.select_for_update().get(pk=pk)
    paper.vendor = vendor
    return paper
