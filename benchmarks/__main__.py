"""Makes `python -m benchmarks` the benchmark's command."""

from benchmarks.cli import main

if __name__ == "__main__":
    main()
