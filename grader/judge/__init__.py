"""The judge: runs hidden tests on a submission that it never imports."""
