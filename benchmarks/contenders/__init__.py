"""All contenders, in the order in which they are shown."""

from benchmarks.contenders.base import Contender, EachAlone
from benchmarks.contenders.check50 import Check50
from benchmarks.contenders.container import PytestInContainer
from benchmarks.contenders.gradescope import GradescopeUtils
from benchmarks.contenders.nbgrader import Nbgrader
from benchmarks.contenders.otter import OtterGrader
from benchmarks.contenders.ours import SANDBOXES, Ours
from benchmarks.contenders.plain import PlainPytest

PYTEST, DOCKER_RUN, GRADESCOPE = "pytest", "docker-run", "gradescope"
BASELINES = (PYTEST, DOCKER_RUN, GRADESCOPE)
"""The names of those that all others are compared with."""

CONTENDERS: tuple[Contender, ...] = (
    EachAlone(PYTEST, "pytest", PlainPytest()),
    EachAlone(DOCKER_RUN, "docker run pytest", PytestInContainer()),
    EachAlone(GRADESCOPE, "gradescope-utils", GradescopeUtils()),
    EachAlone("check50", "check50", Check50()),
    EachAlone("otter", "otter-grader", OtterGrader(), is_slow=True),
    Nbgrader(),
    *(Ours(sandbox) for sandbox in SANDBOXES),
)
