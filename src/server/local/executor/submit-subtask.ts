import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { ATTEMPT_ENDED, type RefusedSubtask, type SubtaskAnswer } from './executor-protocol.ts'

/**
 * Asks the broker for a subtask, over a port of its own, from a thread of the pool.
 * @param send hands the other end of the port to the executor process.
 * Rejects with an error that carries the refusal's `code`.
 */
export async function submitSubtask(send: (replyTo: MessagePort) => void): Promise<{ readonly id: string }> {
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<SubtaskAnswer>((resolve) => {
    port1.once('message', resolve)
    port1.once('close', () => resolve(ATTEMPT_ENDED))
  })
  send(port2)
  const answer = await answered
  port1.close()
  if (answer.ok) return { id: answer.id }
  throw refusal(answer)
}

export function refusal({ code, message }: RefusedSubtask): Error {
  return Object.assign(new Error(message), { name: 'SubmitError', code })
}
