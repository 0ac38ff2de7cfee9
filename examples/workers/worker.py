#!/usr/bin/env python3
"""A worker for Penstock, with the standard library alone (docs/workers.md).

    python3 examples/workers/worker.py

Its tasks are the functions in TASKS. PENSTOCK_ADDRESS says where the broker's port 8000 is,
PENSTOCK_API_KEY its key, if it has one. Ctrl-C ends it: what it holds is given back.
"""

import json
import os
import signal
import sys
import threading
import traceback
import urllib.error
import urllib.request

ADDRESS = os.environ.get("PENSTOCK_ADDRESS", "http://127.0.0.1:8000")
API_KEY = os.environ.get("PENSTOCK_API_KEY")
LEASE_SECONDS = 30
WAIT_SECONDS = 15
STOPPING = threading.Event()


class Stopped(Exception):
    """Somebody cancelled or paused the task, or its lease was lost."""


def count_words(payload, task):
    """Counts the words of payload["text"]."""
    words = payload["text"].split()
    for number, _word in enumerate(words, start=1):
        task.check()
        if number % 1000 == 0:
            task.progress(number / len(words), stage="counting")
    task.log(f"{len(words)} words")
    return {"words": len(words), "different": len(set(words))}


def wait_for_ever(_payload, task):
    """Does nothing until it is cancelled or paused."""
    task.progress(0, stage="waiting")
    while True:
        task.check()
        task.aborted.wait(0.1)


TASKS = {"count_words": count_words, "wait_for_ever": wait_for_ever}


def ask(method, path, body=None):
    """Answers the parsed JSON, None when there is none. Raises HTTPError when the broker refuses."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if API_KEY:
        headers["Authorization"] = f"Bearer {API_KEY}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ADDRESS + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=WAIT_SECONDS + 15) as response:
        text = response.read()
        return json.loads(text) if text else None


class Task:
    """A leased task: what its function may ask for."""

    def __init__(self, worker_id, leased):
        self.worker_id = worker_id
        self.id = leased["id"]
        self.name = leased["name"]
        self.payload = leased["payload"]
        self.checkpointed = leased["checkpoint"]
        self.lease = {"id": leased["id"], "lease_token": leased["lease_token"]}
        self.aborted = threading.Event()

    def say(self, what, **more):
        path = f"/api/workers/{self.worker_id}/tasks/{self.id}/{what}"
        return ask("POST", path, {"lease_token": self.lease["lease_token"], **more})

    def progress(self, fraction, stage=None, message=None):
        self.say("progress", fraction=fraction, stage=stage, message=message)

    def log(self, message, level="info"):
        self.say("log", lines=[{"level": level, "message": message}])

    def checkpoint(self, data):
        self.say("checkpoint", data=data)

    def check(self):
        """Call it often: raises when the work is no longer wanted."""
        if self.aborted.is_set() or STOPPING.is_set():
            raise Stopped


def keep_lease(task, done):
    """Renews the lease until the task is done."""
    while not done.wait(LEASE_SECONDS / 30):
        try:
            answer = ask(
                "POST",
                f"/api/workers/{task.worker_id}/renew",
                {"leases": [task.lease], "lease_seconds": LEASE_SECONDS},
            )
        except OSError:
            continue  # The broker may be back before the lease is over.
        if task.id in answer["lost"] + answer["abort"]:
            task.aborted.set()


def run(task):
    done = threading.Event()
    keeper = threading.Thread(target=keep_lease, args=(task, done), daemon=True)
    keeper.start()
    try:
        task.say("start")
        result = TASKS[task.name](task.payload, task)
        ended = lambda: task.say("complete", result=result)
    except Stopped:
        ended = lambda: task.say("release")
    except urllib.error.HTTPError as error:
        error_text = error.read().decode()
        ended = lambda: task.say("fail", error=error_text)
    except Exception as error:  # Whatever a task throws is its failure, not the worker's.
        failure = {
            "type": type(error).__name__,
            "message": str(error),
            "traceback": traceback.format_exc(),
        }
        ended = lambda: task.say("fail", error=failure)
    finally:
        done.set()
        keeper.join()
    try:
        answer = ended()
        print(f"task {task.id} {task.name}: {answer['status']}", flush=True)
    except urllib.error.HTTPError as error:
        print(f"task {task.id} {task.name}: {error.read().decode()}", flush=True)


def register():
    body = {"name": "word-counter", "task_names": list(TASKS), "pid": os.getpid()}
    worker = ask("POST", "/api/workers/", body)
    print(f"worker {worker['id']} is ready", flush=True)
    return worker["id"]


def main():
    signal.signal(signal.SIGTERM, lambda *_: STOPPING.set())
    signal.signal(signal.SIGINT, lambda *_: STOPPING.set())
    worker_id = register()
    while not STOPPING.is_set():
        try:
            body = {"lease_seconds": LEASE_SECONDS, "wait_seconds": WAIT_SECONDS}
            for leased in ask("POST", f"/api/workers/{worker_id}/lease", body)["tasks"]:
                run(Task(worker_id, leased))
        except urllib.error.HTTPError as error:
            if error.code != 404:
                sys.exit(error.read().decode())
            worker_id = register()  # It was removed, or away for a week.
        except OSError as error:
            print(f"the broker does not answer: {error}", file=sys.stderr, flush=True)
            STOPPING.wait(2)
    ask("DELETE", f"/api/workers/{worker_id}")


if __name__ == "__main__":
    main()
