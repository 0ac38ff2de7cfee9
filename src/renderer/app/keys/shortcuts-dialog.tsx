import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { overlay, useIsShown } from '../overlay-store.ts'
import { SHORTCUTS } from './shortcuts.ts'
import styles from './shortcuts-dialog.module.css'

export function ShortcutsDialog() {
  const isOpen = useIsShown('shortcuts')
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={overlay.close} width="wide">
      <div className={styles.groups}>
        {SHORTCUTS.map(({ title, entries }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl>
              {entries.map(({ keys, does }) => (
                <div key={does} className={styles.entry}>
                  <dt>{does}</dt>
                  <dd className={styles.keys}>
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
