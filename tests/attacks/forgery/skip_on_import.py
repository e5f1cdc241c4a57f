# Expected: it does not load
# Tries: skips its module, as pytest would

try:
    import pytest
except ImportError:
    raise BaseException("Skipped") from None
pytest.skip(allow_module_level=True)
