import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { describeFailure } from '../failure.ts'
import { overlay, useIsShown } from '../overlay-store.ts'
import styles from './close-question.module.css'
import { DESKTOP_SETTINGS_KEY, desktopClient } from './desktop-client.ts'

/** Asked once: what closing the window means. */
export function CloseQuestion() {
  const isAsked = useIsShown('close')
  const isAnswered = useRef(false)
  const queryClient = useQueryClient()
  const tell = useCallback(
    async (choice: 'keep-running' | 'quit' | 'stay') => {
      try {
        await desktopClient?.answerClose({ choice })
        // The answer is kept as a setting, which Settings may be showing behind the question.
        if (choice !== 'stay') await queryClient.invalidateQueries({ queryKey: DESKTOP_SETTINGS_KEY })
      } catch (error) {
        showToast({ tone: 'failure', message: describeFailure(error).message })
      }
    },
    [queryClient],
  )
  const answer = (choice: 'keep-running' | 'quit' | 'stay') => {
    isAnswered.current = true
    overlay.close()
    void tell(choice)
  }
  useEffect(() => {
    if (!isAsked) return
    isAnswered.current = false
    // Something else took its place.
    return () => {
      if (!isAnswered.current) void tell('stay')
    }
  }, [isAsked, tell])
  return (
    <Dialog
      title="Keep Penstock running?"
      isOpen={isAsked}
      onClose={() => answer('stay')}
      footer={
        <>
          <Button onClick={() => answer('quit')}>Quit</Button>
          <Button variant="primary" onClick={() => answer('keep-running')}>
            Keep running
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p>
          Without its window Penstock can go on from the tray: programs reach it, tasks and schedules run.
          Quit, and they wait until it is started again.
        </p>
        <p className={styles.quiet}>Asked once. Settings, “Desktop”, changes it.</p>
      </div>
    </Dialog>
  )
}
