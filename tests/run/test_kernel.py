"""Each notebook has a kernel of its own: forked from a template, or started as usual."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from briefing.run import kernel, template

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a process is forked on Linux only")
# A process of its own: that of the tests has threads.
IN_A_PROCESS = """
import json, sys
from pathlib import Path
import briefing.cli
from briefing.run import kernel
from tests.run.test_kernel import Bench
bench = Bench(Path(sys.argv[1]))
print(json.dumps([bench.prints(source) for source in sys.argv[2:]]), flush=True)
"""


class Bench:
    """A notebook of one cell after its parameter `a`."""

    def __init__(self, folder: Path):
        self._folder = folder
        self.executed = folder / "out.ipynb"

    def prints(self, source: str, **parameters: int) -> str:
        """What the cell prints."""
        tagged = nbformat.v4.new_code_cell("a = 0", metadata={"tags": ["parameters"]})
        cells = [tagged, nbformat.v4.new_code_cell(source)]
        metadata = {"language_info": {"name": "python"}}
        made = self._folder / "in.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), made)
        kernel.execute(made, self.executed, parameters)
        return nbformat.read(self.executed, 4).cells[-1].outputs[-1].text.strip()


@pytest.fixture
def bench(tmp_path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def short_folder():
    """A folder for temporary files; the path of a socket must be short."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


def begun(folder: Path, *sources: str, **how) -> subprocess.Popen:
    command = [sys.executable, "-c", IN_A_PROCESS, str(folder), *sources]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **how)


def printed(folder: Path, *sources: str) -> list[str]:
    process = begun(folder, *sources)
    out, _err = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(out.splitlines()[-1])


def of_mark(mark: str) -> list[int]:
    """The processes that were started with this in their environment."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                if mark.encode() in (place / "environ").read_bytes():
                    found.append(int(place.name))
            except OSError:
                continue
    return found


def gone(mark: str) -> bool:
    until = time.monotonic() + 20
    while of_mark(mark) and time.monotonic() < until:
        time.sleep(0.2)
    return not of_mark(mark)


@LINUX
@pytest.mark.slow
def test_forked_kernels_find_the_libraries_loaded_and_nothing_of_one_another(tmp_path):
    loaded = "import os, sys; print('pandas' in sys.modules, os.getppid())"
    leaves = "import pandas, os; pandas.left = 1; left = 1; os.environ['LEFT'] = '1'; print('')"
    looks = (
        "import pandas, os\n"
        "print('left' in globals(), hasattr(pandas, 'left'), 'LEFT' in os.environ)"
    )

    first, _left, second, third = printed(tmp_path, loaded, leaves, looks, loaded)

    assert first.startswith("True ") and first == third  # of one template
    assert second == "False False False"


# A cell of each kind that a forked kernel and one that starts as usual may show otherwise.
SHOWING = [
    "import sys, time, warnings\nprint('a', end=''); print('b'); print('c', file=sys.stderr); 1",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>d</b>')); {'e': HTML('f')}; None",
    "handle = display('g', display_id='g'); handle.update('h')",
    "print('i'); from IPython.display import clear_output; clear_output(); print('j')",
    "import pandas; pandas.DataFrame({'k': [1.5, None]})",
    "%precision 2\n_ = 0.123; _",
    "handle.update('l')",
    "",
    "await __import__('asyncio').sleep(0); 'm'",
    "1 +",
    "def fails():\n    raise ValueError('n')\nfails()",
    "1 / 0",
]
BOTH = """
import json, os, sys
from pathlib import Path
import briefing.cli
import nbformat
from papermill.exceptions import PapermillExecutionError
from briefing.run import kernel, template
made, executed = Path(sys.argv[1], "in.ipynb"), Path(sys.argv[1], "out.ipynb")
for how in ("forked", "started"):
    try:
        kernel.execute(made, executed, {"a": 1})
    except PapermillExecutionError as error:
        failed = [error.exec_count, error.ename, error.evalue, error.traceback]
    assert template.kernels_are() == how
    book = nbformat.read(executed, 4)
    cells = [[cell.get("execution_count"), cell.get("outputs")] for cell in book.cells]
    print(json.dumps([failed, cells, book.metadata.language_info]))
    template._template = {os.getpid(): template.Template()}
"""


@LINUX
@pytest.mark.slow
def test_a_forked_kernel_shows_what_one_that_starts_as_usual_shows(tmp_path):
    cells = [nbformat.v4.new_code_cell(source) for source in SHOWING]
    cells[-3].metadata["tags"] = cells[-2].metadata["tags"] = ["raises-exception"]
    cells.append(nbformat.v4.new_code_cell("'never'"))
    metadata = {"language_info": {"name": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), tmp_path / "in.ipynb")

    done = subprocess.run(
        [sys.executable, "-c", BOTH, str(tmp_path)], capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 0, done.stderr
    forked, started = map(json.loads, done.stdout.splitlines())
    assert forked == started
    assert forked[0][1:3] == ["ZeroDivisionError", "division by zero"]


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("end", [None, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_behind_however_the_process_ends(tmp_path, short_folder, end):
    mark = f"KERNELS_OF={tmp_path.name}"
    name, value = mark.split("=")
    source = "import time; time.sleep(60)" if end else "print(1)"
    env = os.environ | {name: value, "TMPDIR": str(short_folder)}
    process = begun(tmp_path, source, env=env, cwd=Path.cwd())
    if end:
        until = time.monotonic() + 60
        while len(of_mark(mark)) < 3 and time.monotonic() < until:  # process, template, kernel
            time.sleep(0.2)
        assert len(of_mark(mark)) >= 3
        process.send_signal(end)
    process.communicate(timeout=60)

    assert gone(mark)
    assert list(short_folder.iterdir()) == []


@LINUX
@pytest.mark.slow
def test_a_process_with_threads_has_a_template_that_was_started_afresh(bench):
    with_threads = threading.Thread(target=(done := threading.Event()).wait)
    with_threads.start()
    try:
        of, again = (bench.prints("import os; print(os.getppid())") for _time in range(2))
        loaded = bench.prints("import sys; print('pandas' in sys.modules)")
    finally:
        done.set()

    assert of == again != str(os.getpid())
    assert loaded == "True"


@pytest.mark.slow
@LINUX
def test_work_beside_is_done_by_a_process_of_the_template_and_what_is_not_done_is_told():
    with kernel.template().beside(os.getppid) as first, kernel.template().beside(os.getpid) as own:
        of, process = first(), own()
    failing = [(int, "no number"), (os._exit, 1), (os.kill, 0, signal.SIGKILL)]
    came_of = []
    for work in failing:
        with kernel.template().beside(*work) as made:
            came_of.append(made())
    with template.Template().beside(os.getpid) as made:
        came_of.append(made())

    assert len({of, process, os.getpid()}) == 3
    assert came_of == [None] * 4
    assert not Path(f"/proc/{process}").exists()


@pytest.mark.slow
def test_where_there_is_no_template_kernels_start_as_usual(bench, monkeypatch):
    monkeypatch.setattr(template, "_template", {os.getpid(): template.Template()})

    process = bench.prints("import os; left = 1; print(os.getppid())")

    assert process == str(os.getpid())
    assert bench.prints("print('left' in globals())") == "False"
    assert bench.prints("print(a + 1)", a=1) == "2"


@pytest.mark.slow
def test_a_notebook_that_fails_or_ends_its_kernel_is_told_and_the_next_one_runs(bench):
    with pytest.raises(PapermillExecutionError, match="division"):
        bench.prints("1 / 0")
    with pytest.raises(DeadKernelError):
        bench.prints("print('so far', flush=True); import time, os; time.sleep(0.5); os._exit(1)")
    kept = nbformat.read(bench.executed, 4)
    assert [cell.execution_count for cell in kept.cells[:2]] == [1, 2]

    assert bench.prints("print('well')") == "well"


@LINUX
@pytest.mark.slow
def test_a_forked_kernel_that_ends_is_told_and_the_next_one_runs(tmp_path):
    source = """
import sys
from pathlib import Path
import briefing.cli
from nbclient.exceptions import DeadKernelError
from briefing.run import kernel
from tests.run.test_kernel import Bench
bench = Bench(Path(sys.argv[1]))
try:
    bench.prints("import os; os._exit(1)")
except DeadKernelError:
    print(bench.prints("print('well')"), kernel.template().process is not None)
"""
    done = subprocess.run(
        [sys.executable, "-c", source, str(tmp_path)], capture_output=True, text=True, timeout=120
    )

    assert done.stdout.strip() == "well True", done.stderr


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before", "while"])
def test_a_kernel_whose_template_has_ended_is_replaced_by_one_that_starts_as_usual(
    tmp_path, moment
):
    ends = "import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(30)"
    source = f"""
import os, signal, sys
from pathlib import Path
import briefing.cli
from briefing.run import kernel
from tests.run.test_kernel import Bench
bench = Bench(Path(sys.argv[1]))
if {moment == "before"}:
    os.kill(kernel.template().process.pid, signal.SIGKILL)
    print(bench.prints("print('well')"), kernel.template().process)
else:
    once = "from pathlib import Path; p = Path('ended'); first = not p.exists(); p.touch()\\n"
    cell = once + "if first:\\n    {ends}\\nprint('well')"
    print(bench.prints(cell), kernel.template().process)
"""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", source, str(tmp_path)],
        capture_output=True, text=True, timeout=120, cwd=tmp_path, env=env,
    )  # fmt: skip

    assert done.stdout.strip() == "well None", done.stderr
