"""`python -m bench.ux [--quick] [--only home,cart] [--out FOLDER]`."""

import sys

from bench.ux.run import main
from bench.ux.tools import NoTool
from marketplace.embedded.says import AskedToStop, StartError
from scripts.browser import NoBrowser

try:
    sys.exit(main(sys.argv[1:]))
except (StartError, NoTool, NoBrowser) as error:
    sys.exit(str(error))
except AskedToStop:
    sys.exit(130)
