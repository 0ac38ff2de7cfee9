import { classNames } from '../class-names.ts'
import { RunningDot } from './running-dot.tsx'
import styles from './state-pill.module.css'
import { STATE_LOOKS, type ShownState } from './task-state.ts'

/** A task's state as icon and word on its tint. The word is always there: colour alone says nothing. */
export function StatePill({ state }: { readonly state: ShownState }) {
  const { word, icon: Icon, isOutlined } = STATE_LOOKS[state]
  return (
    <span data-hue={state} className={classNames(styles.pill, isOutlined && styles.outlined)}>
      {Icon === null ? <RunningDot /> : <Icon size={12} strokeWidth={2} aria-hidden />}
      <span className={state === 'cancelled' ? styles.struck : undefined}>{word}</span>
    </span>
  )
}

/** The 8 px square that stands for a state in bars and legends; a word and a number go beside it. */
export function StateSwatch({ state }: { readonly state: ShownState }) {
  return <span data-hue={state} className={styles.swatch} aria-hidden />
}
