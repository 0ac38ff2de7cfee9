import { useState, type FormEvent } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextInput } from '../../../ui/field.tsx'
import { showToast } from '../../../ui/toast/toast-store.ts'
import { filterText } from '../filter/filter-chips.ts'
import { taskColumns } from '../list/task-columns.ts'
import { isFiltered, type TasksSearch } from '../tasks-search.ts'
import { nameProblem, READY_VIEWS, taskViews, viewOf } from './task-views.ts'
import styles from './views.module.css'

/** Asks what the present view shall be called, and keeps it. */
export function SaveViewDialog({
  search,
  onClose,
}: {
  readonly search: TasksSearch
  readonly onClose: () => void
}) {
  const views = taskViews.use()
  const columns = taskColumns.use()
  const [name, setName] = useState('')
  const [isTried, setIsTried] = useState(false)
  const problem = nameProblem(name, [...READY_VIEWS, ...views])
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    setIsTried(true)
    if (problem !== null) return
    taskViews.set([...views, viewOf(name, search, columns)])
    showToast({ tone: 'success', message: `Saved the view ${name.trim()}` })
    onClose()
  }
  return (
    <Dialog
      title="Save this view"
      description="Keeps the filters, the order and the columns; in this window, not on the broker."
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => save()}>
            Save
          </Button>
        </>
      }
    >
      <form className={styles.form} onSubmit={save}>
        <TextInput
          label="Name"
          value={name}
          onChange={setName}
          placeholder="Failed payments"
          problem={isTried ? problem : null}
        />
        <p className={styles.what}>
          {isFiltered(search) ? <span className="mono">{filterText(search)}</span> : 'All tasks'},{' '}
          {search.order === 'oldest' ? 'oldest' : 'newest'} first
        </p>
      </form>
    </Dialog>
  )
}
