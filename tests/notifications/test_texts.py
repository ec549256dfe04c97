"""Every message exists in both languages and both lengths, and renders without a hole."""

from pathlib import Path

import pytest
from django.conf import settings

MAIL = Path(settings.BASE_DIR) / "templates" / "mail"
NAMES = sorted({path.name.split(".")[0] for path in MAIL.glob("*.txt")})
FORMS = ("vi", "en", "sms.vi", "sms.en")


@pytest.mark.parametrize("name", NAMES)
def test_a_message_has_all_its_forms(name: str) -> None:
    found = {path.name for path in MAIL.glob(f"{name}.*")}
    assert found == {f"{name}.{form}.txt" for form in FORMS}


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_plain_text_in_which_marks_stay_as_they_are(name: str) -> None:
    for form in FORMS:
        text = (MAIL / f"{name}.{form}.txt").read_text(encoding="utf-8")
        assert text.startswith("{% autoescape off %}")
        assert text.endswith("{% endautoescape %}\n")
        assert ("\n" in text.strip()) == (not form.startswith("sms"))
