import { JsonDiff } from '../../../ui/json/json-diff.tsx'
import { maskSecrets } from '../../../ui/json/mask-secrets.ts'
import type { JsonNode } from '../../../ui/json/parse-json-source.ts'
import { writeJsonLines } from '../../../ui/json/write-json.ts'
import { letterOf } from './compare-search.ts'
import styles from './compare.module.css'

interface CompareLinesProps {
  readonly title: string
  readonly roots: readonly (JsonNode | null)[]
  readonly words: readonly string[]
}

/** The changes from the first run to each other one, line by line. */
export function CompareLines({ title, roots, words }: CompareLinesProps) {
  const texts = roots.map((root) => (root === null ? '' : writeJsonLines(maskSecrets(root, words).root)))
  return (
    <div className={styles.diffs}>
      {texts.map((text, index) =>
        index === 0 ? null : (
          <JsonDiff
            key={index}
            label={`${title}: from A to ${letterOf(index)}`}
            before={texts[0] ?? ''}
            after={text}
          />
        ),
      )}
    </div>
  )
}
