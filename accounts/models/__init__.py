"""People, how they prove who they are, and what is theirs."""

from accounts.models.own import (
    Address,
    Consent,
    DataExport,
    ErasureRequest,
    ErasureState,
    ExportState,
)
from accounts.models.people import OneTimeCode, User, UserManager
from accounts.models.proofs import Authenticator, AuthenticatorKind, RecoveryCode, SignedIn

__all__ = [
    "Address",
    "Authenticator",
    "AuthenticatorKind",
    "Consent",
    "DataExport",
    "ErasureRequest",
    "ErasureState",
    "ExportState",
    "OneTimeCode",
    "RecoveryCode",
    "SignedIn",
    "User",
    "UserManager",
]
