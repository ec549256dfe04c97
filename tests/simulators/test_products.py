from typing import Any

import pytest

from tests.simulators.calling import JSON, PNG, Partner, send


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"item_name": ""}, "error_item_name_empty"),
        ({"item_name": "Điều"}, "error_item_name_is_too_short"),
        ({"item_name": "x" * 121}, "error_name_length_limit"),
        ({"description": "ngắn"}, "error_desc_length_min_limit"),
        ({"weight": 0}, "error_param"),
        ({"weight": None}, "error_param"),
        ({"category_id": 100629}, "error_param"),
        ({"category_id": 1}, "error_param"),
        ({"category_id": 100660}, "error_invalid_attribute"),
        ({"attribute_list": [{"attribute_id": 5}]}, "error_invalid_category_attribute"),
        ({"image": {"image_id_list": ["vn-none"]}}, "error_param"),
        ({"image": {"image_id_list": []}}, "error_image_num_min"),
        ({"logistic_info": []}, "error_param"),
        ({"logistic_info": [{"logistic_id": 1, "enabled": True}]}, "error_param"),
        ({"logistic_info": [{"logistic_id": 50021, "enabled": False}]}, "error_param"),
        (
            {"logistic_info": [{"logistic_id": 50010, "enabled": True}]},
            "error_invalid_logistic_info",
        ),
        ({"original_price": 999}, "error_price_out_of_range"),
        ({"original_price": 1000.5}, "error_invalid_price"),
        ({"original_price": "180000"}, "error_invalid_price"),
        ({"seller_stock": [{"stock": -1}]}, "error_param"),
        ({"seller_stock": [{"stock": 1, "location_id": "VNZ"}]}, "error_param"),
        ({"item_sku": "s" * 101}, "error_param"),
        ({"item_status": "BANNED"}, "error_param"),
    ],
)
def test_an_item_with_a_wrong_field_is_refused(
    partner: Partner, changes: dict[str, Any], error: str
) -> None:
    answer = partner.post("product/add_item", partner.item_body(**changes))
    assert answer["error"] == error
    assert partner.state()["items"] == []


def test_an_item_can_be_made_read_changed_and_found(partner: Partner) -> None:
    item_id = partner.new_item()
    shown = partner.get("product/get_item_base_info", item_id_list=item_id)["response"]
    item = shown["item_list"][0]
    assert item["item_name"] == "Hạt điều rang muối 500 g"
    assert item["price_info"][0] == {
        "currency": "VND",
        "original_price": 180000,
        "current_price": 180000,
    }
    assert item["stock_info_v2"]["seller_stock"][0]["stock"] == 10
    assert send("GET", item["image"]["image_url_list"][0]).body == PNG
    changed = partner.post("product/update_item", {"item_id": item_id, "weight": 1.2})
    assert changed["error"] == ""
    again = partner.get("product/get_item_base_info", item_id_list=item_id)["response"]
    assert (again["item_list"][0]["weight"], again["item_list"][0]["item_sku"]) == (
        "1.2",
        "DIEU-500",
    )
    found = partner.get("product/search_item", item_sku="DIEU-500", page_size=10)["response"]
    assert found == {"item_id_list": [item_id], "total_count": 1}


def test_another_shops_item_is_refused(partner: Partner) -> None:
    item_id = partner.new_item()
    other = Partner(partner.base, shop=600002)
    other.token = other.token_for(other.consent(shop="600002")["code"], 600002)["access_token"]
    body = {"item_id": item_id, "stock_list": [{"seller_stock": [{"stock": 3}]}]}
    assert other.post("product/update_stock", body)["error"] == "error_item_not_belong_shop"
    shown = other.get("product/get_item_base_info", item_id_list=item_id)
    assert shown["error"] == "error_item_not_found"
    assert partner.stock(item_id) == 10


def test_only_jpeg_and_png_are_taken(partner: Partner) -> None:
    assert partner.upload(b"RIFF....WEBPVP8 ")["error"] == "error_param"
    assert partner.upload(*[PNG] * 10)["error"] == "error_param"
    two = partner.upload(PNG, b"\xff\xd8\xff\xe0 jpeg")["response"]["image_info_list"]
    assert [entry["id"] for entry in two] == [0, 1]


def test_a_broken_multipart_body_is_refused(partner: Partner) -> None:
    url = partner.url("media_space/upload_image", of_shop=False)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert send("POST", url, b"--x\r\nno end", headers).data["error"] == "error_param"


def test_only_leaves_of_the_category_tree_take_goods(partner: Partner) -> None:
    rows = partner.get("product/get_category", language="vi")["response"]["category_list"]
    nuts = next(row for row in rows if row["category_id"] == 100802)
    assert (nuts["display_category_name"], nuts["has_children"]) == ("Hạt & Đậu", False)
    tree = partner.get("product/get_attribute_tree", category_id_list="100660,100802")["response"]
    assert [row["attribute_tree"][0]["mandatory"] for row in tree["list"]] == [True, False]


def test_items_are_paged_by_offset(partner: Partner) -> None:
    made = [partner.new_item(item_sku=f"S{n}") for n in range(5)]
    query: JSON = {"page_size": 2, "item_status": "NORMAL"}
    found, offset = [], 0
    while True:
        page = partner.get("product/get_item_list", offset=offset, **query)["response"]
        found += [row["item_id"] for row in page["item"]]
        if not page["has_next_page"]:
            break
        offset = page["next_offset"]
    assert (found, page["total_count"]) == (made, 5)
    for wrong in ({"page_size": 101}, {"page_size": 0}, {"item_status": "SOLD"}):
        answer = partner.get("product/get_item_list", offset=0, **{**query, **wrong})
        assert answer["error"] == "error_param"


def test_stock_is_set_absolutely(partner: Partner) -> None:
    item_id = partner.new_item()
    body = {"item_id": item_id, "stock_list": [{"seller_stock": [{"stock": 4}]}]}
    answer = partner.post("product/update_stock", body)
    assert answer["response"] == {
        "failure_list": [],
        "success_list": [{"model_id": 0, "location_id": "", "stock": 4}],
    }
    assert partner.stock(item_id) == 4


@pytest.mark.parametrize(
    ("stock_list", "error"),
    [
        ([], "error_param"),
        ([{"seller_stock": [{"stock": 1}]}] * 51, "error_param"),
        ([{"seller_stock": [{"stock": 1}]}] * 2, "error_param"),
        ([{"model_id": 9, "seller_stock": [{"stock": 1}]}], "error_param"),
        ([{"seller_stock": [{"stock": -1}]}], "error_param"),
        ([{"seller_stock": []}], "error_param"),
        ([{"seller_stock": [{"stock": "5"}]}], "error_param"),
    ],
)
def test_a_wrong_stock_list_is_refused(partner: Partner, stock_list: list[Any], error: str) -> None:
    item_id = partner.new_item()
    body = {"item_id": item_id, "stock_list": stock_list}
    assert partner.post("product/update_stock", body)["error"] == error
    assert partner.stock(item_id) == 10


def test_stock_below_the_reserved_is_refused(partner: Partner) -> None:
    item_id = partner.new_item()
    partner.control("promotions", item_id=item_id, reserved=6)
    body = {"item_id": item_id, "stock_list": [{"seller_stock": [{"stock": 5}]}]}
    answer = partner.post("product/update_stock", body)
    assert (answer["error"], answer["message"]) == (
        "error_param",
        "Can not update item with stock less than reserved stock",
    )
    assert partner.stock(item_id) == 10
    price = {"item_id": item_id, "price_list": [{"original_price": 150000}]}
    assert partner.post("product/update_price", price)["error"] == (
        "error_cannt_edit_price_in_promotion"
    )


def variants(partner: Partner) -> tuple[int, list[int]]:
    item_id = partner.new_item()
    answer = partner.post(
        "product/init_tier_variation",
        {
            "item_id": item_id,
            "tier_variation": [
                {"name": "Quy cách", "option_list": [{"option": "250 g"}, {"option": "500 g"}]}
            ],
            "model": [
                {
                    "tier_index": [place],
                    "original_price": price,
                    "model_sku": f"DIEU-{place}",
                    "seller_stock": [{"stock": 5}],
                }
                for place, price in enumerate((95000, 180000))
            ],
        },
    )
    assert answer["error"] == "", answer
    return item_id, [model["model_id"] for model in answer["response"]["model"]]


def test_a_batch_succeeds_as_a_whole_and_names_what_failed(partner: Partner) -> None:
    item_id, (first, second) = variants(partner)
    partner.control("promotions", item_id=item_id, model_id=first, reserved=3)
    entries = [{"model_id": n, "seller_stock": [{"stock": 1}]} for n in (first, second)]
    answer = partner.post("product/update_stock", {"item_id": item_id, "stock_list": entries})
    assert (answer["error"], answer["warning"]) == ("", "Some models failed.")
    assert [row["model_id"] for row in answer["response"]["failure_list"]] == [first]
    assert (partner.stock(item_id, first), partner.stock(item_id, second)) == (5, 1)
    answer = partner.post("product/update_stock", {"item_id": item_id, "stock_list": entries[:1]})
    assert answer["error"] == "error_busi_update_stock_failed"
    assert [row["model_id"] for row in answer["response"]["failure_list"]] == [first]


def test_models_replace_the_item_without_models(partner: Partner) -> None:
    item_id, (first, _) = variants(partner)
    shown = partner.get("product/get_model_list", item_id=item_id)["response"]["model"][0]
    assert (shown["model_id"], shown["model_name"], shown["model_sku"]) == (
        first,
        "250 g",
        "DIEU-0",
    )
    body = {"item_id": item_id, "stock_list": [{"seller_stock": [{"stock": 3}]}]}
    assert partner.post("product/update_stock", body)["error"] == (
        "error_edit_item_stock_for_item_has_model"
    )


def test_the_dearest_model_costs_at_most_five_times_the_cheapest(partner: Partner) -> None:
    item_id = partner.new_item()
    models = [
        {"tier_index": [place], "original_price": price, "seller_stock": [{"stock": 1}]}
        for place, price in enumerate((10000, 50001))
    ]
    tiers = [{"name": "Cỡ", "option_list": [{"option": "A"}, {"option": "B"}]}]
    body = {"item_id": item_id, "tier_variation": tiers, "model": models}
    assert partner.post("product/init_tier_variation", body)["error"] == "error_param"


def test_unlisting_reports_per_item_and_deleting_hides(partner: Partner) -> None:
    item_id = partner.new_item()
    entries = [{"item_id": item_id, "unlist": True}, {"item_id": 1, "unlist": True}]
    answer = partner.post("product/unlist_item", {"item_list": entries})["response"]
    assert answer["success_list"] == [{"item_id": item_id, "unlist": True}]
    assert answer["failure_list"] == [{"item_id": 1, "failed_reason": "Item_id is not found."}]
    answer = partner.post("product/unlist_item", {"item_list": entries[1:]})
    assert answer["error"] == "error_unlist_item_all_failed"
    assert partner.buy(item_id)["error"] == "sold_out"
    assert partner.post("product/delete_item", {"item_id": item_id})["error"] == ""
    again = partner.post("product/update_item", {"item_id": item_id, "weight": 1})
    assert again["error"] == "error_item_uneditable"
