import { type } from '@orpc/contract'
import * as z from 'zod'
import {
  ATTACHABLE_NAMES,
  CONNECTION_COLOURS,
  CONNECTION_NAME_PATTERN,
  type ConnectionCheck,
  type ConnectionEntry,
  type ConnectionList,
  MAX_ADDRESS_LENGTH,
  MAX_CONNECTION_KEY_LENGTH,
} from '../domain/connection.ts'
import { procedure } from './procedure.ts'

const connectionName = z.string().regex(CONNECTION_NAME_PATTERN, 'has 1 to 64 letters, digits, - or _')
const address = z.string().min(1).max(MAX_ADDRESS_LENGTH)
const dialect = z.enum(ATTACHABLE_NAMES).nullable()
/** What can stand in a header. */
const key = z
  .string()
  .min(1)
  .max(MAX_CONNECTION_KEY_LENGTH)
  .regex(/^[\x21-\x7e]+$/, 'has letters, digits and signs of ASCII alone, no spaces')
const colour = z.enum(CONNECTION_COLOURS)
const byName = z.object({ name: connectionName })

/** Brokers elsewhere, as this program keeps them. Keys go in and never come out. */
export const connectionCalls = {
  list: procedure.output(type<ConnectionList>()),
  /** Without a dialect the server is asked, and must be there. */
  add: procedure
    .input(
      z.strictObject({
        name: connectionName,
        address,
        dialect,
        colour,
        isReadOnly: z.boolean(),
        key: key.nullable(),
      }),
    )
    .output(type<ConnectionEntry>()),
  change: procedure
    .input(
      z.strictObject({
        name: connectionName,
        changes: z.strictObject({
          name: connectionName.optional(),
          address: address.optional(),
          dialect: dialect.optional(),
          colour: colour.optional(),
          isReadOnly: z.boolean().optional(),
          key: key.nullable().optional(),
        }),
      }),
    )
    .output(type<ConnectionEntry>()),
  remove: procedure.input(byName).output(type<boolean>()),
  test: procedure
    .input(
      z.strictObject({
        address,
        dialect,
        key: key.nullable().optional(),
        name: connectionName.optional(),
      }),
    )
    .output(type<ConnectionCheck>()),
  /** Attaches now, or tries again at once. */
  open: procedure.input(byName).output(type<ConnectionEntry>()),
  close: procedure.input(byName).output(type<ConnectionEntry>()),
}
