"""As much of the package of this name as the documents' examples use, from the standard library."""

import json as _json
import urllib.error
import urllib.request


class Response:
    def __init__(self, status, body):
        self.status_code = status
        self._body = body

    def json(self):
        return _json.loads(self._body)


def _ask(method, url, json=None):
    data = None if json is None else _json.dumps(json).encode()
    headers = {} if data is None else {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return Response(answer.status, answer.read())
    except urllib.error.HTTPError as refusal:
        return Response(refusal.code, refusal.read())


def get(url):
    return _ask("GET", url)


def post(url, json=None):
    return _ask("POST", url, json)
