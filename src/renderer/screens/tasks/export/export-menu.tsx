import { Download } from 'lucide-react'
import { useState } from 'react'
import { useBroker } from '../../../app/broker-connection.tsx'
import { describeFailure } from '../../../app/failure.ts'
import { Button } from '../../../ui/button.tsx'
import { countOf, formatCount } from '../../../ui/format/count.ts'
import { useSecretWords } from '../../../ui/json/secret-words.ts'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { showToast } from '../../../ui/toast/toast-store.ts'
import { toContractQuery } from '../list/use-task-list.ts'
import type { ListQuery } from '../tasks-search.ts'
import { collectTasks, MAX_EXPORTED } from './collect-tasks.ts'
import type { ExportFormat } from './write-tasks.ts'

const MEDIA_TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json' } as const

/** Takes what the list shows out of the window, as a file. Secrets are masked, always. */
export function ExportMenu({ query }: { readonly query: ListQuery }) {
  const { client } = useBroker()
  const secretWords = useSecretWords()
  const [isBusy, setIsBusy] = useState(false)
  const run = async (format: ExportFormat) => {
    setIsBusy(true)
    try {
      const list = (page: { readonly limit: number; readonly cursor?: string }) =>
        client.tasks.listFull(toContractQuery({ ...query, ...page }))
      const { parts, count, isCut } = await collectTasks({ format, secretWords, list })
      save(parts, format)
      const first = `Exported the first ${formatCount(count)} tasks; filter the list for the rest`
      showToast({
        tone: isCut ? 'plain' : 'success',
        message: `${isCut ? first : `Exported ${countOf(count, 'task')}`}. Secrets are masked.`,
      })
    } catch (error) {
      showToast({ tone: 'failure', message: `Nothing was exported. ${describeFailure(error).message}` })
    }
    setIsBusy(false)
  }
  const hint = `up to ${formatCount(MAX_EXPORTED)}`
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="small" icon={Download} isBusy={isBusy}>
          {isBusy ? 'Exporting…' : 'Export'}
        </Button>
      }
      align="end"
    >
      <MenuItem hint={hint} onSelect={() => void run('csv')}>
        As CSV
      </MenuItem>
      <MenuItem hint={hint} onSelect={() => void run('json')}>
        As JSON
      </MenuItem>
    </Menu>
  )
}

function save(parts: readonly string[], format: ExportFormat): void {
  const address = URL.createObjectURL(new Blob([...parts], { type: MEDIA_TYPES[format] }))
  const link = document.createElement('a')
  link.href = address
  link.download = `tasks-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${format}`
  link.click()
  // The download has begun by then; it keeps what it reads.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
