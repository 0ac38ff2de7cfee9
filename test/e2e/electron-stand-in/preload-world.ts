import type { FromPreload, PreloadSettings, ToPreload } from './page-messages.ts'

type Module = (require: (name: string) => unknown, module: object, exports: object, process: object) => void

/**
 * The world of a sandboxed, context-isolated preload. Sent to the page as text, so it may use nothing
 * from outside itself.
 */
export function preloadWorld({ binding, receiver, token, platform }: PreloadSettings, preload: Module): void {
  // As in Electron, where a preload runs in the top frame unless told otherwise.
  if (window.top !== window) return
  const world = globalThis as unknown as Record<string, (text: string) => void>
  const tell = (message: FromPreload) => world[binding]!(JSON.stringify(message))
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>()
  const ports = new Map<number, MessagePort>()

  const strict = <Target extends object>(name: string, target: Target) =>
    new Proxy(target, {
      get(object, key) {
        if (typeof key === 'string' && !(key in object))
          throw new Error(`the stand-in for electron has no ${name}.${key}`)
        return Reflect.get(object, key, object)
      },
    })

  const checkCloneable = (value: unknown): void => {
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new Error('An object could not be cloned.')
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkCloneable)
  }

  const openPort = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port1)
    port1.addEventListener('message', ({ data }) => tell({ kind: 'port', id, data }))
    port1.addEventListener('close', () => tell({ kind: 'port-closed', id }))
    port1.start()
    return port2
  }

  world[receiver] = (text) => {
    const message = JSON.parse(text) as ToPreload
    if (message.kind === 'message') {
      const event = { ports: message.portIds.map(openPort) }
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args)
    } else if (message.kind === 'port') {
      ports.get(message.id)?.postMessage(message.data)
    } else {
      ports.get(message.id)?.close()
      ports.delete(message.id)
    }
  }

  const ipcRenderer = strict('ipcRenderer', {
    send(channel: string, ...args: unknown[]) {
      args.forEach(checkCloneable)
      tell({ kind: 'send', url: location.href, channel, args })
    },
    on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
  })

  // Values cross as copies and functions as their index: nothing of this world is ever in the page's hands.
  const exposed: ((...args: unknown[]) => unknown)[] = []
  const describe = (value: unknown): unknown => {
    if (typeof value === 'function') return { function: exposed.push(value as () => unknown) - 1 }
    if (typeof value !== 'object' || value === null) return { value }
    return { object: Object.fromEntries(Object.entries(value).map(([key, part]) => [key, describe(part)])) }
  }
  window.addEventListener(`${token}-call`, (event) => {
    const { index, args } = JSON.parse((event as CustomEvent<string>).detail) as {
      index: number
      args: unknown[]
    }
    let answer: { value?: unknown; error?: string }
    try {
      const value = exposed[index]!(...args)
      if (value instanceof Promise)
        throw new Error('the stand-in for electron carries no promises to the page')
      answer = { value }
    } catch (error) {
      answer = { error: String(error) }
    }
    window.dispatchEvent(new CustomEvent(`${token}-answer`, { detail: JSON.stringify(answer) }))
  })
  window.addEventListener(`${token}-open`, (event) => {
    tell({
      kind: 'open',
      ...(JSON.parse((event as CustomEvent<string>).detail) as {
        url: string
        frameName: string
        features: string
      }),
    })
  })

  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(name: string, api: unknown) {
      const detail = JSON.stringify({ name, api: describe(api) })
      window.dispatchEvent(new CustomEvent(`${token}-expose`, { detail }))
    },
  })

  const electron = strict('electron', { contextBridge, ipcRenderer })
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`)
    return electron
  }
  const module = { exports: {} }
  preload(
    require,
    module,
    module.exports,
    strict('process', { platform, sandboxed: true, contextIsolated: true }),
  )
}
