"""A process that has imported serguide once and forks a real run of the command line per request.

Reads one JSON request a line, answers one JSON line. A run is a process like any other: it gets
its own arguments, folder, output files and signals; only the second of imports is spared.

    argv, cwd, env, out        as they say; out: a path that stdout and stderr go to, with endings
    at, do                     before the n-th operation that changes a disk: kill, int, term,
                               wipe (the cache), cut (its entries), or the number of an error
                               of the system, which then stays
    where                      operations on other paths than those below this one do not count
    largest                    bytes that a file may have (RLIMIT_FSIZE)
    after, send                seconds after which a signal is sent from outside
    limit                      seconds after which the run counts as hung, and is killed
"""

from __future__ import annotations

import builtins
import io
import json
import os
import pathlib
import resource
import shutil
import signal
import sys
import threading
import time

SIGNALS = {"kill": signal.SIGKILL, "int": signal.SIGINT, "term": signal.SIGTERM}


class Operations:
    """Count what changes a disk, and strike before one of them."""

    def __init__(self, at, do, where):
        self.at, self.do, self.where, self.count = at, do, where, 0
        self.lock = threading.Lock()

    def step(self, path=""):
        if self.where and not str(path).startswith(self.where):
            return
        with self.lock:
            self.count += 1
            # A full disk stays full; a signal comes once.
            struck = self.count == self.at or (
                isinstance(self.do, int) and self.at is not None and self.count >= self.at
            )
        if not struck:
            return
        if isinstance(self.do, int):
            raise OSError(self.do, os.strerror(self.do))
        if self.do == "wipe":
            shutil.rmtree(os.environ["SERGUIDE_CACHE"], ignore_errors=True)
            return
        if self.do == "cut":
            for path in pathlib.Path(os.environ["SERGUIDE_CACHE"], "objects").rglob("*"):
                if path.is_file():
                    os.truncate(path, path.stat().st_size // 2)
            return
        os.kill(os.getpid(), SIGNALS[self.do])
        if self.do == "kill":
            time.sleep(60)

    def install(self):
        from serguide.bundle import folder as writer

        def counted(function, *, two_paths=False):
            def call(*args, **more):
                path = args[-1 if two_paths else 0]
                # What is synced is open; its path is what /proc says.
                self.step(_path_of(path) if type(path) is int else path)
                return function(*args, **more)

            return call

        for name in ("rename", "replace", "link"):
            setattr(os, name, counted(getattr(os, name), two_paths=True))
        names = ["fsync", "mkdir"]
        if not isinstance(self.do, int):
            names += ["unlink", "rmdir"]  # a full disk forbids neither
        for name in names:
            setattr(os, name, counted(getattr(os, name)))
        writer.exchange = counted(writer.exchange, two_paths=True)
        operations, real_open = self, io.open

        class Counted(io.FileIO):
            def write(self, data):
                operations.step(_path_of(self.fileno()))
                return super().write(data)

        def opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None,
                   closefd=True, opener=None):  # fmt: skip
            if not set(mode) & set("wax+"):
                return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
            raw = Counted(file, mode.replace("b", "").replace("t", ""), closefd, opener)
            if buffering == 0:
                return raw
            buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return (
                buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)
            )

        io.open = builtins.open = opened


def _path_of(handle):
    return pathlib.Path(f"/proc/self/fd/{handle}").readlink()


def child(request):
    for number, name in ((1, ".out"), (2, ".err")):
        handle = os.open(request["out"] + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if "largest" in request:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest"], resource.RLIM_INFINITY))
    os.chdir(request["cwd"])
    os.environ.update(request.get("env", {}))
    sys.argv = ["serguide", *request["argv"]]
    operations = Operations(request.get("at"), request.get("do"), request.get("where"))
    operations.install()
    code = 99
    try:
        from serguide.__main__ import main

        main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        if "largest" in request:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        handle = os.open(request["out"] + ".count", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(handle, str(operations.count).encode())
        if code == 99:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
    return code


def serve():
    import numpy  # noqa: F401

    import serguide.cli.render
    import serguide.render.plan  # noqa: F401
    from serguide.voices.registry import open_voice

    open_voice("espeak", "en")
    for line in sys.stdin:
        request = json.loads(line)
        began = time.monotonic()
        process = os.fork()
        if process == 0:
            os.setpgid(0, 0)
            sys.exit(child(request))
        after, limit = request.get("after"), request.get("limit", 120)
        hung = False
        while True:
            found, status = os.waitpid(process, os.WNOHANG)
            if found:
                break
            now = time.monotonic() - began
            if after is not None and now >= after:
                os.kill(process, SIGNALS[request["send"]])
                after = None
            if now > limit:
                hung = True
                os.kill(process, signal.SIGKILL)
            time.sleep(0.002)
        code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        answer = {"code": code, "hung": hung, "seconds": time.monotonic() - began}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
