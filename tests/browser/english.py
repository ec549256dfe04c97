"""What the pages of the journeys say, in both languages: the Vietnamese sentence is the key."""

ENGLISH = {
    "Mật ong hoa điều": "Cashew blossom honey",
    # buying
    "Đã thêm vào giỏ.": "Added to the cart.",
    "Cảm ơn bạn, đơn hàng đã được đặt": "Thank you, your order has been placed",
    # following
    "Đã huỷ": "Cancelled",
    "Đã huỷ đơn hàng. Bạn không phải trả gì cho đơn này.": (
        "The order was cancelled. Nothing is to be paid for it."
    ),
    # wishing
    "Đã lưu. Bạn xem lại ở đây trên máy nào cũng được.": "Saved. You find it here on any device.",
    "Đang theo dõi gian hàng": "Following the vendor",
    "bạn bỏ số điện thoại": "take out phone numbers",
    "Gian hàng chưa trả lời": "The vendor hasn't answered yet.",
    "chúng tôi sẽ báo cho bạn một lần": "We'll write to you once",
    "Chúng tôi không báo hàng về nữa": "We won't tell you about goods that are back any more",
    # letters
    "đã huỷ": "is cancelled",
    "Đã có hàng lại": "Back in stock",
    "đã có trả lời": "is answered",
}
