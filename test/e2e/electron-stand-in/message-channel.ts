import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

type PortApi = Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>

/** Takes what is sent to a port once that port lives in a page. */
export interface PortTaker {
  deliver(data: unknown): void
  close(): void
}

/**
 * One end of a channel. Holds what arrives until it is started, as in Electron. Its own `close` makes
 * no event of its own: only the other end hears of it, and nothing should rely on more.
 */
export class PortEnd extends EventEmitter {
  partner!: PortEnd
  taker: PortTaker | null = null
  isStarted = false
  isClosed = false
  readonly held: unknown[] = []

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('the stand-in for electron sends no ports through ports')
    const data = structuredClone(message)
    if (!this.isClosed) setImmediate(() => this.partner.receive(data))
  }

  receive(data: unknown): void {
    if (this.isClosed) return
    if (this.taker !== null) this.taker.deliver(data)
    else if (this.isStarted) this.emit('message', { data, ports: [] })
    else this.held.push(data)
  }

  start(): void {
    if (this.isStarted) return
    this.isStarted = true
    setImmediate(() => {
      for (const data of this.held.splice(0)) this.receive(data)
    })
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    setImmediate(() => this.partner.endByPartner())
  }

  endByPartner(): void {
    if (this.isClosed) return
    this.isClosed = true
    if (this.taker === null) this.emit('close')
    else this.taker.close()
  }

  /** Hands this end to a page; what was sent before goes first. */
  moveTo(taker: PortTaker): void {
    this.taker = taker
    for (const data of this.held.splice(0)) taker.deliver(data)
  }
}

const ends = new WeakMap<object, PortEnd>()

/** The end behind a port that the program holds. */
export function endOf(port: object): PortEnd {
  const end = ends.get(port)
  if (end === undefined) throw new Error('only a MessagePortMain can be transferred')
  return end
}

export class MessageChannelMain {
  readonly port1: PortEnd
  readonly port2: PortEnd

  constructor() {
    const [one, other] = [new PortEnd(), new PortEnd()]
    one.partner = other
    other.partner = one
    one satisfies PortApi
    this.port1 = strict('MessagePortMain', one)
    this.port2 = strict('MessagePortMain', other)
    ends.set(this.port1, one).set(this.port2, other)
  }
}
