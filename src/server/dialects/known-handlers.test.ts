import { describe, expect, it } from 'vitest'
import type { EventSubscription } from '../../shared/domain/broker.ts'
import { capableOf, EVERYTHING } from '../../shared/domain/capabilities.ts'
import type { HandlerList } from '../../shared/domain/worker.ts'
import { createKnownHandlers } from './known-handlers.ts'

const list = (...names: readonly string[]): HandlerList => ({
  handlers: names.map((name) => ({
    name,
    file: null,
    timeoutMs: 1000,
    maxRetries: null,
    checksInput: false,
  })),
  problems: [],
  external: [],
})

/** Ends at once: nothing ever connects. */
const nobody = (): EventSubscription => ({
  close: () => undefined,
  async *[Symbol.asyncIterator]() {},
})

describe('the handlers that are known', () => {
  it('are those of the moment: new ones are found, gone ones are refused', async () => {
    let current = list('demo')
    const handlers = createKnownHandlers({
      capabilities: EVERYTHING.capabilities,
      handlers: async () => current,
      subscribe: nobody,
    })

    await expect(handlers.find('greet')).rejects.toMatchObject({
      code: 'INVALID_TASK_TYPE',
      details: { name: 'greet', known: ['demo'] },
    })
    current = list('greet')

    await expect(handlers.find('greet')).resolves.toMatchObject({ timeoutMs: 1000 })
    await expect(handlers.find('demo')).rejects.toMatchObject({ code: 'INVALID_TASK_TYPE' })
  })

  it('include what connected external workers know', async () => {
    const external = [
      { name: 'render', workerIds: ['gpu-1'] },
      { name: 'demo', workerIds: ['gpu-1'] },
    ]
    const handlers = createKnownHandlers({
      capabilities: EVERYTHING.capabilities,
      handlers: async () => ({ ...list('demo'), external }),
      subscribe: nobody,
    })

    await expect(handlers.find('render')).resolves.toEqual({ timeoutMs: null, checksInput: false })
    await expect(handlers.find('demo')).resolves.toMatchObject({ timeoutMs: 1000 })
  })

  it('are waited for while those of the bundled pool are being loaded, whoever else is there', async () => {
    const external = [{ name: 'render', workerIds: ['gpu-1'] }]
    let current: HandlerList = { ...list(), external }
    const handlers = createKnownHandlers({
      capabilities: EVERYTHING.capabilities,
      handlers: async () => current,
      subscribe: () => ({
        close: () => undefined,
        async *[Symbol.asyncIterator]() {
          current = { ...list('demo'), external }
          yield { events: [], missed: 0 }
        },
      }),
    })

    await expect(handlers.find('render')).resolves.toEqual({ timeoutMs: null, checksInput: false })
    await expect(handlers.find('demo')).resolves.toMatchObject({ timeoutMs: 1000 })
  })

  it.each(['constructor', '__proto__', 'toString'])('have nothing of what objects have: %s', async (name) => {
    const handlers = createKnownHandlers({
      capabilities: EVERYTHING.capabilities,
      handlers: async () => list('demo'),
      subscribe: nobody,
    })

    await expect(handlers.find(name)).rejects.toMatchObject({ code: 'INVALID_TASK_TYPE' })
  })
  it("are anybody's where the broker does not tell what it can run: it judges for itself", async () => {
    const handlers = createKnownHandlers({
      capabilities: capableOf(['submit'], {}, 'no such call'),
      handlers: async () => expect.unreachable('it must not be asked'),
      subscribe: nobody,
    })

    await expect(handlers.find('whatever')).resolves.toEqual({ timeoutMs: null, checksInput: false })
  })
})
