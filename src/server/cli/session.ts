import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { chooseFolders } from '../app/folders.ts'
import { openAttached } from '../app/open-attached.ts'
import type { AttachedBroker } from '../attach/attach-options.ts'
import type { AttachableName } from '../../shared/domain/connection.ts'
import type { EventsState } from '../attach/attach-subscription.ts'
import { systemTime } from '../clock.ts'
import { type Connections, openConnections } from '../connections/connections-file.ts'
import { CommandError, EXIT } from './exit-codes.ts'

/** Options that every command but `serve` has. */
export interface BrokerOptions {
  /** An address, or the name of a connection. */
  readonly broker?: string
  /** What that speaks; asked of it when it is left out. */
  readonly speaks?: AttachableName
  readonly data?: string | undefined
  readonly json?: boolean
}

/** The broker a command talks to. */
export interface Session extends AsyncDisposable {
  readonly broker: AttachedBroker
  readonly speaks: AttachableName
  /** For people: the connection's name or its address. */
  readonly name: string
}

const DEFAULT_ADDRESS = 'http://127.0.0.1:8080'

export function connectionsOf({ data }: Pick<BrokerOptions, 'data'>): Connections {
  return openConnections(chooseFolders({ data }).dataFolder)
}

/**
 * Attaches to the broker that the options mean: `--broker`, else the one that runs on the data folder, else
 * the usual address of this machine.
 * @param isChange whether the command changes anything; a read-only connection refuses that.
 */
export async function openSession(
  options: BrokerOptions,
  { isChange, onEvents }: { readonly isChange: boolean; readonly onEvents?: (state: EventsState) => void },
): Promise<Session> {
  const { name, address, apiKey, speaks: known } = resolveBroker(options, isChange)
  const { broker, speaks } = await openAttached({
    address,
    apiKey,
    speaks: options.speaks ?? known,
    ...systemTime,
    onEvents,
  })
  return { broker, name, speaks, [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose]() }
}

/**
 * Where a broker is and what it is known to speak.
 * @throws CommandError for a connection that is not there, or that may not be changed.
 */
export function resolveBroker({ broker, data }: Pick<BrokerOptions, 'broker' | 'data'>, isChange: boolean) {
  if (broker === undefined) {
    const address = runningAddress(chooseFolders({ data }).dataFolder) ?? DEFAULT_ADDRESS
    return { name: address, address, apiKey: keyFrom('PENSTOCK_API_KEY'), speaks: 'contract' as const }
  }
  const connections = connectionsOf({ data })
  const connection = connections.find(broker)
  if (connection === null) {
    if (!/[.:/]/.test(broker) && broker !== 'localhost')
      throw new CommandError(
        `There is no connection '${broker}'. 'penstock connections' lists them; an address is written as http://host:port.`,
        EXIT.notFound,
      )
    // The key of the broker here is not for another server.
    return { name: broker, address: broker, apiKey: keyFrom('PENSTOCK_BROKER_KEY'), speaks: null }
  }
  if (isChange && connection.isReadOnly)
    throw new CommandError(
      `The connection '${broker}' is read-only, and this would change something there. Add it again without --read-only to allow that.`,
      EXIT.refused,
    )
  return {
    name: broker,
    address: connection.address,
    apiKey: connections.keyOf(broker),
    speaks: connection.dialect,
  }
}

const keyFrom = (variable: string) => process.env[variable] || null

const running = z.object({ pid: z.int().min(1), addresses: z.array(z.string()).min(1) })

/**
 * What the program that runs on a data folder has said of itself; null when none does. One that was killed
 * has left its word, and whoever listens there now must not be sent its key.
 */
function runningAddress(dataFolder: string): string | null {
  try {
    const text = readFileSync(join(dataFolder, 'listeners.json'), 'utf8')
    const { pid, addresses } = running.parse(JSON.parse(text))
    process.kill(pid, 0)
    return addresses[0]!
  } catch {
    // None has run there yet, or it stopped: then it is the usual address.
    return null
  }
}
