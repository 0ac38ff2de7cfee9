import type { FailureGroup } from '../../../shared/domain/broker.ts'

/** Types that say no more than that it failed. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['Error', 'Exception', ''])

/** What a group of failures is called, and the line under it: a type that says nothing gives way to its message. */
export function failureTitle({ type, message, names }: FailureGroup): {
  readonly title: string
  readonly detail: string
} {
  const [firstLine = ''] = message.split('\n', 1)
  if (!SAYS_NOTHING.has(type) || firstLine === '') return { title: type || 'Error', detail: firstLine }
  return { title: firstLine, detail: `in ${names.join(', ')}` }
}
