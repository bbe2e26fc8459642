"""The settings under test: the product's own, with every state in a folder that goes when the tests end."""

import atexit
import os
import shutil
import tempfile

# Set by tests/postgres, which runs tests again on a server of its own.
DATABASE = os.environ.get("TEST_DATABASE", "")
for name in [name for name in os.environ if name.startswith("ZHIQUAN_")]:
    del os.environ[name]
if DATABASE:
    os.environ["ZHIQUAN_DATABASE"] = DATABASE
os.environ["ZHIQUAN_HOME"] = tempfile.mkdtemp(prefix="zhiquan-test-")
atexit.register(shutil.rmtree, os.environ["ZHIQUAN_HOME"], ignore_errors=True)

from zhiquan.site.settings import *  # noqa: E402, F403

# The log goes where pytest captures it, not to the stderr of the moment the settings were read.
LOGGING_CONFIG = None
