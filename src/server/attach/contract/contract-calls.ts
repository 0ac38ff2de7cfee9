import { ORPCError } from '@orpc/client'
import type * as z from 'zod'
import type { AnswerOrigin } from '../../../shared/domain/resilience.ts'
import { BrokerError, isBrokerError } from '../../../shared/domain/errors.ts'
import { AttachError, isAttachError } from '../attach-error.ts'
import type { CallRules } from '../call-rules.ts'
import { checkAnswer } from '../parse-answer.ts'
import { answerOrigin } from './answers/system-answers.ts'
import type { CallContext, ContractClient } from './contract-link.ts'
import { toBrokerError } from './refusal-answer.ts'

type Call = (
  client: ContractClient,
  options: { readonly signal?: AbortSignal; readonly context: CallContext },
) => Promise<unknown>

export interface ContractCalls {
  /** Asks for something. Tried again when the way there fails; the answer is checked. */
  read<Value>(what: string, schema: z.ZodType<Value>, call: Call): Promise<Value>
  /** Has something done. Never tried again; when no answer comes, the refusal says that it is not known. */
  write<Value>(what: string, schema: z.ZodType<Value>, call: Call): Promise<Value>
  /** Calls wait for what is being started, so that they come after it. */
  startFirst(starting: Promise<unknown>): void
  /** Of an answer of this object. */
  originOf(answer: object): AnswerOrigin
  toRefusal(error: unknown): Error
}

export interface ContractCallsOptions {
  readonly client: ContractClient
  readonly rules: CallRules
  readonly shown: string
}

export function createContractCalls({ client, rules, shown }: ContractCallsOptions): ContractCalls {
  const origins = new WeakMap<object, AnswerOrigin>()

  async function ask<Value>(what: string, schema: z.ZodType<Value>, call: Call, context: CallContext) {
    let origin: string | null = null
    const onOrigin = (text: string) => {
      origin = text
    }
    let retryAfterMs: number | null = null
    const onRetryAfter = (ms: number) => {
      retryAfterMs = ms
    }
    try {
      const answer = await call(client, { context: { ...context, onOrigin, onRetryAfter } })
      const checked = checkAnswer(schema, answer, { what, shown })
      if (origin !== null && typeof checked === 'object' && checked !== null)
        origins.set(checked, readOrigin(origin))
      return checked
    } catch (error) {
      throw toRefusal(error, retryAfterMs)
    }
  }

  function readOrigin(text: string): AnswerOrigin {
    try {
      return checkAnswer(answerOrigin, JSON.parse(text), { what: 'the origin of an answer', shown })
    } catch (error) {
      if (isAttachError(error)) throw error
      throw new AttachError('bad_answer', `${shown} says of an answer's origin something that is not JSON.`)
    }
  }

  function toRefusal(error: unknown, retryAfterMs: number | null = null): Error {
    if (isBrokerError(error)) return error
    if (error instanceof ORPCError) {
      const refusal = error.code === 'REFUSED' ? toBrokerError(error.data, error.message) : null
      if (refusal !== null) return refusal
      if (error.status === 403)
        return new AttachError('refused', `${shown} refuses requests from here (403).`)
      if (error.status === 503 || error.status === 429)
        return new AttachError('failing', `${shown} is not available now (${error.status}).`, {
          retryAfterMs,
        })
      if (error.code === 'INTERNAL_SERVER_ERROR')
        return new BrokerError('INTERNAL_ERROR', `Something failed inside ${shown}. Its log says what.`, {})
      return new AttachError('bad_answer', `${shown} answers with ${error.status}, which is not understood.`)
    }
    return new AttachError('bad_answer', `${shown} answers with something that cannot be read.`)
  }

  return {
    read: (what, schema, call) => rules.read(() => ask(what, schema, call, {})),
    write: (what, schema, call) => rules.write((limits) => ask(what, schema, call, { limits })),
    startFirst: rules.startFirst,
    originOf: (answer) => origins.get(answer) ?? { kind: 'live' },
    toRefusal,
  }
}
