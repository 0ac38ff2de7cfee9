import { shell, type WebContents } from 'electron'
import { isAppUrl } from './app-scheme.ts'
import { mayOpenOutside } from './external-links.ts'

/** A page stays where it is: it neither leaves its origin, nor opens windows, nor holds a webview. */
export function hardenWebContents(contents: WebContents): void {
  const keepInside = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', keepInside)
  contents.on('will-redirect', keepInside)
  contents.on('will-frame-navigate', keepInside)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}
