"""The province's side: decisions, papers, who may decide."""

import pytest
from django.utils.translation import override

from core.errors import InvalidInput, NotAllowed
from core.models import AuditEntry, OutboxEntry
from tests.making import make_user
from tests.vendors import cast
from vendors import services
from vendors.errors import BadDecision, FileIncomplete
from vendors.models import Member, PaperState, VendorDecision
from vendors.selectors import list_waiting, list_waiting_papers
from vendors.states import VendorState

pytestmark = pytest.mark.django_db


def decided() -> list[dict[str, object]]:
    entries = OutboxEntry.objects.filter(topic="vendor.decided").order_by("pk")
    return [entry.payload for entry in entries]


def test_approving_writes_state_timeline_audit_and_outbox_together() -> None:
    staff = cast.make_staff()
    vendor = cast.approved(make_user(), staff)
    row = VendorDecision.objects.latest("pk")
    assert (vendor.state, vendor.approved_at is not None) == (VendorState.APPROVED, True)
    assert (row.from_state, row.to_state, row.actor) == ("submitted", "approved", staff)
    assert decided() == [{"vendor_id": vendor.pk, "decision": "approve", "decision_id": row.pk}]
    entry = AuditEntry.objects.get(action="vendor.approved")
    assert (entry.actor_id, entry.subject_key) == (staff.pk, str(vendor.pk))


def test_the_same_decision_twice_is_a_no_op() -> None:
    staff = cast.make_staff()
    vendor = cast.approved(make_user(), staff)
    services.decide(vendor=vendor, decision="approve", reasons={}, note="", actor=staff)
    assert len(decided()) == 1
    assert VendorDecision.objects.filter(to_state="approved").count() == 1


def test_asking_for_changes_keeps_the_reasons_until_it_is_sent_again() -> None:
    an, staff = make_user(), cast.make_staff()
    vendor = cast.submitted(an)
    services.decide(
        vendor=vendor,
        decision="request_changes",
        reasons={"street": " Xin ghi rõ số nhà. ", "phone": "  ", "state": "approved"},
        note="Cảm ơn",
        actor=staff,
    )
    vendor.refresh_from_db()
    assert (vendor.state, vendor.change_reasons) == (
        VendorState.CHANGES_REQUESTED,
        {"street": "Xin ghi rõ số nhà."},
    )
    services.save_file(vendor=vendor, fields={"street": "12 thôn 3"}, actor=an)
    services.submit(vendor=vendor, actor=an)
    vendor.refresh_from_db()
    assert (vendor.state, vendor.change_reasons) == (VendorState.SUBMITTED, {})


@pytest.mark.parametrize(
    ("decision", "code", "sentence"),
    [
        (
            "request_changes",
            "reason_missing",
            "Write a reason beside at least one answer, so that the vendor knows what to mend.",
        ),
        ("close", "note_missing", "Write why. The vendor will read it."),
        ("approve", "paper_unchecked", "Accept or refuse the paper “{}” first."),
    ],
)
def test_a_decision_without_what_it_needs_changes_nothing(
    decision: str, code: str, sentence: str
) -> None:
    vendor = cast.submitted(make_user())
    with override("en"), pytest.raises(InvalidInput) as refusal:
        services.decide(
            vendor=vendor, decision=decision, reasons={}, note="", actor=cast.make_staff()
        )
    with override("en"):
        expected = sentence.format("Business or cooperative registration")
        assert (refusal.value.code, str(refusal.value)) == (code, expected)
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED
    assert decided() == []


def test_a_file_whose_paper_was_refused_cannot_be_approved() -> None:
    staff = cast.make_staff()
    vendor = cast.submitted(make_user())
    services.decide_paper(
        paper=vendor.papers.get(), decision="refuse", reason="Ảnh mờ.", actor=staff
    )
    with pytest.raises(FileIncomplete) as refusal:
        services.decide(vendor=vendor, decision="approve", reasons={}, note="", actor=staff)
    assert list(refusal.value.missing) == ["papers"]


@pytest.mark.parametrize("decision", ["reinstate", "suspend", "delete", ""])
def test_a_decision_that_does_not_fit_the_state_is_refused(decision: str) -> None:
    vendor = cast.submitted(make_user())
    with pytest.raises(BadDecision):
        services.decide(
            vendor=vendor, decision=decision, reasons={}, note="x", actor=cast.make_staff()
        )


def test_suspending_and_approving_again_each_tell_those_above() -> None:
    staff = cast.make_staff()
    vendor = cast.approved(make_user(), staff)
    services.decide(vendor=vendor, decision="suspend", reasons={}, note="Hàng giả", actor=staff)
    again = services.decide(vendor=vendor, decision="reinstate", reasons={}, note="", actor=staff)
    assert [payload["decision"] for payload in decided()] == ["approve", "suspend", "reinstate"]
    assert again.state == VendorState.APPROVED


def test_only_active_staff_may_decide_and_never_about_their_own_vendor() -> None:
    an = make_user()
    vendor = cast.submitted(an)
    own = cast.make_staff()
    Member.objects.create(vendor=vendor, user=own)
    away = make_user(is_staff=True, is_active=False)
    for actor, code in ((an, "not_allowed"), (away, "not_allowed"), (own, "own_file")):
        with pytest.raises(NotAllowed) as refusal:
            services.decide(vendor=vendor, decision="close", reasons={}, note="x", actor=actor)
        assert refusal.value.code == code
        with pytest.raises(NotAllowed):
            services.decide_paper(
                paper=vendor.papers.get(), decision="accept", reason="", actor=actor
            )
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED
    assert vendor.papers.get().state == PaperState.WAITING


def test_refusing_a_paper_needs_a_reason_and_is_told() -> None:
    staff = cast.make_staff()
    vendor = cast.submitted(make_user())
    paper = vendor.papers.get()
    with pytest.raises(InvalidInput) as refusal:
        services.decide_paper(paper=paper, decision="refuse", reason=" ", actor=staff)
    assert refusal.value.field == "reason"
    services.decide_paper(paper=paper, decision="refuse", reason="Ảnh mờ.", actor=staff)
    services.decide_paper(paper=paper, decision="refuse", reason="Khác", actor=staff)
    paper.refresh_from_db()
    assert (paper.state, paper.refusal) == (PaperState.REFUSED, "Ảnh mờ.")
    assert OutboxEntry.objects.filter(topic="paper.decided").count() == 1


def test_the_queue_is_oldest_first_and_new_papers_of_approved_vendors_have_their_own() -> None:
    staff = cast.make_staff()
    an, binh = make_user(), make_user()
    first = cast.submitted(an)
    second = cast.submitted(binh, tax_code="0301442379")
    assert list(list_waiting()) == [first, second]
    cast.accept_papers(first, staff)
    services.decide(vendor=first, decision="approve", reasons={}, note="", actor=staff)
    paper = services.add_paper(
        vendor=first, form=services.PaperForm(kind="ocop", stars=4), upload=cast.SCAN, actor=an
    )
    assert list(list_waiting()) == [second]
    assert list(list_waiting_papers()) == [paper]
