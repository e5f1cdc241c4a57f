# Expected: it does not load
# Tries: calls sys.exit(0) while it is imported

import sys

sys.exit(0)
