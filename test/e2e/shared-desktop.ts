import { test } from '@playwright/test'
import type { DesktopApp } from './desktop-app.ts'
import { launch, noteShell } from './launch.ts'
import { openTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts'

/** One desktop app for all tests of a file, on folders of its own and a port that the system picks. */
export function shareDesktop({ args = [] }: { readonly args?: readonly string[] } = {}): () => DesktopApp {
  let desktop: DesktopApp | null = null
  let folder: TemporaryFolder | null = null
  test.beforeAll(async () => {
    folder = await openTemporaryFolder()
    desktop = await launch({ userData: folder.path, args: ['--listen', '0=turbine,asynq', ...args] })
  })
  test.beforeEach(() => noteShell())
  test.afterAll(async () => {
    await desktop?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })
  return () => desktop!
}
