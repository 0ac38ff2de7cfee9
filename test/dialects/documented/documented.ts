import { documentedAsynq } from './asynq.ts'
import type { DocumentedDialect } from './documented-dialect.ts'
import { documentedDtqs } from './dtqs.ts'
import { documentedTaskmanager } from './taskmanager.ts'
import { documentedTaskqueue } from './taskqueue.ts'
import { documentedTurbine } from './turbine.ts'

/** Every dialect whose document is in operations.json. */
export const DOCUMENTED: readonly DocumentedDialect[] = [
  documentedTurbine,
  documentedAsynq,
  documentedDtqs,
  documentedTaskmanager,
  documentedTaskqueue,
]
