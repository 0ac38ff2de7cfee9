import { homedir, totalmem, userInfo } from 'node:os'
import type { BrokerHealth } from '../../shared/domain/broker.ts'
import type { Overview } from '../../shared/domain/overview.ts'
import { describeRuntime } from '../../shared/domain/program-versions.ts'
import type { ListenerInfo } from '../../shared/contract/contract.ts'
import type { HandlerList } from '../../shared/domain/worker.ts'
import type { DatabaseMeasure } from '../local/store/measure-database.ts'
import { logsFolderIn, readLastLines } from '../logs/log-files.ts'
import { describeLogLine } from './describe-log-line.ts'
import { programVersions } from './program-versions.ts'

const LOG_BYTES = 512 * 1024
const LOG_LINES = 100

export interface DiagnosticsSources {
  readonly now: number
  readonly dataFolder: string
  readonly tasksFolder: string
  readonly measure: () => Promise<DatabaseMeasure>
  /** Of a broker that runs in this process; null without one. */
  readonly running: {
    readonly settings: Readonly<Record<string, string | number | boolean>>
    readonly listeners: readonly ListenerInfo[]
    readonly health: () => Promise<BrokerHealth>
    readonly overview: () => Promise<Overview>
    readonly handlers: () => Promise<HandlerList>
    readonly connectionCount: () => Promise<number>
  } | null
}

/**
 * What helps to find out what is wrong, as text that may be shown to strangers: no input, result, metadata or
 * error message of a task, no code, no key; the user's name in paths is `~`. What fails says so in its place.
 */
export async function collectDiagnostics(sources: DiagnosticsSources): Promise<string> {
  const { running } = sources
  const sections: [title: string, lines: () => Promise<readonly string[]>][] = [
    ['Versions', async () => versions(sources)],
    ['Folders', async () => [`data: ${sources.dataFolder}`, `tasks: ${sources.tasksFolder}`]],
    ['Database', async () => describeDatabase(await sources.measure())],
  ]
  if (running !== null)
    sections.push(
      ['Settings', async () => Object.entries(running.settings).map(([name, value]) => `${name}: ${value}`)],
      [
        'Listeners',
        async () => running.listeners.map(({ address, dialects }) => `${address}: ${dialects.join(', ')}`),
      ],
      ['Health', async () => describeHealth(await running.health())],
      ['Tasks', async () => describeOverview(await running.overview())],
      ['Task files', async () => describeHandlers(await running.handlers())],
      ['Connections', async () => [`${await running.connectionCount()}`]],
      ['Memory', async () => [`this process: ${megabytes(process.memoryUsage().rss)}`]],
    )
  sections.push(['Log, warnings and above', async () => lastWarnings(sources.dataFolder)])
  const written = await Promise.all(
    sections.map(async ([title, lines]) => {
      // Of an error its kind alone: its message may quote what it was about.
      const told = await lines().catch((error: unknown) => [`could not be found out (${kindOf(error)})`])
      return `## ${title}\n${told.length === 0 ? 'none' : told.join('\n')}\n`
    }),
  )
  const at = new Date(sources.now).toISOString()
  return withoutUser(`Penstock diagnostics, ${at}\n\n${written.join('\n')}`, homedir(), userInfo().username)
}

/** The home folder, and the user's name wherever it is a part of a path, become `~`. */
export function withoutUser(text: string, home: string, user: string): string {
  const name = user.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const short = home.length > 1 ? text.replaceAll(home, '~') : text
  return name === '' ? short : short.replaceAll(new RegExp(`(?<=[\\\\/])${name}(?=[\\\\/\\s]|$)`, 'gm'), '~')
}

const kindOf = (error: unknown) => (error instanceof Error ? error.name : typeof error)
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

function versions({ running }: DiagnosticsSources): readonly string[] {
  // Which SQLite it is, the database says.
  const own = programVersions(null)
  return [
    `Penstock ${own.penstock}${running === null ? ' (command line)' : ''}`,
    `${describeRuntime(own)}, V8 ${process.versions.v8}`,
    `${own.system}, ${process.platform}, ${own.processor}, ${megabytes(totalmem())} memory`,
  ]
}

function describeDatabase(measure: DatabaseMeasure): readonly string[] {
  return [
    `SQLite ${measure.sqliteVersion}, schema ${measure.schemaVersion}`,
    `${megabytes(measure.databaseBytes)}, log ${megabytes(measure.logBytes)}, ${megabytes(measure.freeBytes)} of it free`,
    ...Object.entries(measure.rows).map(([table, count]) => `${table}: ${count}`),
  ]
}

function describeHealth({ status, startedAt, components }: BrokerHealth): readonly string[] {
  return [
    `${status}, since ${new Date(startedAt).toISOString()}`,
    ...components.map(
      ({ name, isHealthy, detail }) =>
        `${name}: ${isHealthy ? 'well' : 'ails'}${detail === null ? '' : ` (${detail})`}`,
    ),
  ]
}

function describeOverview({ counts, deadLetters, workers, slots, throughputPerSecond }: Overview) {
  return [
    ...Object.entries(counts).map(([state, count]) => `${state}: ${count}`),
    `dead letters: ${deadLetters}`,
    `workers: ${workers.total}, slots: ${slots.busy} of ${slots.total} busy, ${throughputPerSecond.toFixed(1)} tasks a second`,
  ]
}

/** File names and kinds of errors: their messages quote code. */
function describeHandlers({ handlers, external, problems }: HandlerList): readonly string[] {
  return [
    `${handlers.length} task names here, ${external.length} of external workers`,
    ...problems.map(
      ({ file, message }) => `${file}: ${/^[A-Z]\w*Error\b/.exec(message)?.[0] ?? 'not loaded'}`,
    ),
  ]
}

function lastWarnings(dataFolder: string): readonly string[] {
  return readLastLines(logsFolderIn(dataFolder), LOG_BYTES)
    .flatMap((line) => describeLogLine(line) ?? [])
    .slice(-LOG_LINES)
}
