import type { LogEntry } from '../../../../shared/domain/task.ts'
import { diffLines } from '../../../ui/json/diff-lines.ts'

/** Which of a run's lines the first run did not say, in the order of `lines`. When it was said is no difference. */
export function linesThatDiffer(first: readonly LogEntry[], lines: readonly LogEntry[]): readonly boolean[] {
  if (first.length === 0) return lines.map(() => true)
  const kept = diffLines(asLines(first), asLines(lines)).filter(({ kind }) => kind !== 'removed')
  return lines.map((_, index) => kept[index]?.kind === 'added')
}

/** One line for each entry, also where its message has several. */
const asLines = (entries: readonly LogEntry[]) =>
  entries.map(({ level, message }) => JSON.stringify([level, message])).join('\n')
