import { SetupError } from './setup-error.ts'

export interface ListenerConfig {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly dialects: readonly string[]
}

/** The ports of the documents. */
export const DEFAULT_LISTEN: readonly string[] = ['8080=turbine,asynq', '8000=dtqs,taskmanager,taskqueue']

const LISTEN = /^(?:(?<host>\[[0-9a-fA-F:.]+\]|[^:=\s]+):)?(?<port>\d{1,5})=(?<dialects>[a-z]+(?:,[a-z]+)*)$/

/**
 * Reads `8080=turbine,asynq` or `host:8080=turbine`.
 * @throws SetupError saying what is expected.
 */
export function parseListen(text: string): ListenerConfig {
  const match = LISTEN.exec(text)
  const port = Number(match?.groups?.['port'])
  if (match === null || port > 65_535)
    throw new SetupError(
      `'--listen ${text}' is not understood; write <port>=<dialect>,<dialect>, as 8080=turbine,asynq.`,
    )
  const host = match.groups!['host']?.replaceAll(/[[\]]/g, '') ?? '127.0.0.1'
  return { host, port, dialects: match.groups!['dialects']!.split(',') }
}

/** Whether nothing outside this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
