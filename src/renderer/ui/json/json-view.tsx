import { ChevronDown, ChevronRight, Eye, EyeOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { JsonText } from '../../../shared/domain/json.ts'
import { Button } from '../button.tsx'
import { countOf, formatCount } from '../format/count.ts'
import styles from './json-view.module.css'
import { layoutJson, type JsonLine, type JsonToken } from './layout-json.ts'
import { maskSecrets } from './mask-secrets.ts'
import { parseJsonSource, type JsonNode } from './parse-json-source.ts'
import { useSecretWords } from './secret-words.ts'

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
  const words = useSecretWords()
  const root = useMemo(() => tryParse(json), [json])
  const masked = useMemo(() => (root === null ? null : maskSecrets(root, words)), [root, words])
  // Of one payload: the next one is masked again.
  const [revealed, setRevealed] = useState<JsonText | null>(null)
  const isRevealed = revealed === json
  if (root === null || masked === null) {
    return (
      <pre className={styles.view} tabIndex={0} role="region" aria-label={label}>
        {json}
      </pre>
    )
  }
  return (
    <>
      <JsonLines
        key={json}
        label={label}
        root={isRevealed ? root : masked.root}
        foldFromDepth={json.length > FOLD_ABOVE_CHARACTERS ? 2 : Infinity}
      />
      {masked.count > 0 && (
        <Button
          size="small"
          variant="ghost"
          icon={isRevealed ? EyeOff : Eye}
          onClick={() => setRevealed(isRevealed ? null : json)}
        >
          {isRevealed ? 'Hide' : 'Show'} {countOf(masked.count, 'secret')}
        </Button>
      )}
    </>
  )
}

function tryParse(json: JsonText): JsonNode | null {
  try {
    return parseJsonSource(json)
  } catch {
    return null // shown as it is; a broker we attach to may store anything
  }
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
