import type { ListenerInfo } from '../../../../shared/contract/contract.ts'

export interface CommandPart {
  readonly text: string
  readonly isString: boolean
}

/** A `curl` line that submits the demo task to the listener there is, in parts to be coloured. */
export function submitCommand(listeners: readonly ListenerInfo[]): readonly CommandPart[] {
  const listener = listeners.find(({ dialects }) => dialects.includes('asynq')) ?? listeners[0]
  const address = (listener?.address ?? 'http://127.0.0.1:8080').replace(/^http:\/\//, '')
  return [
    { text: `curl ${address}/api/v1/tasks \\\n  -H `, isString: false },
    { text: "'content-type: application/json'", isString: true },
    { text: ' \\\n  -d ', isString: false },
    {
      text: `'{"type": "demo",\n       "payload": {"message": "Hello",\n                   "count": 5}}'`,
      isString: true,
    },
  ]
}
