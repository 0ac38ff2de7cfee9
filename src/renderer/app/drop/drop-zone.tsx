import { FileDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { showToast } from '../../ui/toast/toast-store.ts'
import { overlay } from '../overlay-store.ts'
import styles from './drop-zone.module.css'
import { readDropped } from './read-dropped.ts'

/** A file dropped anywhere on the window becomes the input of a task in the submit dialog. */
export function DropZone() {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const end = new AbortController()
    const { signal } = end
    const whileFiles = (act: (event: DragEvent) => void) => (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      // Otherwise the window would go to the file.
      event.preventDefault()
      act(event)
    }
    const handlers = {
      dragenter: whileFiles(() => setIsOver(true)),
      dragover: whileFiles((event) => {
        if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      }),
      // Also sent when the pointer goes from one element to the next: then it goes to one.
      dragleave: whileFiles((event) => event.relatedTarget === null && setIsOver(false)),
      drop: whileFiles((event) => {
        setIsOver(false)
        void fillIn([...(event.dataTransfer?.files ?? [])])
      }),
    }
    for (const [name, handler] of Object.entries(handlers))
      document.addEventListener(name as keyof typeof handlers, handler, { signal })
    return () => end.abort()
  }, [])
  if (!isOver) return null
  return (
    <div className={styles.zone} role="status">
      <FileDown size={20} strokeWidth={1.5} aria-hidden />
      Drop it to submit a task with its content
    </div>
  )
}

async function fillIn(files: readonly File[]): Promise<void> {
  const reading = await readDropped(files)
  if ('problem' in reading) showToast({ tone: 'failure', message: reading.problem })
  else overlay.openSubmit({ input: reading.input })
}
