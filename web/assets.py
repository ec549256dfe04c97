"""Addresses of static files, which never change while a process runs."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Works each hashed address out once: a page has several, and the way there is long."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002 (Django's)
        known = self._known.get(name)
        if known is None or force:
            known = self._known[name] = str(super().url(name, force))
        return known
