import { AttachError, isAttachError } from '../attach/attach-error.ts'
import type { AttachedBroker, AttachOptions } from '../attach/attach-options.ts'
import { type AttachableName, ATTACHABLE_NAMES } from '../../shared/domain/connection.ts'
import { formatRemoteAddress, parseRemoteAddress } from '../attach/remote-address.ts'
import { VERSION } from './version.ts'

export interface OpenAttachedOptions extends AttachOptions {
  /** What it speaks; null asks it. */
  readonly speaks: AttachableName | null
}

export interface OpenAttached {
  readonly broker: AttachedBroker
  readonly speaks: AttachableName
}

type Attach = (options: OpenAttachedOptions) => Promise<AttachedBroker>

/** Loaded when it is asked for: most brokers are attached to no other, and all of it costs memory. */
const LOAD: Readonly<Record<AttachableName, () => Promise<Attach>>> = {
  async contract() {
    const { attachContract } = await import('../attach/contract/attach-contract.ts')
    return (options) => attachContract({ ...options, version: VERSION })
  },
  dtqs: async () => (await import('../dialects/dtqs/attach.ts')).attachDtqs,
  turbine: async () => (await import('../dialects/turbine/attach.ts')).attachTurbine,
  asynq: async () => (await import('../dialects/asynq/attach.ts')).attachAsynq,
  taskqueue: async () => (await import('../dialects/taskqueue/attach.ts')).attachTaskqueue,
  taskmanager: async () => (await import('../dialects/taskmanager/attach.ts')).attachTaskmanager,
}

async function attach(options: OpenAttachedOptions & { readonly speaks: AttachableName }) {
  const attachTo = await LOAD[options.speaks]()
  return attachTo(options)
}

/** Somebody waits for the dialog; a server that takes longer than this is named by hand. */
const ASKING = { limits: { totalMs: 5000, maxBytes: 4_194_304 }, retries: { tries: 1 } }

/**
 * Attaches to a server, in what it is said to speak, or in what it turns out to speak best.
 * @throws AttachError when it cannot be reached, refuses, or does not speak it; INVALID_REQUEST for an
 *   address that is none.
 */
export async function openAttached({ speaks, ...options }: OpenAttachedOptions): Promise<OpenAttached> {
  const chosen = speaks ?? (await recogniseServer(options))[0]!
  return { speaks: chosen, broker: await attach({ ...options, speaks: chosen }) }
}

/**
 * What a server speaks, the one that tells most first; at least one. It is asked a question or two in each
 * format, none of which changes anything.
 * @throws AttachError when it cannot be reached, refuses, or speaks none of them; INVALID_REQUEST for an
 *   address that is none.
 */
export async function recogniseServer(
  options: Omit<OpenAttachedOptions, 'speaks' | 'onEvents'>,
): Promise<readonly AttachableName[]> {
  const shown = formatRemoteAddress(parseRemoteAddress(options.address))
  const tries = await Promise.allSettled(
    ATTACHABLE_NAMES.map(async (speaks) => {
      const broker = await attach({ ...options, ...ASKING, speaks })
      await broker[Symbol.asyncDispose]()
      return speaks
    }),
  )
  const spoken = tries.flatMap((tried) => (tried.status === 'fulfilled' ? [tried.value] : []))
  if (spoken.length > 0) return spoken
  throw mostTelling(
    tries.flatMap((tried) => (tried.status === 'rejected' ? [tried.reason as unknown] : [])),
    shown,
  )
}

/** Of why it is none of them: what holds for all, before what holds for one. */
function mostTelling(errors: readonly unknown[], shown: string): unknown {
  const bug = errors.find((error) => !isAttachError(error))
  if (bug !== undefined) return bug
  for (const problem of ['unreachable', 'refused', 'too_old', 'too_new', 'failing'] as const) {
    const telling = errors.find((error) => isAttachError(error, problem))
    if (telling !== undefined) return telling
  }
  return new AttachError(
    'wrong_server',
    `${shown} answers, but is neither a Penstock nor speaks ${ATTACHABLE_NAMES.filter((name) => name !== 'contract').join(', ')}. Check the address and its port, or say what it speaks.`,
  )
}
