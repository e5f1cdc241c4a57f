def test_double():
    """`double` gives twice the number."""
