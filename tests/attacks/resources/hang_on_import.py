# Expected: it does not load
# Tries: never ends its import

while True:
    pass
