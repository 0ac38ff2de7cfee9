import { describe, expect, it } from 'vitest'
import { submitCommand } from './submit-command.ts'

const command = (...parameters: Parameters<typeof submitCommand>) =>
  submitCommand(...parameters)
    .map(({ text }) => text)
    .join('')

describe('the command that submits a first task', () => {
  it('goes to the listener that speaks its dialect, wherever that is', () => {
    const text = command([
      { address: 'http://127.0.0.1:8000', dialects: ['taskmanager'] },
      { address: 'http://127.0.0.1:8085', dialects: ['turbine', 'asynq'] },
    ])

    expect(text).toContain('curl 127.0.0.1:8085/api/v1/tasks')
  })

  it('sends JSON that is JSON', () => {
    const body = /-d '([^']*)'/.exec(command([]))?.[1] ?? ''

    expect(JSON.parse(body)).toEqual({ type: 'demo', payload: { message: 'Hello', count: 5 } })
  })
})
