import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal } from '../support/until.ts'
import { PORT_8000 } from './documented/port-8000.ts'
import { submitOne } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'
import { isInstalled, runProgram } from './run-program.ts'

/** The document's requests, letter for letter but for the port, on a port with all its dialects. */
let server: TestServer
let failed: string

beforeAll(async () => {
  server = await openServer({
    dialects: PORT_8000,
    taskFiles: {
      'payment.ts': 'export const process_payment = ({ args, kwargs }) => [args[0], kwargs.amount]',
    },
  })
  failed = await submitOne(server, {
    name: 'fail',
    kwargs: toJsonText({ message: 'payment refused' }),
    maxRetries: 0,
    priority: 8,
  })
  await untilFinal(server.broker, failed)
})
afterAll(() => server[Symbol.asyncDispose]())

/** With this server's address for the documented one. */
const here = (text: string) =>
  text.replaceAll('http://localhost:8000', server.url.replace('127.0.0.1', 'localhost'))

const SUBMIT = `{
  "task_name": "process_payment",
  "task_args": [1234],
  "task_kwargs": {
    "currency": "USD",
    "amount": 99.99
  },
  "priority": 8,
  "queue_name": "payments",
  "max_retries": 3,
  "timeout_seconds": 300,
  "scheduled_at": "2026-01-25T14:30:00Z"
}`

describe.skipIf(!isInstalled('curl'))('the printed requests of dtqs, with curl', () => {
  const curl = async (rest: string) => {
    const { code, stdout } = await runProgram('sh', ['-c', here(`curl -s ${rest}`)])
    expect(code).toBe(0)
    return JSON.parse(stdout) as Record<string, unknown>
  }

  it('submit a task, which runs with what was sent', async () => {
    const body = await curl(
      `-X POST http://localhost:8000/api/v1/tasks -H 'Content-Type: application/json' -d '${SUBMIT}'`,
    )

    expect(body).toMatchObject({ task_name: 'process_payment', status: 'PENDING', priority: 8 })
    const task = await untilFinal(server.broker, String(body['task_id']))
    expect(task).toMatchObject({
      state: 'succeeded',
      result: '[1234,99.99]',
      queue: 'payments',
      maxRetries: 3,
    })
  })

  it.each([
    '/api/v1/tasks?status=FAILED&priority=8&limit=10',
    '/api/v1/search/tasks?status=FAILED&created_after=2026-01-24&search=payment&limit=50',
    '/api/v1/search/presets/failed_today',
  ])('find the task that failed: GET %s', async (path) => {
    expect(await curl(`'http://localhost:8000${path}'`)).toMatchObject({
      total: 1,
      offset: 0,
      tasks: [{ task_id: failed, task_name: 'fail', status: 'FAILED', priority: 8 }],
    })
  })

  it('page through a list', async () => {
    const body = await curl(`'http://localhost:8000/api/v1/tasks?limit=50&offset=0'`)

    expect(body).toMatchObject({ limit: 50, offset: 0 })
    expect(body['data']).toEqual(body['tasks'])
  })

  it('mark a service as degraded', async () => {
    const mark = `{
  "service_name": "database",
  "strategy": "return_cached",
  "duration_seconds": 300
}`
    const body = await curl(
      `-X POST http://localhost:8000/api/v1/resilience/degradation/mark -H 'Content-Type: application/json' -d '${mark}'`,
    )
    await server.broker.clearDegradation('database')

    expect(body).toMatchObject({ service: 'database', strategy: 'return_cached', duration_seconds: 300 })
  })

  it('save an export', async () => {
    const { stdout } = await runProgram('sh', [
      '-c',
      here("curl -s 'http://localhost:8000/api/v1/search/tasks/export/csv'"),
    ])

    expect(stdout.split('\r\n')[0]).toMatch(/^task_id,task_name,status,/)
    expect(stdout).toContain(`${failed},fail,FAILED,8,`)
  })
})

describe.skipIf(!isInstalled('python3'))('a client of dtqs in Python, with its standard library', () => {
  const CLIENT = `
import csv, io, json, time, urllib.error, urllib.request

BASE = "http://localhost:8000/api/v1"

def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {} if body is None else {"Content-Type": "application/json"}
    request = urllib.request.Request(BASE + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()

def ask(method, path, body=None):
    status, _, text = call(method, path, body)
    return status, json.loads(text)

status, task = ask("POST", "/tasks", json.loads('''SUBMIT'''))
assert status == 201 and task["status"] == "PENDING", task
while ask("GET", "/tasks/" + task["task_id"])[1]["status"] in ("PENDING", "RUNNING"):
    time.sleep(0.05)
status, done = ask("GET", "/tasks/" + task["task_id"])
assert (status, done["status"], done["result"]) == (200, "COMPLETED", [1234, 99.99]), done

status, again = ask("POST", "/tasks/" + task["task_id"] + "/replay")
assert status == 201 and again["original_task_id"] == task["task_id"], again
status, line = ask("GET", "/tasks/" + task["task_id"] + "/timeline")
assert [e["event_type"] for e in line["events"]] == ["started", "completed"], line
status, both = ask("GET", "/tasks/" + task["task_id"] + "/compare/" + again["task_id"])
assert both["same_function"] and both["same_args"] and both["same_priority"], both

status, worker = ask("POST", "/workers?hostname=compute-1&capacity=5")
assert (status, worker["status"], worker["capacity"]) == (201, "ACTIVE", 5), worker
path = "/workers/" + worker["worker_id"]
assert ask("PATCH", path + "/pause")[1]["status"] == "paused"
assert ask("PATCH", path + "/resume")[1]["status"] == "resumed"
assert ask("PATCH", path + "/capacity", {"capacity": 10})[1]["capacity"] == 10
assert ask("POST", path + "/drain")[1]["status"] == "draining"
assert ask("GET", path + "/status")[1]["capacity"] == 10

status, headers, text = call("GET", "/search/tasks/export/csv?task_name=process_payment")
rows = list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")))
assert {row["task_name"] for row in rows} == {"process_payment"} and len(rows) >= 2, rows
assert int(headers["X-RateLimit-Limit"]) == 1000 and int(headers["X-RateLimit-Reset"]) > time.time() - 5

status, refusal = ask("GET", "/tasks/abc-123")
assert (status, refusal["code"]) == (404, "TASK_NOT_FOUND") and refusal["detail"], refusal
for name in ("dashboard/stats", "dashboard/workers", "analytics/trends", "alerts", "resilience/summary", "health"):
    assert ask("GET", "/" + name)[0] == 200, name
print("done")
`

  it('does everything the document shows', async () => {
    // Of a server with the documented limit.
    await using limited = await openServer({
      dialects: PORT_8000,
      requestsPerMinute: 1000,
      taskFiles: {
        'payment.ts': 'export const process_payment = ({ args, kwargs }) => [args[0], kwargs.amount]',
      },
    })
    const script = CLIENT.replace('SUBMIT', SUBMIT).replace('http://localhost:8000', limited.url)

    expect(await runProgram('python3', ['-c', script])).toEqual({ code: 0, stdout: 'done\n', stderr: '' })
  })
})
