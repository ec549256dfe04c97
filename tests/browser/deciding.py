"""What the province's staff do: sign in with a code, read the queue, decide."""

from tests.browser.person import Person
from tests.browser.scene import PASSWORD, STAFF_MAIL


def sign_in(person: Person, login: str = STAFF_MAIL, password: str = PASSWORD) -> None:
    """Password, then the code that the demo shows."""
    person.go("/can-bo/")
    person.at("/tai-khoan/dang-nhap/")
    person.type(login=login, password=password)
    person.press("main form .btn")
    person.at("/tai-khoan/ma-xac-nhan/")
    person.shoot("11-second-step")
    person.type(code=person.find("#demo-code").inner_text())
    person.press("main form .btn")
    person.at("/can-bo/")


def open_file(person: Person, name: str) -> None:
    """From the queue to the file."""
    person.go("/can-bo/nha-ban/")
    person.shoot("12-queue")
    person.find("main").get_by_role("link", name=name).first.click()
    person.at("/can-bo/nha-ban/[0-9]+/")


def ask_for_changes(person: Person, field: str, reason: str) -> None:
    """A reason beside one answer, then the button."""
    box = person.find(f'textarea[name="reason_{field}"]')
    if not box.is_visible():
        person.find("details.fold").filter(has=box).locator("summary").click()
    box.fill(reason)
    person.shoot("13-file")
    decide(person, "request_changes")


def decide(person: Person, decision: str) -> None:
    person.press(f'button[name="decision"][value="{decision}"]')
    person.page.wait_for_load_state()
    person.shoot(f"15-decided-{decision}")


def accept_papers(person: Person) -> None:
    """The province looks at the papers before it approves."""
    person.press('#papers button[name="decision"][value="accept"]')
    person.at("/can-bo/nha-ban/[0-9]+/")


def approve_product(person: Person, name: str) -> None:
    person.go("/can-bo/san-pham/")
    person.find("main").get_by_role("link", name=name).first.click()
    person.at("/can-bo/san-pham/[0-9]+/")
    person.shoot("26-product-file")
    decide(person, "approve")
