"""`python -m zhiquan` is the command `zhiquan`."""

import sys

from zhiquan.site.cli import main

sys.exit(main())
