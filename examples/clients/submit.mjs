#!/usr/bin/env node
/**
 * Submits a task and shows its progress as it comes, with what Node has built in:
 *
 *     node examples/clients/submit.mjs
 *     node examples/clients/submit.mjs greet '{"name": "Ada"}'
 *
 * PENSTOCK_ADDRESS says where the broker is, PENSTOCK_API_KEY its key, if it has one.
 * Ends with 0 when the task succeeded, else with 1.
 */
const { PENSTOCK_ADDRESS: address = 'http://127.0.0.1:8080', PENSTOCK_API_KEY: apiKey } = process.env
const [type = 'demo', payload = '{"message": "Hello", "count": 3}'] = process.argv.slice(2)
const key = apiKey ? { authorization: `Bearer ${apiKey}` } : {}

/** An answer that is a success; anything else ends the program with what the broker said. */
async function ask(path, request = {}) {
  const response = await fetch(address + path, { ...request, headers: { ...key, ...request.headers } })
  if (response.ok) return response
  console.error(await response.text())
  process.exit(1)
}

/** The frames of a stream of server-sent events, as `{ event, data }`. */
async function* eventsOf(response) {
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const frames = text.split('\n\n')
    text = frames.pop()
    for (const frame of frames) {
      const fields = Object.fromEntries(frame.split('\n').map((line) => line.split(/: (.*)/s)))
      // A frame without data is a comment that keeps the connection alive.
      if (fields.data !== undefined) yield { event: fields.event, data: JSON.parse(fields.data) }
    }
  }
}

const submitted = await ask('/api/v1/tasks', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ type, payload: JSON.parse(payload) }),
})
const { task_id: id } = await submitted.json()
console.log('submitted', id)

for await (const { event, data } of eventsOf(await ask(`/api/v1/tasks/${id}/progress/stream?history=true`)))
  if (event !== 'done') console.log(`${data.percentage} %`, data.stage, data.message)

const task = await (await ask(`/api/tasks/${id}`)).json()
if (task.state === 'success') console.log(JSON.stringify(task.result))
else {
  console.error(`${task.state}: ${task.error}`)
  process.exit(1)
}
