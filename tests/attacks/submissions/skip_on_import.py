# Attack: skips its module, as pytest would
# Expect: test_double=does_not_load test_echo=does_not_load test_total=does_not_load

try:
    import pytest
except ImportError:
    raise BaseException("Skipped") from None
pytest.skip(allow_module_level=True)
