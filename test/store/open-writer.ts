import { join } from 'node:path'
import { createIds } from '../../src/server/local/store/create-ids.ts'
import { openWritable, type WritableDatabase } from '../../src/server/local/store/open-database.ts'
import {
  type Command,
  type CommandName,
  type CommandParams,
  type CommandValue,
  createWriter,
  type Writer,
} from '../../src/server/local/store/writer.ts'
import { fromRefusal } from '../../src/shared/domain/errors.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export interface OpenWriter extends Disposable {
  readonly db: WritableDatabase
  readonly writer: Writer
  /** One command in a transaction of its own. Throws what it was refused with. */
  run<Name extends CommandName>(name: Name, params: CommandParams<Name>, now: number): CommandValue<Name>
}

/** The writer on a real database, in this thread, so that a test can hold every step. */
export async function openWriter(random: () => number = () => 0.5): Promise<OpenWriter> {
  const folder = temporaryFolder()
  const db = await openWritable(join(folder.path, 'penstock.db'))
  // Durability is not what these tests are about; syncing would only make them slow.
  db.pragma('synchronous = OFF')
  let leases = 0
  const writer = createWriter(db, {
    newId: createIds(() => 0),
    newLeaseToken: () => `lease-${++leases}`,
    random,
  })
  return {
    db,
    writer,
    run(name, params, now) {
      const command: Command = { name, params }
      const reply = writer.commit([command], now).replies[0]!
      if (reply.ok) return reply.value as never
      throw 'refusal' in reply ? fromRefusal(reply.refusal) : new Error(reply.failure)
    },
    [Symbol.dispose]() {
      db.close()
      folder[Symbol.dispose]()
    },
  }
}
