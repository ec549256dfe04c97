#!/bin/sh
# Makes .venv if needed and installs the locked requirements when they changed.
# usage: sh scripts/bootstrap.sh requirements.txt|requirements-dev.txt
# PYTHON chooses the interpreter; otherwise the first that is new enough.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE VIRTUAL_ENV || true
unset PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIRE_VIRTUALENV || true

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

found=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3}; do
    if new_enough "$candidate"; then
        found=$candidate
        break
    fi
done
if [ -z "$found" ]; then
    here=$("${PYTHON:-python3}" --version 2>&1 || echo "no Python")
    echo "Cần Python 3.11 trở lên; máy này có: $here. / Python 3.11 or newer is needed; this machine has: $here." >&2
    exit 1
fi
exec "$found" scripts/bootstrap.py "$1"
