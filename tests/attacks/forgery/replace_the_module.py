# Expected: it fails
# Tries: puts a mock that has every name in the place of its module
# Harmless

import sys
from unittest.mock import MagicMock

sys.modules[__name__] = MagicMock()
