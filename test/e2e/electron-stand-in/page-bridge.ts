import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright'
import { mainWorld } from './main-world.ts'
import type { FromPreload, PreloadSettings, ToPreload } from './page-messages.ts'
import { preloadWorld } from './preload-world.ts'

/** One document of a window's top frame, as its preload's world is reached. */
export interface PageDocument {
  deliver(message: ToPreload): void
}

export interface PageListener {
  onMessage(document: PageDocument, message: FromPreload): void
  /** The document was left, reloaded or closed. */
  onGone(document: PageDocument): void
}

const WORLD = 'Electron Isolated Context'

/** Gives every document of a page the preload in a world of its own, and carries messages both ways. */
export async function bridgePage(
  page: Page,
  preloadFile: string | undefined,
  listener: PageListener,
): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  const settings: PreloadSettings = {
    binding: 'electronStandInTell',
    receiver: 'electronStandInReceive',
    token: randomUUID(),
    platform: process.platform,
  }
  const documents = new Map<number, PageDocument>()

  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name !== WORLD) return
    documents.set(context.id, {
      deliver(message) {
        const expression = `${settings.receiver}(${JSON.stringify(JSON.stringify(message))})`
        // The document may be gone by now, and its listener will be told.
        session.send('Runtime.evaluate', { contextId: context.id, expression }).catch(() => undefined)
      },
    })
  })
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    const document = documents.get(executionContextId)
    if (name !== settings.binding || document === undefined) return
    listener.onMessage(document, JSON.parse(payload) as FromPreload)
  })
  const forget = (id: number) => {
    const document = documents.get(id)
    documents.delete(id)
    if (document !== undefined) listener.onGone(document)
  }
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => forget(executionContextId))
  session.on('Runtime.executionContextsCleared', () => [...documents.keys()].forEach(forget))
  page.on('close', () => [...documents.keys()].forEach(forget))

  await session.send('Page.enable')
  await session.send('Runtime.enable')
  if (preloadFile !== undefined) {
    const preload = `function (require, module, exports, process) {${readFileSync(preloadFile, 'utf8')}\n}`
    const given = JSON.stringify(settings)
    await session.send('Runtime.addBinding', { name: settings.binding, executionContextName: WORLD })
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${mainWorld.toString()})(${given})`,
    })
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${preloadWorld.toString()})(${given}, ${preload})`,
      worldName: WORLD,
    })
  }
  return session
}
