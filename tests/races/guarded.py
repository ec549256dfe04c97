"""The market as it is, for gunicorn, with a corner of Valkey for this test database alone.

Keys of rows start over with every test database: nothing cached of another one may be found.
"""

from django.conf import settings

from core import valkey, versions
from marketplace.wsgi import application as application

OWN = f"races-{settings.DATABASES['default']['NAME']}:"
valkey.PREFIX, versions.KEY = OWN, f"{OWN}catalog-version"
versions.bump_now()
