import * as z from 'zod'
import type { Json } from '../../shared/domain/json.ts'

/** What a refusal says in words: a text, or, as FastAPI has it for input that it checks, one for each field. */
const detailAnswer = z.object({
  detail: z.union([
    z.string(),
    z
      .array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() }))
      .min(1)
      .transform((issues) => {
        const { loc, msg } = issues[0]!
        return `'${loc.slice(1).join('.')}' is not valid: ${msg}`
      }),
  ]),
  code: z.string().optional(),
})

/** The words of a refusal, and its code where the dialect has codes; null when it is none of this shape. */
export function readDetail(body: Json | null): z.output<typeof detailAnswer> | null {
  const answer = detailAnswer.safeParse(body)
  return answer.success ? answer.data : null
}
