import { join } from 'node:path'
import { parseListen } from '../app/parse-listen.ts'
import { SetupError } from '../app/setup-error.ts'
import { startGateway } from '../app/start-gateway.ts'
import { resolveBroker } from './session.ts'
import { programLogger } from '../app/program-logger.ts'
import { ownKeyOf, type ServeOptions, stopWhenAsked, tellReady } from './serving.ts'

/** Options that are about a broker here. */
const OF_LOCAL_BROKER = ['tasks', 'threads', 'pool'] as const

/** `serve --broker`: dialects here in front of a broker elsewhere. */
export async function serveGateway(
  options: ServeOptions,
  broker: string,
  serverFolder: string,
): Promise<void> {
  for (const name of OF_LOCAL_BROKER) {
    const given = options[name]
    if (given !== undefined && !(Array.isArray(given) && given.length === 0))
      throw new SetupError(`With --broker no tasks run here, so --${name} means nothing; leave it out.`)
  }
  const behind = resolveBroker({ broker, data: options.data }, true)
  const starting = startGateway({
    address: behind.address,
    remoteKey: behind.apiKey,
    speaks: options.speaks ?? behind.speaks,
    listeners: options.listen.map(parseListen),
    onBusyPort: 'refuse',
    apiKey: ownKeyOf(options),
    corsOrigins: options.cors,
    requestsPerMinute: options.rateLimit,
    windowFolder: join(serverFolder, '..', 'renderer'),
    logger: programLogger(null),
  })
  stopWhenAsked(starting)
  const { listeners, speaks } = await starting
  tellReady(listeners)
  process.stderr.write(`in front of ${behind.address}, which is spoken to in ${speaks}\n`)
}
