import type { DesktopMessage } from '../../shared/contract/desktop-contract.ts'

/** The scheme of links that other programs may hold: `penstock://task/<id>`. */
export const LINK_SCHEME = 'penstock'

/** Longer ones are nobody's honest link. */
const MAX_LINK_LENGTH = 8192
const TASK_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const FIELDS = new Set(['name', 'queue', 'input'])

/**
 * What a link asks the window for. Links come from anywhere, web pages included: they open and fill in,
 * and whatever else they say is refused in words.
 *
 *     penstock://task/<id>                         opens the task
 *     penstock://submit?name=…&queue=…&input=…     fills in the submit dialog; sending is up to the reader
 */
export function parseLink(link: string): DesktopMessage {
  const url = link.length <= MAX_LINK_LENGTH && URL.canParse(link) ? new URL(link) : null
  if (url === null || url.protocol !== `${LINK_SCHEME}:` || url.username !== '' || url.port !== '')
    return refusal(link)
  const path = url.pathname.replace(/\/$/, '')
  if (url.hostname === 'task' && TASK_ID.test(path.slice(1)) && url.search === '')
    return { kind: 'open-task', taskId: path.slice(1).toLowerCase() }
  if (url.hostname === 'submit' && path === '') {
    const { searchParams } = url
    if ([...searchParams.keys()].some((key) => !FIELDS.has(key))) return refusal(link)
    const name = searchParams.get('name')
    const queue = searchParams.get('queue')
    if ((name?.length ?? 0) > 256 || (queue?.length ?? 0) > 128) return refusal(link)
    return { kind: 'fill-submit', name, queue, input: searchParams.get('input') }
  }
  return refusal(link)
}

/** Whether an argument of a start is a link, known or not: systems hand them over there. */
export const isLink = (arg: string): boolean => arg.toLowerCase().startsWith(`${LINK_SCHEME}:`)

/** The last link among the arguments of a start. */
export const linkAmong = (args: readonly string[]): string | null => args.findLast(isLink) ?? null

function refusal(link: string): DesktopMessage {
  const shown = link.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 80)
  return {
    kind: 'tell',
    tone: 'failure',
    message: `Penstock was asked to open a link that it does not know, and did nothing: ${shown}`,
  }
}
