/** After a stream that broke; the app is in the same computer. */
const AGAIN_MS = 500

export interface FollowOptions<Message> {
  open(): Promise<AsyncIterable<Message>>
  onMessage(message: Message): void
  readonly signal: AbortSignal
}

/** Reads messages until the signal: a stream that ends or breaks is opened again. Never rejects. */
export async function followMessages<Message>({
  open,
  onMessage,
  signal,
}: FollowOptions<Message>): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const message of await open()) if (!signal.aborted) onMessage(message)
    } catch {
      // Said again by the next try, or nobody is there to hear it.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}
