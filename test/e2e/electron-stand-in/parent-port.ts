import { EventEmitter } from 'node:events'
import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded into a process that stands in for a utility process: the pipe to its parent as Electron has
 * it. What arrives waits for the first listener, which the process's entry adds in its own time.
 */
function openParentPort(): void {
  const send = process.send!.bind(process)
  const held: unknown[] = []
  const parentPort = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => {
      if (process.connected) send(message)
    },
  })
  const deliver = (data: unknown) => parentPort.emit('message', { data, ports: [] })
  process.on('message', (data) => {
    if (parentPort.listenerCount('message') === 0) held.push(data)
    else deliver(data)
  })
  parentPort.on('newListener', (name) => {
    if (name === 'message') setImmediate(() => held.splice(0).forEach(deliver))
  })
  // A utility process does not outlive the program.
  process.on('disconnect', () => process.exit(0))
  Object.assign(process, { parentPort, send: undefined })
}

// The process's own threads are preloaded with this file too.
if (isMainThread) openParentPort()
