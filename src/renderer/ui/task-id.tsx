import { useState } from 'react'
import { copyText } from './copy-text.ts'
import { shortId } from './format/instant.ts'
import styles from './task-id.module.css'
import { Tooltip } from './tooltip.tsx'

interface TaskIdProps {
  readonly id: string
  /** -1 inside a grid, whose rows are one stop of the Tab key. */
  readonly tabIndex?: number | undefined
}

/** An id, short; whole on hover, copied on click. */
export function TaskId({ id, tabIndex }: TaskIdProps) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => setIsCopied(await copyText(id))
  return (
    <Tooltip text={isCopied ? 'Copied' : `${id} (click to copy)`}>
      <button
        type="button"
        className={styles.id}
        tabIndex={tabIndex}
        aria-label={`${shortId(id)}: copy the id ${id}`}
        onClick={(event) => {
          event.stopPropagation()
          void copy()
        }}
        onPointerLeave={() => setIsCopied(false)}
      >
        {shortId(id)}
      </button>
    </Tooltip>
  )
}
