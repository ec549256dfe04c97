"""The demo's sign-ins, known to the seeder, the launcher and the pages; no Django here.

`MODE=production` refuses to start while one of these accounts exists.
"""

PASSWORD = "nongsan-demo-1"  # noqa: S105 printed on purpose
STAFF = "canbo@demo.vn"
SECOND_STAFF = "canbo2@demo.vn"
COOPERATIVE = "htx@demo.vn"
HOUSEHOLD = "coso@demo.vn"
BUYER = "khach@demo.vn"
FIRST = (STAFF, COOPERATIVE, HOUSEHOLD, BUYER)

# The two vendors that people try first: number in the demo -> ward, and (name, label, English).
OWN_WARDS = {1: "Bù Đăng", 2: "Đồng Xoài"}
OWN_NAMES = {
    1: (
        "Hợp tác xã Điều hữu cơ Bù Đăng",
        "HTX Điều Bù Đăng",
        "Bù Đăng Organic Cashew Cooperative",
    ),
    2: ("Cơ sở Hạt Vàng Đồng Xoài", "Cơ sở Hạt Vàng", "Golden Nut Workshop, Đồng Xoài"),
}


def owner_of(number: int) -> str:
    """The e-mail of the owner of the demo's vendor with this number."""
    return {1: COOPERATIVE, 2: HOUSEHOLD}.get(number, f"gianhang{number}@demo.vn")


def sign_in_line() -> str:
    """What the launcher prints last: who can sign in, and how."""
    return (
        f"Đăng nhập · Sign in: cán bộ tỉnh (province) {STAFF} · hợp tác xã (cooperative) "
        f"{COOPERATIVE} · hộ kinh doanh (household) {HOUSEHOLD} · người mua (buyer) {BUYER} · "
        f"mật khẩu (password) {PASSWORD}"
    )
