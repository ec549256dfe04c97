import gettext
import os
from pathlib import Path

import pytest

from scripts import messages

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in ("core", "templates", "locale/vi"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def area(clone: Path, name: str, *entries: str) -> Path:
    path = clone / "locale" / "vi" / f"{name}.po"
    path.write_text(HEAD + "\n".join(entries), encoding="utf-8")
    return path


def entry(english: str, vietnamese: str) -> str:
    return f'msgid "{english}"\nmsgstr "{vietnamese}"\n'


def test_sentences_are_found_in_python_and_in_templates(clone: Path) -> None:
    (clone / "core" / "a.py").write_text(
        '_("One")\nngettext("%(n)s kilo", "%(n)s kilos", 2)\npgettext("tea", "Green")\n'
    )
    (clone / "templates" / "a.html").write_text(
        "<p>\n    {% translate \"It's 5%\" %}\n  {{ x|default:_('No') }}\n"
        "{% blocktranslate trimmed with a=b %}\n Dear {{ a }}\n{% endblocktranslate %}</p>"
    )
    found = messages.collect(clone)
    assert set(found) == {
        ("", "One"),
        ("", "%(n)s kilo"),
        ("tea", "Green"),
        ("", "It's 5%%"),
        ("", "No"),
        ("", "Dear %(a)s"),
    }
    assert found[("", "%(n)s kilo")].plural == "%(n)s kilos"
    assert found[("", "No")].places == ["templates/a.html:3"]


def test_functions_under_another_name_are_known(clone: Path) -> None:
    (clone / "core" / "a.py").write_text(
        "from django.utils.translation import gettext_lazy as later, pgettext as said\n"
        "later('One')\nsaid('tea', 'Green')\nsome_other('Two')\n"
    )
    assert set(messages.collect(clone)) == {("", "One"), ("tea", "Green")}


def test_missing_unused_and_broken_translations_are_listed(clone: Path) -> None:
    (clone / "core" / "a.py").write_text('_("One")\n_("Hi %(name)s")\n_("Fine")\n')
    area(clone, "core", entry("Hi %(name)s", "Chào %(ten)s"), entry("Fine", "Tốt"))
    area(clone, "old", entry("Gone", "Đã bỏ"))
    assert messages.problems(clone) == [
        "missing: core/a.py:1: 'One'",
        "placeholders differ: 'Hi %(name)s'",
        "unused: 'Gone'",
    ]


def test_two_translations_of_one_sentence_are_refused(clone: Path) -> None:
    area(clone, "a", entry("Order", "Đơn hàng"))
    area(clone, "b", entry("Order", "Đặt hàng"))
    with pytest.raises(messages.Conflict, match=r"a\.po 'Đơn hàng', b\.po 'Đặt hàng'"):
        messages.compile_catalogues(clone)
    assert not (clone / "locale" / "vi" / "LC_MESSAGES").exists()


def test_the_same_translation_in_two_areas_is_no_conflict(clone: Path) -> None:
    area(clone, "a", entry("Order", "Đơn hàng"))
    area(clone, "b", entry("Order", "Đơn hàng"))
    assert len(messages.merge(messages.area_files(clone))) == 1


def test_compiling_merges_the_areas_and_rests_until_one_changes(clone: Path) -> None:
    area(clone, "a", entry("Order", "Đơn hàng"))
    path = area(
        clone, "b", 'msgid "%(n)s kilo"\nmsgid_plural "%(n)s kilos"\nmsgstr[0] "%(n)s cân"\n'
    )
    assert messages.compile_catalogues(clone) is True
    with (clone / "locale/vi/LC_MESSAGES/django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Order") == "Đơn hàng"
    assert compiled.ngettext("%(n)s kilo", "%(n)s kilos", 5) == "%(n)s cân"
    assert (clone / "locale/en/LC_MESSAGES/django.mo").exists()
    assert messages.compile_catalogues(clone) is False
    later = path.stat().st_mtime + 60
    os.utime(path, (later, later))
    assert messages.compile_catalogues(clone) is True


def test_stubs_can_be_filled_in_as_they_are(clone: Path) -> None:
    (clone / "core" / "a.py").write_text('_("One")\nngettext("a", "b", 2)\n')
    (clone / "templates" / "b.html").write_text("{% translate 'Two' %}")
    assert messages.stubs(clone, "core/") == (
        '#. core/a.py:1\nmsgid "One"\nmsgstr ""\n\n'
        '#. core/a.py:2\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n'
    )
