import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextInput } from '../../../ui/field.tsx'
import { showToast } from '../../../ui/toast/toast-store.ts'
import { nameProblem, READY_VIEWS, taskViews, type TaskView } from './task-views.ts'
import styles from './views.module.css'

/** Saved views: another name, or away with one. */
export function ManageViewsDialog({ onClose }: { readonly onClose: () => void }) {
  const views = taskViews.use()
  const remove = (view: TaskView) => {
    taskViews.set(views.filter((each) => each !== view))
    showToast({
      tone: 'plain',
      message: `Deleted the view ${view.name}`,
      action: { label: 'Undo', run: () => taskViews.set([...taskViews.get(), view]) },
    })
    if (views.length === 1) onClose()
  }
  return (
    <Dialog title="Views" isOpen onClose={onClose} footer={<Button onClick={onClose}>Done</Button>}>
      <ul className={styles.list}>
        {views.map((view) => (
          <li key={view.name} className={styles.view}>
            <NameField
              view={view}
              others={views.filter((each) => each !== view)}
              onName={(name) =>
                taskViews.set(
                  taskViews.get().map((each) => (each.name === view.name ? { ...each, name } : each)),
                )
              }
            />
            <IconButton icon={Trash2} label={`Delete ${view.name}`} onClick={() => remove(view)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

interface NameFieldProps {
  readonly view: TaskView
  readonly others: readonly TaskView[]
  readonly onName: (name: string) => void
}

/** Takes the name when the reader leaves it, or presses Enter. */
function NameField({ view, others, onName }: NameFieldProps) {
  const [name, setName] = useState(view.name)
  const problem = nameProblem(name, [...READY_VIEWS, ...others])
  const take = () => {
    if (problem === null && name.trim() !== view.name) onName(name.trim())
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
    >
      <TextInput
        label={`Name of ${view.name}`}
        value={name}
        onChange={setName}
        onBlur={take}
        problem={problem}
      />
    </form>
  )
}
