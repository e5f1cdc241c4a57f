# Attack: calls sys.exit(0) while it is imported
# Expect: test_double=does_not_load test_echo=does_not_load test_total=does_not_load

import sys

sys.exit(0)
