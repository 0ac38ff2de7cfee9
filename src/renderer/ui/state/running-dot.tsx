import styles from './state-pill.module.css'

/** The mark of something running: a dot in a breathing halo. */
export function RunningDot() {
  return <span data-hue="running" className={styles.dot} aria-hidden />
}
