import { Fingerprint } from 'lucide-react'
import { useCallback, useState } from 'react'
import { Page } from '../../app/frame/page.tsx'
import { useLacking } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { DrawerLayout } from '../../ui/drawer.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextInput } from '../../ui/field.tsx'
import { TaskDialogs } from './actions/task-dialogs.tsx'
import { useTaskCommands } from './actions/use-task-commands.ts'
import { TaskDrawer } from './drawer/task-drawer.tsx'
import styles from './tasks-page.module.css'
import { useTasksSearch } from './use-tasks-search.ts'

const nothing = () => undefined

/** Of a broker that lists no tasks: one of them, by its id. */
export function TaskByIdPage({ reason }: { readonly reason: string }) {
  const { search, change } = useTasksSearch()
  const lacksReading = useLacking('readTasks')
  const [id, setId] = useState(search.task ?? '')
  const open = useCallback((task: string) => change({ task, tab: undefined }), [change])
  const commands = useTaskCommands({ onOpen: open, onDone: nothing })
  return (
    <Page title="Tasks" layout="fill">
      <DrawerLayout>
        <EmptyState icon={Fingerprint} title="Tasks are found by their id here">
          <p>{reason}</p>
          <form
            className={styles.byId}
            onSubmit={(event) => {
              event.preventDefault()
              if (id.trim() !== '' && lacksReading === null) open(id.trim())
            }}
          >
            <TextInput label="Id of a task" value={id} onChange={setId} isMono />
            <Button type="submit" disabledReason={lacksReading}>
              Open
            </Button>
          </form>
        </EmptyState>
        {search.task !== undefined && (
          <TaskDrawer
            key={search.task}
            id={search.task}
            row={undefined}
            tab={search.tab}
            commands={commands}
            focusRequest={0}
            onTab={(tab) => change({ tab }, { replace: true })}
            onOpen={open}
            onClose={() => change({ task: undefined, tab: undefined })}
            onPrevious={null}
            onNext={null}
          />
        )}
      </DrawerLayout>
      <TaskDialogs commands={commands} onOpen={open} />
    </Page>
  )
}
