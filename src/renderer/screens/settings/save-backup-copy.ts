import type { DesktopClient } from '../../app/desktop/desktop-client.ts'
import { describeFailure } from '../../app/failure.ts'
import { showToast } from '../../ui/toast/toast-store.ts'

/** Has the desktop app ask where to, and says what came of it. Never rejects. */
export async function saveBackupCopy(client: DesktopClient, name: string): Promise<void> {
  try {
    const outcome = await client.saveBackupCopy({ name })
    if (outcome.kind === 'saved') showToast({ tone: 'success', message: `A copy is in ${outcome.file}` })
    else if (outcome.kind === 'failed') showToast({ tone: 'failure', message: outcome.message })
  } catch (error) {
    showToast({ tone: 'failure', message: `No copy was saved. ${describeFailure(error).message}` })
  }
}
