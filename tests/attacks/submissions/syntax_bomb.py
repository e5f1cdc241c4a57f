# Attack: nested so deeply that reading it takes the compiler down
# Expect: test_double=does_not_load test_echo=does_not_load test_total=does_not_load

x = ()
