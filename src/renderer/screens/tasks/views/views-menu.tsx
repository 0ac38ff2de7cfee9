import { Bookmark, BookmarkPlus, Columns3, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '../../../ui/menu.tsx'
import { TASK_COLUMNS, taskColumns, toggleColumn } from '../list/task-columns.ts'
import type { TasksSearch } from '../tasks-search.ts'
import { ManageViewsDialog } from './manage-views-dialog.tsx'
import { SaveViewDialog } from './save-view-dialog.tsx'
import { isShown, READY_VIEWS, roomProblem, taskViews, type TaskView } from './task-views.ts'

interface ViewsMenuProps {
  readonly search: TasksSearch
  readonly onApply: (view: TaskView) => void
}

/** Ways of looking at the tasks that have a name, and the columns of the list. */
export function ViewsMenu({ search, onApply }: ViewsMenuProps) {
  const views = taskViews.use()
  const columns = taskColumns.use()
  const [asking, setAsking] = useState<'save' | 'manage' | null>(null)
  const apply = (view: TaskView) => {
    if (view.columns !== undefined) taskColumns.set(view.columns)
    onApply(view)
  }
  const item = (view: TaskView) => (
    <MenuItem
      key={view.name}
      hint={isShown(view, search, columns) ? 'shown' : undefined}
      onSelect={() => apply(view)}
    >
      {view.name}
    </MenuItem>
  )
  return (
    <>
      <Menu trigger={<IconButton icon={Bookmark} variant="default" label="Views" />} align="end">
        {views.length > 0 && (
          <>
            <MenuLabel>Yours</MenuLabel>
            {views.map(item)}
            <MenuSeparator />
          </>
        )}
        <MenuLabel>Ready-made</MenuLabel>
        {READY_VIEWS.map(item)}
        <MenuSeparator />
        <MenuItem icon={BookmarkPlus} disabledReason={roomProblem(views)} onSelect={() => setAsking('save')}>
          Save this view…
        </MenuItem>
        <MenuItem
          icon={Settings2}
          disabledReason={views.length === 0 ? 'none is saved' : null}
          onSelect={() => setAsking('manage')}
        >
          Rename or delete…
        </MenuItem>
      </Menu>
      <Menu trigger={<IconButton icon={Columns3} variant="default" label="Columns" />} align="end">
        <MenuLabel>Columns, where there is room</MenuLabel>
        {TASK_COLUMNS.map(({ value, label }) => (
          <MenuCheck
            key={value}
            isChecked={columns.includes(value)}
            onChange={() => taskColumns.set(toggleColumn(columns, value))}
          >
            {label}
          </MenuCheck>
        ))}
      </Menu>
      {asking === 'save' && <SaveViewDialog search={search} onClose={() => setAsking(null)} />}
      {asking === 'manage' && <ManageViewsDialog onClose={() => setAsking(null)} />}
    </>
  )
}
