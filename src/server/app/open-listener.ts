import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import type { ListenerInfo } from '../../shared/contract/contract.ts'
import type { ListenerConfig } from './parse-listen.ts'
import { SetupError } from './setup-error.ts'

const MOST_MOVES = 20

/**
 * Listens on the configured port; a busy one is refused, or, with `move`, the next free one is taken.
 * @param all those that were asked for, it among them: whoever chooses another port has to name them all.
 * @throws SetupError saying what to ask for, when the port cannot be had.
 */
export async function openListener(
  app: FastifyInstance,
  config: ListenerConfig,
  { onBusyPort, all }: { readonly onBusyPort: 'refuse' | 'move'; readonly all: readonly ListenerConfig[] },
): Promise<ListenerInfo> {
  const { host, port, dialects } = config
  const most = onBusyPort === 'move' && port !== 0 ? MOST_MOVES : 0
  for (let move = 0; ; move += 1) {
    const isLast = move >= most
    try {
      await app.listen({ host, port: isLast && move > 0 ? 0 : port + move })
      return { address: toAddress(app.server.address() as AddressInfo), dialects }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE' && !isLast) continue
      throw toSetupError(error as NodeJS.ErrnoException, config, all)
    }
  }
}

function toAddress({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function toSetupError(
  error: NodeJS.ErrnoException,
  config: ListenerConfig,
  all: readonly ListenerConfig[],
): Error {
  const { host, port } = config
  const other = all
    .map((each) => toListenOption(each === config ? { ...each, port: freePort(port, all) } : each))
    .join(' ')
  const { code } = error
  if (code === 'EADDRINUSE')
    return new SetupError(
      `Port ${port} on ${host} is in use. Stop the program that uses it, or choose another: ${other}`,
    )
  if (code === 'EACCES')
    return new SetupError(
      `Port ${port} on ${host} needs more rights than this user has. Choose another: ${other}`,
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new SetupError(`${host} is no address of this machine; check --listen.`)
  return error
}

/** The next port that no listener asks for; 0 lets the system choose. */
function freePort(port: number, all: readonly ListenerConfig[]): number {
  const isTaken = (candidate: number) => all.some((each) => each.port === candidate)
  let candidate = port + 1
  while (isTaken(candidate)) candidate += 1
  return candidate > 65_535 ? 0 : candidate
}

function toListenOption({ host, port, dialects }: ListenerConfig): string {
  const place = host === '127.0.0.1' ? '' : host.includes(':') ? `[${host}]:` : `${host}:`
  return `--listen ${place}${port}=${dialects.join(',')}`
}
