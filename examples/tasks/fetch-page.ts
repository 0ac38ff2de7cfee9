import { createHash } from 'node:crypto'
import { defineTask } from 'penstock/tasks'

/** Fetches a page and tells what it got; knows which failures are worth another try, and when. */
export const fetchPage = defineTask<{ readonly url: string }>({
  name: 'fetch-page',
  timeoutMs: 30_000,
  maxRetries: 5,
  async run({ kwargs: { url } }, context) {
    // The signal ends the request when the task is cancelled or out of time.
    const response = await fetch(url, { signal: context.signal })
    if (!response.ok) throw refusalOf(url, response)
    const text = await response.text()
    return {
      url: response.url,
      status: response.status,
      title: /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim() ?? null,
      sha256: createHash('sha256').update(text).digest('hex'),
    }
  },
})

/** 429 and 503 name the time of the next try, other 4xx allow none, and 5xx are retried as usual. */
function refusalOf(url: string, { status, headers }: Response): Error {
  const error = new Error(`${url} answered ${status}`)
  if (status === 429 || status === 503) {
    const seconds = Number(headers.get('retry-after'))
    return seconds > 0 ? Object.assign(error, { retryAfterMs: seconds * 1000 }) : error
  }
  return status < 500 ? Object.assign(error, { retry: false }) : error
}
