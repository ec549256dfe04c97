"""What people do with accounts: one use case per function."""

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
    second_step_target,
    send_sign_up_code,
    sign_in,
    sign_up,
)

__all__ = [
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
    "read_name",
    "reset_password",
    "save_profile",
    "second_step_target",
    "send_sign_up_code",
    "sign_in",
    "sign_up",
]
