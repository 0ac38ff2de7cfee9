import { type BackoffPolicy, backoffDelayMs } from '../../shared/domain/backoff.ts'
import type { Broker } from '../../shared/domain/broker.ts'
import { reasonOf } from '../../shared/domain/capabilities.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { AttachableName, ConnectionCheck, ConnectionState } from '../../shared/domain/connection.ts'
import { AttachError, isAttachError } from '../attach/attach-error.ts'
import { askedPauseMs } from '../attach/retry-after.ts'
import type { Timers } from '../rpc/timers.ts'

/** A server that has been attached to. */
export interface Attached {
  readonly broker: Broker & { readonly serverVersion: string | null }
  readonly speaks: AttachableName
}

/** The way to one server: attached when it is asked for, tried again when it is lost, let go when nobody looks. */
export interface AttachedConnection extends AsyncDisposable {
  state(): ConnectionState
  /** As it is now, or was when it was lost; null before the first time. */
  known(): Attached | null
  /**
   * The broker there, attached to first if nobody has asked before.
   * @throws AttachError at once while it is lost: whoever asks is told, not kept waiting.
   */
  broker(): Promise<Attached['broker']>
  /** Attaches now, whether or not it is time to try again. Resolves when it is decided. */
  open(): Promise<void>
  /** Lets go, until somebody asks again. */
  close(): Promise<void>
  /** A call failed on its way: finds out whether the server is lost. */
  doubt(): void
  /** Somebody listens to its events until the answer is called. */
  hold(): () => void
}

export interface AttachedConnectionOptions {
  /**
   * @param onEventsLost told when its stream of events breaks
   * @throws AttachError, or the refusal of an address that is none
   */
  readonly attach: (onEventsLost: () => void) => Promise<Attached>
  readonly clock: Clock
  readonly timers: Timers
  /** Returns a number in [0, 1). */
  readonly random: () => number
}

const RETRY: BackoffPolicy = { baseMs: 1000, factor: 2, capMs: 30_000, jitter: 'full' }
const CHECK_EVERY_MS = 10_000
/** A window asks every few seconds while it shows a connection; after this, none does. */
const IDLE_MS = 120_000

export function attachConnection({
  attach,
  clock,
  timers,
  random,
}: AttachedConnectionOptions): AttachedConnection {
  let state: ConnectionState = { kind: 'closed' }
  let attached: Attached | null = null
  let known: Attached | null = null
  let lastError: Error | null = null
  let attempt: Promise<void> | null = null
  let checking: Promise<void> | null = null
  let failures = 0
  let holders = 0
  let usedAt = clock.monotonic()
  /** Grows whenever what is under way no longer counts. */
  let generation = 0
  let cancelTimer = () => {}

  const isIdle = () => holders === 0 && clock.monotonic() - usedAt > IDLE_MS

  function later(ms: number, run: () => void) {
    cancelTimer()
    cancelTimer = timers.after(ms, run)
  }

  async function letGo(): Promise<void> {
    generation += 1
    cancelTimer()
    const old = attached
    attached = null
    await old?.broker[Symbol.asyncDispose]()
  }

  function lose(error: unknown): void {
    const { problem, isPassing } = isAttachError(error)
      ? error
      : { problem: 'bad_answer' as const, isPassing: false }
    lastError = error instanceof Error ? error : new Error(String(error))
    failures += 1
    const ownMs = backoffDelayMs(RETRY, failures, random) + RETRY.baseMs
    const retryInMs = isPassing ? Math.max(askedPauseMs(error, RETRY.capMs) ?? 0, ownMs) : null
    const since = state.kind === 'lost' ? state.since : clock.now()
    state = {
      kind: 'lost',
      problem,
      message: lastError.message,
      since,
      retryAt: retryInMs === null ? null : clock.now() + retryInMs,
    }
    void letGo()
    if (retryInMs !== null) later(retryInMs, () => (isIdle() ? void close() : void connect()))
  }

  function connect(): Promise<void> {
    return (attempt ??= tryOnce().finally(() => {
      attempt = null
    }))
  }

  async function tryOnce(): Promise<void> {
    cancelTimer()
    const mine = (generation += 1)
    if (state.kind !== 'lost') state = { kind: 'connecting' }
    let opened: Attached | null = null
    try {
      opened = await attach(() => void askAgain())
      const check = await checkOnce(opened, clock)
      if (mine !== generation) {
        await opened.broker[Symbol.asyncDispose]()
        return
      }
      attached = known = opened
      failures = 0
      connectedWith(check)
    } catch (error) {
      await opened?.broker[Symbol.asyncDispose]()
      if (mine === generation) lose(error)
    }
  }

  function connectedWith(check: ConnectionCheck): void {
    state = { kind: 'connected', check, checkedAt: clock.now() }
    later(CHECK_EVERY_MS, () => (isIdle() ? void close() : void askAgain()))
  }

  function askAgain(): Promise<void> {
    return (checking ??= checkAgain().finally(() => {
      checking = null
    }))
  }

  async function checkAgain(): Promise<void> {
    const [asked, mine] = [attached, generation]
    if (asked === null) return
    try {
      const check = await checkOnce(asked, clock)
      if (mine === generation) connectedWith(check)
    } catch (error) {
      if (mine === generation) lose(error)
    }
  }

  async function close(): Promise<void> {
    state = { kind: 'closed' }
    lastError = null
    failures = 0
    await letGo()
  }

  return {
    state: () => state,
    known: () => known,
    async broker() {
      usedAt = clock.monotonic()
      if (attached !== null) return attached.broker
      if (state.kind === 'lost' && lastError !== null) throw lastError
      await connect()
      if (attached !== null) return (attached as Attached).broker
      throw lastError ?? new AttachError('unreachable', 'The connection was closed.', { isPassing: false })
    },
    async open() {
      usedAt = clock.monotonic()
      if (attached === null) await connect()
      else await askAgain()
    },
    close,
    doubt: () => void askAgain(),
    hold() {
      holders += 1
      let isHeld = true
      return () => {
        if (isHeld) holders -= 1
        isHeld = false
        usedAt = clock.monotonic()
      }
    },
    [Symbol.asyncDispose]: close,
  }
}

/** One question and its answer. @throws AttachError */
export async function checkOnce(
  { broker, speaks }: Attached,
  clock: Pick<Clock, 'monotonic'>,
): Promise<ConnectionCheck> {
  const askedAt = clock.monotonic()
  const { status } = await broker.health()
  return {
    dialect: speaks,
    version: broker.serverVersion,
    health: status,
    latencyMs: Math.round(clock.monotonic() - askedAt),
    hasEvents: reasonOf(broker.capabilities.events) === null,
  }
}
