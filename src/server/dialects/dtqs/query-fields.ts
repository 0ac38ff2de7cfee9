import * as z from 'zod'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import { wholeNumber } from '../read-input.ts'

/** A parameter given empty is as not given. */
export const optionalParameter = <Field extends z.ZodType>(field: Field) =>
  z.preprocess((value) => (value === '' ? undefined : value), field.optional()).optional()

export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(', ')}`)

export const flag = oneOf(['true', 'false']).transform((word) => word === 'true')

const DEFAULT_LIMIT = 50

const size = wholeNumber.refine(
  (count) => count >= 1 && count <= MAX_PAGE_SIZE,
  `must be 1 to ${MAX_PAGE_SIZE}`,
)

export const limitOf = (byDefault: number) => optionalParameter(size).transform((limit) => limit ?? byDefault)
export const limit = limitOf(DEFAULT_LIMIT)
export const offset = optionalParameter(wholeNumber).transform((count) => count ?? 0)

export const pageQuery = z.object({ limit, offset })
export type Page = z.output<typeof pageQuery>

/** A page of a list, under its own name and, as the section on pagination has it, under `data`. */
export function toPage<const Name extends string, Item>(
  name: Name,
  items: readonly Item[],
  { total, limit, offset }: Page & { readonly total: number },
) {
  // The one key whose name is not known here.
  const named = { [name]: items } as Record<Name, readonly Item[]>
  return { total, limit, offset, ...named, data: items }
}

/** The same, of a list that is at hand as a whole. */
export function pageOf<const Name extends string, Item>(name: Name, items: readonly Item[], page: Page) {
  const { limit, offset } = page
  return toPage(name, items.slice(offset, offset + limit), { ...page, total: items.length })
}
