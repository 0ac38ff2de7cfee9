import type { PreloadSettings } from './page-messages.ts'

interface Described {
  readonly function?: number
  readonly object?: Readonly<Record<string, Described>>
  readonly value?: unknown
}

/**
 * The page's half of `contextBridge`: builds frozen copies of what the preload exposes. Runs before the
 * page's own scripts. Sent to the page as text, so it may use nothing from outside itself.
 */
export function mainWorld({ token }: PreloadSettings): void {
  const call = (index: number, args: unknown[]): unknown => {
    let answer: { value?: unknown; error?: string } = {}
    const receive = (event: Event) => {
      answer = JSON.parse((event as CustomEvent<string>).detail) as typeof answer
    }
    window.addEventListener(`${token}-answer`, receive, { once: true })
    window.dispatchEvent(new CustomEvent(`${token}-call`, { detail: JSON.stringify({ index, args }) }))
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer.value
  }
  const build = ({ function: index, object, value }: Described): unknown => {
    if (index !== undefined) return (...args: unknown[]) => call(index, args)
    if (object === undefined) return value
    return Object.freeze(Object.fromEntries(Object.entries(object).map(([key, part]) => [key, build(part)])))
  }
  // The program decides in another process, and here it may only ever refuse.
  window.open = (url = '', frameName = '', features = '') => {
    const detail = JSON.stringify({ url: new URL(url, document.baseURI).href, frameName, features })
    window.dispatchEvent(new CustomEvent(`${token}-open`, { detail }))
    return null
  }
  window.addEventListener(`${token}-expose`, (event) => {
    const { name, api } = JSON.parse((event as CustomEvent<string>).detail) as {
      name: string
      api: Described
    }
    Object.defineProperty(window, name, { value: build(api), enumerable: true })
  })
}
