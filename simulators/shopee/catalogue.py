"""What the platform itself brings: categories, attributes, limits and delivery channels."""

from simulators.web import JSON

# id, parent, Vietnamese, English. A category without children is a leaf: goods go only there.
CATEGORIES: tuple[tuple[int, int, str, str], ...] = (
    (100629, 0, "Thực Phẩm Và Đồ Uống", "Food & Beverages"),
    (100654, 100629, "Đồ Ăn Vặt", "Snacks"),
    (100802, 100654, "Hạt & Đậu", "Nuts & Seeds"),
    (100803, 100654, "Trái Cây Sấy", "Dried Fruits"),
    (100804, 100654, "Bánh Kẹo Khác", "Other Snacks"),
    (100655, 100629, "Nguyên Liệu Nấu Ăn", "Cooking Essentials"),
    (100810, 100655, "Gia Vị", "Spices & Seasoning"),
    (100811, 100655, "Đồ Khô", "Dried Goods"),
    (100812, 100655, "Dầu Ăn", "Oils"),
    (100656, 100629, "Đồ Uống", "Beverages"),
    (100820, 100656, "Cà Phê", "Coffee"),
    (100821, 100656, "Trà", "Tea"),
    (100657, 100629, "Mật Ong & Siro", "Honey & Syrups"),
    (100658, 100629, "Thực Phẩm Tươi Sống", "Fresh & Frozen Food"),
    (100830, 100658, "Trái Cây Tươi", "Fresh Fruits"),
    (100831, 100658, "Rau Củ", "Vegetables"),
    (100659, 100629, "Quà Tặng & Giỏ Quà", "Gift Sets & Hampers"),
    (100001, 0, "Sức Khỏe", "Health"),
    (100660, 100001, "Thực Phẩm Bổ Sung", "Food Supplements"),
    (100640, 0, "Nhà Cửa & Đời Sống", "Home & Living"),
    (100840, 100640, "Vật Tư Cao Su & Nông Nghiệp", "Rubber & Farm Supplies"),
)
PARENTS = frozenset(parent for _, parent, _, _ in CATEGORIES)
LEAVES = frozenset(number for number, _, _, _ in CATEGORIES if number not in PARENTS)
ORIGIN, SHELF_LIFE, CERTIFICATE = 100010, 100011, 100012

LIMITS: JSON = {
    "price_limit": {"min_limit": 1000, "max_limit": 120_000_000},
    "stock_limit": {"min_limit": 0, "max_limit": 999_999},
    "item_name_length_limit": {"min_limit": 10, "max_limit": 120},
    "item_image_count_limit": {"min_limit": 1, "max_limit": 9},
    "item_description_length_limit": {"min_limit": 20, "max_limit": 5000},
    "tier_variation_name_length_limit": {"min_limit": 1, "max_limit": 14},
    "tier_variation_option_length_limit": {"min_limit": 1, "max_limit": 30},
    "weight_limit": {"weight_mandatory": True},
    "dimension_limit": {"dimension_mandatory": False},
}
CHANNELS: tuple[tuple[int, str, bool, float], ...] = (
    (50021, "SPX Express", True, 30.0),
    (50012, "Giao Hàng Tiết Kiệm", True, 20.0),
    (50010, "VNPost Nhanh", False, 20.0),
)
ENABLED_CHANNELS = {number: most for number, _, enabled, most in CHANNELS if enabled}
CHANNEL_NAMES = {number: name for number, name, _, _ in CHANNELS}


def category_rows(language: str) -> list[JSON]:
    return [
        {
            "category_id": number,
            "parent_category_id": parent,
            "original_category_name": english,
            "display_category_name": vietnamese if language == "vi" else english,
            "has_children": number in PARENTS,
        }
        for number, parent, vietnamese, english in CATEGORIES
    ]


def attribute_tree(category_id: int) -> list[JSON]:
    """Supplements must say where they come from; for everything else attributes are optional."""
    is_supplement = category_id == 100660
    return [
        _attribute(ORIGIN, "Xuất xứ", ("Việt Nam", "Khác"), mandatory=is_supplement),
        _attribute(SHELF_LIFE, "Hạn sử dụng", ("3 tháng", "6 tháng", "12 tháng"), mandatory=False),
        _attribute(CERTIFICATE, "Chứng nhận", ("OCOP", "VietGAP", "Hữu cơ"), mandatory=False),
    ]


def _attribute(number: int, name: str, values: tuple[str, ...], *, mandatory: bool) -> JSON:
    return {
        "attribute_id": number,
        "mandatory": mandatory,
        "name": name,
        "attribute_value_list": [
            {"value_id": number * 10 + place, "name": value}
            for place, value in enumerate(values, start=1)
        ],
    }


def channel_rows() -> list[JSON]:
    return [
        {
            "logistics_channel_id": number,
            "logistics_channel_name": name,
            "cod_enabled": True,
            "enabled": enabled,
            "fee_type": "SIZE_INPUT",
            "size_list": [],
            "weight_limit": {"item_max_weight": most, "item_min_weight": 0.01},
            "force_enable": False,
            "mask_channel_id": 0,
        }
        for number, name, enabled, most in CHANNELS
    ]
