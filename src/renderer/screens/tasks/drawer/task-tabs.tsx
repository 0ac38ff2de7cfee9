import { TabPanel, Tabs } from '../../../ui/tabs.tsx'
import type { DrawerTab } from '../tasks-search.ts'
import { AttemptsTab } from './attempts-tab.tsx'
import { DataTab } from './data-tab.tsx'
import { ErrorTab } from './error-tab.tsx'
import { LogsTab } from './logs-tab.tsx'
import { useRelated } from './use-related.ts'
import { RelatedTab, relatedCount } from './related-tab.tsx'
import styles from './task-drawer.module.css'
import type { OpenTask } from './use-open-task.ts'

interface TaskTabsProps {
  readonly id: string
  readonly open: OpenTask
  readonly value: DrawerTab
  readonly onChange: (tab: DrawerTab) => void
  readonly onOpen: (id: string) => void
}

export function TaskTabs({ id, open, value, onChange, onOpen }: TaskTabsProps) {
  const { task, attempts, logs } = open
  const { replays, subtasks } = useRelated(id)
  const related = (task === undefined ? 0 : relatedCount(task)) + replays.length + subtasks.length
  return (
    <Tabs
      label="About this task"
      isCompact
      className={styles.tabs}
      items={[
        { value: 'data', label: 'Data' },
        { value: 'logs', label: 'Logs', count: logs?.length },
        { value: 'error', label: 'Error' },
        { value: 'attempts', label: 'Attempts', count: task?.attempt },
        { value: 'related', label: 'Related', count: related },
      ]}
      value={value}
      onChange={onChange}
    >
      <TabPanel value={value} className={styles.panel}>
        {value === 'logs' && (
          <LogsTab key={id} taskId={id} logs={logs} isFinished={task?.finishedAt != null} />
        )}
        {value === 'related' && task !== undefined && <RelatedTab task={task} onOpen={onOpen} />}
        {value === 'data' && task !== undefined && <DataTab task={task} progress={open.progress} />}
        {value === 'error' && task !== undefined && <ErrorTab task={task} attempts={attempts} />}
        {value === 'attempts' && task !== undefined && <AttemptsTab task={task} attempts={attempts} />}
      </TabPanel>
    </Tabs>
  )
}
