# Attack: ends the process while it is imported
# Expect: test_double=does_not_load test_echo=does_not_load test_total=does_not_load

import os

os._exit(0)
