import type { Dialect } from '../../../src/server/dialects/dialect.ts'
import { dtqs } from '../../../src/server/dialects/dtqs/serve.ts'
import { taskmanager } from '../../../src/server/dialects/taskmanager/serve.ts'
import { taskqueue } from '../../../src/server/dialects/taskqueue/serve.ts'

/** All dialects of the port, in the order in which they are served. */
export const PORT_8000: readonly Dialect[] = [dtqs, taskmanager, taskqueue]
