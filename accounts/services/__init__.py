"""What people do with accounts: one use case per function."""

from accounts.services.addresses import AddressForm, make_default, remove_address, save_address
from accounts.services.codes import check_code, code_text, issue_code
from accounts.services.people import (
    PendingSignUp,
    Visitor,
    begin_reset,
    begin_second_step,
    begin_sign_up,
    change_password,
    check_new_password,
    finish_second_step,
    read_name,
    reset_password,
    save_profile,
    second_step_of,
    second_step_target,
    send_sign_up_code,
    sign_in,
    sign_up,
)

__all__ = [
    "AddressForm",
    "PendingSignUp",
    "Visitor",
    "begin_reset",
    "begin_second_step",
    "begin_sign_up",
    "change_password",
    "check_code",
    "check_new_password",
    "code_text",
    "finish_second_step",
    "issue_code",
    "make_default",
    "read_name",
    "remove_address",
    "reset_password",
    "save_address",
    "save_profile",
    "second_step_of",
    "second_step_target",
    "send_sign_up_code",
    "sign_in",
    "sign_up",
]
