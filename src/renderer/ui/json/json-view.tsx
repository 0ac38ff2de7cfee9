import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { JsonText } from '../../../shared/domain/json.ts'
import { Button } from '../button.tsx'
import { formatCount } from '../format/count.ts'
import styles from './json-view.module.css'
import { layoutJson, type JsonLine, type JsonToken } from './layout-json.ts'
import { maskInText } from './mask-in-text.ts'
import { maskSecrets } from './mask-secrets.ts'
import { parseJsonSource, type JsonNode } from './parse-json-source.ts'
import { RevealButton, useReveal } from './secret-reveal.tsx'

interface JsonViewProps {
  readonly label: string
  readonly json: JsonText
}

/** Text longer than this starts folded from the second level on. */
const FOLD_ABOVE_CHARACTERS = 20_000
const LINES_AT_ONCE = 500
/** A single text longer than this is cut until the reader asks for the rest. */
const LONG_TEXT = 2_000

const CLASS_OF_KIND = {
  key: styles.key,
  string: styles.string,
  number: styles.number,
  literal: styles.literal,
  punctuation: undefined,
} as const

/**
 * A payload as it was written, in lines that fold. Keys, texts and numbers are shown byte for byte; what the
 * reader's settings call a secret is shown when asked for.
 */
export function JsonView({ label, json }: JsonViewProps) {
  // Of one payload: the next one is masked again.
  const { secretWords, isRevealed, toggle } = useReveal(json)
  const payload = useMemo(() => readMasked(json, secretWords), [json, secretWords])
  return (
    <>
      {payload.root === null ? (
        <pre className={styles.view} tabIndex={0} role="region" aria-label={label}>
          {isRevealed ? json : payload.masked}
        </pre>
      ) : (
        <JsonLines
          key={json}
          label={label}
          root={isRevealed ? payload.root : payload.masked}
          foldFromDepth={json.length > FOLD_ABOVE_CHARACTERS ? 2 : Infinity}
        />
      )}
      {payload.count > 0 && <RevealButton count={payload.count} isRevealed={isRevealed} onToggle={toggle} />}
    </>
  )
}

interface Payload {
  readonly root: JsonNode
  readonly masked: JsonNode
  readonly count: number
}

/** What a broker that we attach to has stored may be no JSON: that is shown as text. */
interface PlainPayload {
  readonly root: null
  readonly masked: string
  readonly count: number
}

function readMasked(json: JsonText, words: readonly string[]): Payload | PlainPayload {
  let root: JsonNode
  try {
    root = parseJsonSource(json)
  } catch {
    const { text, count } = maskInText(json, words)
    return { root: null, masked: text, count }
  }
  const { root: masked, count } = maskSecrets(root, words)
  return { root, masked, count }
}

function JsonLines(props: {
  readonly label: string
  readonly root: JsonNode
  readonly foldFromDepth: number
}) {
  const { label, root, foldFromDepth } = props
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [shown, setShown] = useState(LINES_AT_ONCE)
  const lines = useMemo(() => layoutJson(root, { toggled, foldFromDepth }), [root, toggled, foldFromDepth])
  const toggle = (path: string) => {
    const next = new Set(toggled)
    if (!next.delete(path)) next.add(path)
    setToggled(next)
  }
  return (
    <div className={styles.view} tabIndex={0} role="region" aria-label={label}>
      {lines.slice(0, shown).map((line) => (
        <Line key={line.path} line={line} onToggle={toggle} />
      ))}
      {lines.length > shown && (
        <Button size="small" variant="ghost" onClick={() => setShown(shown + LINES_AT_ONCE * 4)}>
          {formatCount(lines.length - shown)} more lines
        </Button>
      )}
    </div>
  )
}

function Line({ line, onToggle }: { readonly line: JsonLine; readonly onToggle: (path: string) => void }) {
  const { path, depth, tokens, fold } = line
  return (
    <div className={styles.line} style={{ paddingLeft: `${depth * 2 + 2}ch` }}>
      {fold !== null && (
        <button
          type="button"
          className={styles.fold}
          style={{ left: `${depth * 2}ch` }}
          aria-label={fold === 'open' ? 'Fold' : 'Unfold'}
          aria-expanded={fold === 'open'}
          onClick={() => onToggle(path)}
        >
          {fold === 'open' ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
        </button>
      )}
      {tokens.map((token, index) => (
        <Token key={index} token={token} />
      ))}
    </div>
  )
}

function Token({ token: { kind, text } }: { readonly token: JsonToken }) {
  const [isWhole, setIsWhole] = useState(false)
  const isCut = text.length > LONG_TEXT && !isWhole
  return (
    <span className={CLASS_OF_KIND[kind]}>
      {isCut ? text.slice(0, LONG_TEXT) : text}
      {isCut && (
        <button type="button" className={styles.more} onClick={() => setIsWhole(true)}>
          … {formatCount(text.length - LONG_TEXT)} more characters
        </button>
      )}
    </span>
  )
}
