# Attack: prints without end while it is imported
# Expect: test_double=does_not_load test_echo=does_not_load test_total=does_not_load

while True:
    print("x" * 1000)
