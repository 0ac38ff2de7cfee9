import type { KeyboardEvent } from 'react'
import { classNames } from '../class-names.ts'
import { Field } from '../field.tsx'
import { highlightJson } from './highlight-json.ts'
import styles from './json-editor.module.css'
import view from './json-view.module.css'

interface JsonEditorProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong, as `Line 2, column 5: …`; see `parseJsonSource`. */
  readonly problem?: string | null | undefined
  readonly hint?: string | undefined
  readonly minLines?: number
  readonly maxLines?: number
}

/** A small JSON editor: a text area with its colours drawn behind it. Grows with its text up to `maxLines`. */
export function JsonEditor({
  label,
  value,
  onChange,
  problem,
  hint,
  minLines = 4,
  maxLines = 16,
}: JsonEditorProps) {
  const keepIndent = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    const area = event.currentTarget
    const line = value.slice(value.lastIndexOf('\n', area.selectionStart - 1) + 1, area.selectionStart)
    const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
    const deeper = /[{[]\s*$/.test(line) ? '  ' : ''
    if (indent + deeper === '') return
    event.preventDefault()
    // The one way to insert that the undo of the text area remembers.
    document.execCommand('insertText', false, `\n${indent}${deeper}`)
  }
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(control) => (
        <div
          className={classNames(styles.editor, control['aria-invalid'] && styles.invalid)}
          style={{
            minHeight: `calc(${minLines} * var(--line-20) + 18px)`,
            maxHeight: `calc(${maxLines} * var(--line-20) + 18px)`,
          }}
        >
          <div className={styles.sheet}>
            <pre className={styles.colours} aria-hidden>
              {highlightJson(value).map(({ kind, text }, index) => (
                <span key={index} className={kind === 'plain' ? undefined : view[kind]}>
                  {text}
                </span>
              ))}
              {'\n'}
            </pre>
            <textarea
              {...control}
              className={styles.area}
              value={value}
              onChange={(event) => onChange(event.target.value)}
              onKeyDown={keepIndent}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
            />
          </div>
        </div>
      )}
    </Field>
  )
}
