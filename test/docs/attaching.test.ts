import { describe, expect, it } from 'vitest'
import { blankTask } from '../../src/server/attach/blank-task.ts'
import {
  capabilitiesOfServer,
  COVERAGE as ASYNQ_COVERAGE,
} from '../../src/server/dialects/asynq/abilities.ts'
import { dtqsCapabilities, dtqsCoverage } from '../../src/server/dialects/dtqs/abilities.ts'
import * as taskmanager from '../../src/server/dialects/taskmanager/attach.ts'
import { TASKQUEUE_COVERAGE, taskqueueCapabilities } from '../../src/server/dialects/taskqueue/abilities.ts'
import * as turbine from '../../src/server/dialects/turbine/abilities.ts'
import { type Capabilities, CAPABILITY_NAMES, type Coverage } from '../../src/shared/domain/capabilities.ts'
import { readCode, readPage, readSection, readTable } from './read-markdown.ts'

const NO = '–'

/** What servers of a dialect can do, without and with what not all of them have. */
const DIALECTS: Readonly<Record<string, { least: Capabilities; most: Capabilities; coverage: Coverage }>> = {
  turbine: { least: turbine.CAPABILITIES, most: turbine.CAPABILITIES, coverage: turbine.COVERAGE },
  asynq: {
    least: capabilitiesOfServer(false),
    most: capabilitiesOfServer(true),
    coverage: ASYNQ_COVERAGE,
  },
  taskmanager: {
    least: taskmanager.CAPABILITIES,
    most: taskmanager.CAPABILITIES,
    coverage: taskmanager.COVERAGE,
  },
  taskqueue: {
    least: taskqueueCapabilities(false),
    most: taskqueueCapabilities(true),
    coverage: TASKQUEUE_COVERAGE,
  },
  dtqs: {
    least: dtqsCapabilities(false),
    most: dtqsCapabilities(true),
    coverage: dtqsCoverage(false),
  },
}

describe('what docs/dialects.md says of attaching', () => {
  const page = readPage('docs/dialects.md')

  it('is what the dialects say they can do', () => {
    const real = CAPABILITY_NAMES.map((name) => ({
      capability: `\`${name}\``,
      ...Object.fromEntries(
        Object.entries(DIALECTS).map(([dialect, { least, most }]) => [
          dialect,
          least[name] === true ? 'yes' : most[name] === true ? 'some' : NO,
        ]),
      ),
    })).filter(({ capability: _name, ...cells }) => Object.values(cells).some((cell) => cell !== NO))
    expect(readTable(readSection(page, 'What can be done'))).toEqual(real)
  })

  it('is what the dialects take and tell', () => {
    const tasks = Object.keys(blankTask(''))
    const rows = readTable(readSection(page, 'What is taken and told'))
    const listed = rows.map(({ dialect, ...cells }) => [
      dialect,
      Object.fromEntries(Object.entries(cells).map(([head, cell]) => [head, readCode(cell)])),
    ])
    const real = Object.entries(DIALECTS).map(([dialect, { coverage }]) => [
      dialect,
      {
        'a submit takes': coverage.submitFields,
        'lists filter by': coverage.taskFilters,
        'told of a task': tasks.filter(
          (field) => !(coverage.untold.task as readonly string[]).includes(field),
        ),
        'not in lists': coverage.untold.summary,
        'read as the first one': coverage.stateGroups.filter(({ length }) => length > 1).flat(),
      },
    ])
    expect(listed).toEqual(real)
  })
})
