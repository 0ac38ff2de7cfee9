import { Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Toasts } from '../../ui/toast/toasts.tsx'
import { useBroker } from '../broker-connection.tsx'
import { BulkProgress } from '../bulk/bulk-progress.tsx'
import { AskedConnection } from '../connections/asked-connection.tsx'
import { ConnectionBanner } from '../connections/connection-banner.tsx'
import { ConnectionMark } from '../connections/connection-mark.tsx'
import { CloseQuestion } from '../desktop/close-question.tsx'
import { desktopClient } from '../desktop/desktop-client.ts'
import { DesktopMessages } from '../desktop/desktop-messages.ts'
import { DropZone } from '../drop/drop-zone.tsx'
import { useKeys, type KeyBindings } from '../keys/use-keys.ts'
import { ShortcutsDialog } from '../keys/shortcuts-dialog.tsx'
import { overlay } from '../overlay-store.ts'
import { PAGES } from '../pages.ts'
import { AskedPurge } from '../palette/asked-purge.tsx'
import { Palette } from '../palette/palette.tsx'
import { SubmitDialog } from '../submit/submit-dialog.tsx'
import styles from './frame.module.css'
import { PageGate } from './page-gate.tsx'
import { Rail } from './rail.tsx'

/** The window: rail, strip, page, and what can lie on top. */
export function Frame() {
  const navigate = useNavigate()
  const { id } = useBroker()
  useOtherPagesAtHand()
  const jumps: KeyBindings = Object.fromEntries(
    PAGES.map(({ path, key }) => [`g ${key}`, () => void navigate({ to: path })]),
  )
  useKeys({
    ...jumps,
    'mod+k': () => overlay.open('palette'),
    '?': () => overlay.open('shortcuts'),
    n: () => overlay.openSubmit(),
  })
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip} onClick={skipToContent}>
        Skip to the content
      </a>
      <Rail />
      <div className={styles.content}>
        <ConnectionMark />
        <ConnectionBanner />
        {/* What a page has begun to do is about the broker it was begun on. */}
        <PageGate key={id}>
          <Outlet />
        </PageGate>
        <Toasts>
          <BulkProgress />
        </Toasts>
      </div>
      <Palette />
      <AskedPurge />
      <AskedConnection />
      <SubmitDialog />
      <ShortcutsDialog />
      <DropZone />
      {desktopClient !== null && (
        <>
          <DesktopMessages />
          <CloseQuestion />
        </>
      )}
    </div>
  )
}

/** The hash is the router's, so the link moves the focus itself. */
function skipToContent(event: { preventDefault(): void }) {
  event.preventDefault()
  document.getElementById('content')?.focus()
}

/** Fetches the code of every page once the first one stands, so that changing pages waits for nothing. */
function useOtherPagesAtHand(): void {
  const router = useRouter()
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      for (const { options } of Object.values(router.routesById)) void options.component?.preload?.()
    })
    return () => cancelIdleCallback(idle)
  }, [router])
}
