import * as z from 'zod'

export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * A schema as OpenAPI 3.1 writes it.
 * @param direction `input` for what a request may say (before defaults and conversions), `output` for an answer.
 */
export function toJsonSchema(schema: z.ZodType, direction: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => tidy(zodSchema._zod.def, jsonSchema),
  })
  return rest
}

/** Takes out what is true of the machinery and says nothing to a reader. */
function tidy(def: z.core.$ZodTypeDef, schema: Record<string, unknown>): void {
  // A converted value's default is not of the input's type, so Zod leaves it out; ours read the same.
  if (def.type === 'default' && schema['default'] === undefined)
    schema['default'] = (def as z.core.$ZodDefaultDef).defaultValue
  // Digits in a query are text to the router and a number to its reader.
  if (schema['type'] === 'integer') delete schema['pattern']
  if (schema['format'] === 'date-time') delete schema['pattern']
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum']
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum']
  // Unknown fields are ignored in requests, and answers may gain some.
  if (schema['additionalProperties'] === false) delete schema['additionalProperties']
}
