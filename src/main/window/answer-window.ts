import path from 'node:path'
import { FAILURE_PATH } from '../app-scheme.ts'
import { answerWithFailure, answerWithFailureScript, FAILURE_SCRIPT_PATH } from '../failure-page.ts'
import type { StartFailure } from '../start/describe-failure.ts'
import { serveFilesOf, type WindowRequestHandler } from '../window-files.ts'

/**
 * Everything under the window's own scheme: its files, and the page of a failed start.
 * @param outFolder folder of the build
 * @param failure null while there is none
 */
export function answerWindow(outFolder: string, failure: () => StartFailure | null): WindowRequestHandler {
  const answerWithFile = serveFilesOf(path.join(outFolder, 'renderer'))
  return async (request) => {
    const { pathname } = new URL(request.url)
    const shown = failure()
    if (pathname === FAILURE_SCRIPT_PATH) return answerWithFailureScript()
    return pathname === FAILURE_PATH && shown !== null ? answerWithFailure(shown) : answerWithFile(request)
  }
}
