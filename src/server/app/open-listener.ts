import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import type { ListenerInfo } from '../../shared/contract/contract.ts'
import type { ListenerConfig } from './parse-listen.ts'
import { SetupError } from './setup-error.ts'

const MOST_MOVES = 20

/**
 * Listens on the configured port; a busy one is refused, or, with `move`, the next free one is taken.
 * @throws SetupError saying who to ask for, when the port cannot be had.
 */
export async function openListener(
  app: FastifyInstance,
  { host, port, dialects }: ListenerConfig,
  onBusyPort: 'refuse' | 'move',
): Promise<ListenerInfo> {
  const most = onBusyPort === 'move' && port !== 0 ? MOST_MOVES : 0
  for (let move = 0; ; move += 1) {
    const isLast = move >= most
    try {
      await app.listen({ host, port: isLast && move > 0 ? 0 : port + move })
      return { address: toAddress(app.server.address() as AddressInfo), dialects }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE' && !isLast) continue
      throw toSetupError(error as NodeJS.ErrnoException, { host, port, dialects })
    }
  }
}

function toAddress({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function toSetupError(error: NodeJS.ErrnoException, { host, port, dialects }: ListenerConfig): Error {
  const other = `--listen ${port + 1}=${dialects.join(',')}`
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
