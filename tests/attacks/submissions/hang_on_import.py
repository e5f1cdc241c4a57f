# Attack: never ends its import
# Expect: test_double=does_not_load test_echo=does_not_load test_total=does_not_load

while True:
    pass
