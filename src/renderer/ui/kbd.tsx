import styles from './kbd.module.css'

/** One key, as it is written on it. */
export const Kbd = ({ children }: { readonly children: string }) => (
  <kbd className={styles.kbd}>{children}</kbd>
)
