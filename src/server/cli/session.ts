import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { chooseFolders } from '../app/folders.ts'
import { VERSION } from '../app/version.ts'
import { type AttachedPenstock, attachContract } from '../attach/contract/attach-contract.ts'
import type { EventsState } from '../attach/contract/attach-subscription.ts'
import { systemDice } from '../clock.ts'
import { type Connections, openConnections } from '../connections/connections-file.ts'
import { CommandError, EXIT } from './exit-codes.ts'

/** Options that every command but `serve` has. */
export interface BrokerOptions {
  /** An address, or the name of a connection. */
  readonly broker?: string
  readonly data?: string | undefined
  readonly json?: boolean
}

/** The broker a command talks to. */
export interface Session extends AsyncDisposable {
  readonly broker: AttachedPenstock
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
  const { name, address, apiKey } = resolveBroker(options, isChange)
  const broker = await attachContract({
    address,
    apiKey,
    version: VERSION,
    random: systemDice,
    wait: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
    onEvents,
  })
  return { broker, name, [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose]() }
}

function resolveBroker({ broker, data }: BrokerOptions, isChange: boolean) {
  if (broker === undefined) {
    const address = runningAddress(chooseFolders({ data }).dataFolder) ?? DEFAULT_ADDRESS
    return { name: address, address, apiKey: keyFrom('PENSTOCK_API_KEY') }
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
    return { name: broker, address: broker, apiKey: keyFrom('PENSTOCK_BROKER_KEY') }
  }
  if (isChange && connection.isReadOnly)
    throw new CommandError(
      `The connection '${broker}' is read-only, and this would change something there. Add it again without --read-only to allow that.`,
      EXIT.refused,
    )
  return { name: broker, address: connection.address, apiKey: connections.keyOf(broker) }
}

const keyFrom = (variable: string) => process.env[variable] || null

const running = z.object({ addresses: z.array(z.string()).min(1) })

/** What the program that runs on a data folder has said of itself; null when none does. */
function runningAddress(dataFolder: string): string | null {
  try {
    const text = readFileSync(join(dataFolder, 'listeners.json'), 'utf8')
    return running.parse(JSON.parse(text)).addresses[0]!
  } catch {
    // None has run there yet, or it stopped: then it is the usual address.
    return null
  }
}
