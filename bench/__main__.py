"""`python -m bench [--quick]`."""

import sys

from bench.run import main
from marketplace.embedded.says import AskedToStop, StartError

try:
    sys.exit(main(sys.argv[1:]))
except StartError as error:
    sys.exit(str(error))
except AskedToStop:
    sys.exit(130)
