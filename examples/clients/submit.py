#!/usr/bin/env python3
"""Submits a task and waits for its result, with the standard library alone.

    python3 examples/clients/submit.py
    python3 examples/clients/submit.py greet '{"name": "Ada"}'

PENSTOCK_ADDRESS says where the broker is, PENSTOCK_API_KEY its key, if it has one.
Ends with 0 when the task succeeded, else with 1.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

ADDRESS = os.environ.get("PENSTOCK_ADDRESS", "http://127.0.0.1:8080")
API_KEY = os.environ.get("PENSTOCK_API_KEY")
UNFINISHED = {"pending", "running", "retry"}
TRIES = 5


def ask(method, path, body=None, headers=None):
    """Answers the parsed JSON. Raises HTTPError when the broker refuses."""
    headers = dict(headers or {})
    if API_KEY:
        headers["Authorization"] = f"Bearer {API_KEY}"
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    request = urllib.request.Request(ADDRESS + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def submit(task_type, payload):
    """Submits once, however often the connection breaks: the key makes a repetition harmless."""
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"type": task_type, "payload": payload}
    for attempt in range(1, TRIES + 1):
        try:
            return ask("POST", "/api/v1/tasks", body, headers)["task_id"]
        except urllib.error.HTTPError:
            raise
        except OSError:
            if attempt == TRIES:
                raise
            time.sleep(attempt)


def wait_for(task_id):
    while True:
        task = ask("GET", f"/api/tasks/{task_id}")
        if task["state"] not in UNFINISHED:
            return task
        time.sleep(0.2)


def main():
    task_type = sys.argv[1] if len(sys.argv) > 1 else "demo"
    payload = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {"message": "Hello", "count": 3}
    try:
        task_id = submit(task_type, payload)
    except urllib.error.HTTPError as error:
        sys.exit(error.read().decode())
    print("submitted", task_id)
    task = wait_for(task_id)
    if task["state"] != "success":
        sys.exit(f"{task['state']}: {task['error']}")
    print(json.dumps(task["result"]))


if __name__ == "__main__":
    main()
