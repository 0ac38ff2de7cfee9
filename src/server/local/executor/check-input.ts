import type { InputSchema } from '../../../tasks/api.ts'

/** As it was given, or as a schema made it. */
export interface Input {
  readonly args: unknown
  readonly kwargs: unknown
}

/** Most problems that are named, and characters that are told of them. */
const MAX_ISSUES = 5
const MAX_CHARACTERS = 2000

/** A refusal of the input is not worth a retry: the same input would be refused again. */
export function checkInput(schema: InputSchema | null, input: Input): Input {
  if (schema === null) return input
  try {
    return { ...input, ...(schema.parse(input) as object) }
  } catch (error) {
    const refusal = new Error(error instanceof Error ? error.message : String(error), { cause: error })
    refusal.name = 'InvalidInputError'
    throw Object.assign(refusal, { retry: false })
  }
}

/** What a schema has against an input, for people; null when it takes it. */
export function refusalOf(schema: InputSchema | null, input: Input): string | null {
  if (schema === null) return null
  try {
    schema.parse(input)
    return null
  } catch (error) {
    return textOf(error).slice(0, MAX_CHARACTERS)
  }
}

/** Schema libraries list their issues, each with a path; what else is thrown has a message or is one. */
function textOf(error: unknown): string {
  const issues = (error as { readonly issues?: unknown } | null)?.issues
  if (!Array.isArray(issues) || issues.length === 0)
    return error instanceof Error ? error.message : String(error)
  const named = issues.slice(0, MAX_ISSUES).map((issue: { path?: unknown; message?: unknown } | null) => {
    const path = Array.isArray(issue?.path) ? issue.path.map(String).join('.') : ''
    return path === '' ? String(issue?.message) : `${path}: ${String(issue?.message)}`
  })
  const more = issues.length > MAX_ISSUES ? `; and ${issues.length - MAX_ISSUES} more` : ''
  return `${named.join('; ')}${more}`
}
