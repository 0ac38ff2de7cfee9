import { ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { foldedText, groupFrames, readTraceback, type Frame, type FrameGroup } from './traceback.ts'
import styles from './traceback-view.module.css'
import { useStatus } from '../../../app/use-status.ts'

/** Where it broke: the author's own frames, those of libraries folded between them. */
export function TracebackView({ traceback }: { readonly traceback: string }) {
  const { data: status } = useStatus()
  const tasksFolder = status?.tasksFolder
  const [isRaw, setIsRaw] = useState(false)
  const groups = useMemo(
    () => groupFrames(readTraceback(traceback, tasksFolder === undefined ? [] : [tasksFolder])),
    [traceback, tasksFolder],
  )
  if (groups.length === 0) return <RawTraceback text={traceback} />
  // Without a frame of the author's there is nothing to see but the libraries.
  const hasAppFrame = groups.some(({ kind }) => kind === 'app')
  return (
    <div className={styles.place}>
      {isRaw ? (
        <RawTraceback text={traceback} />
      ) : (
        <ol className={styles.frames} aria-label="Traceback, innermost first">
          {groups.map((group, index) =>
            group.kind === 'app' ? (
              <FrameLine key={index} frame={group.frame} />
            ) : (
              <LibraryFrames
                key={index}
                group={group}
                isOpenAtFirst={!hasAppFrame && group.frames.length <= 3}
              />
            ),
          )}
        </ol>
      )}
      <Button size="small" variant="ghost" className={styles.toggle} onClick={() => setIsRaw(!isRaw)}>
        {isRaw ? 'Show frames' : 'Show as text'}
      </Button>
    </div>
  )
}

const RawTraceback = ({ text }: { readonly text: string }) => (
  <CodeBlock label="Traceback" className={styles.raw}>
    {text}
  </CodeBlock>
)

function FrameLine({ frame: { name, file, line, code, isLibrary } }: { readonly frame: Frame }) {
  const place = line === null ? file : `${file}:${line}`
  return (
    <li className={styles.frame} data-library={isLibrary}>
      <span className={styles.name}>{name ?? '(top level)'}</span>
      <span className={styles.file} title={place}>
        {place}
      </span>
      {code !== null && <code className={styles.code}>{code}</code>}
    </li>
  )
}

interface LibraryFramesProps {
  readonly group: Extract<FrameGroup, { readonly kind: 'library' }>
  readonly isOpenAtFirst: boolean
}

function LibraryFrames({ group, isOpenAtFirst }: LibraryFramesProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  return (
    <li className={styles.folded}>
      <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <ChevronRight
          size={14}
          strokeWidth={1.75}
          className={isOpen ? styles.turned : undefined}
          aria-hidden
        />
        {foldedText(group)}
      </button>
      {isOpen && (
        <ol>
          {group.frames.map((frame, index) => (
            <FrameLine key={index} frame={frame} />
          ))}
        </ol>
      )}
    </li>
  )
}
