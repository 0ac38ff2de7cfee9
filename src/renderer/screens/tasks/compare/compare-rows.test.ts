import { expect, test } from 'vitest'
import { aTask } from '../task-fixture.ts'
import { factRows } from './compare-rows.ts'

const runs = [aTask({ priority: 5, attempt: 1 }), aTask({ priority: 8, attempt: 1 })]
const rowOf = (label: string, untold: Parameters<typeof factRows>[1]) =>
  factRows(runs, untold).find((row) => row.label === label)

test('what is known of the runs is held against the first', () => {
  expect(rowOf('Priority', [])).toMatchObject({
    differs: true,
    isTold: true,
    cells: [{ text: '5' }, { text: '8' }],
  })
  expect(rowOf('Attempts', [])).toMatchObject({ differs: false, isTold: true })
})

test('what the broker does not tell is said to be that, and is no difference', () => {
  const untold = { differs: false, isTold: false, cells: [{ text: null }, { text: null }] }
  expect(rowOf('Priority', ['priority', 'workerId'])).toMatchObject(untold)
  expect(rowOf('Worker', ['priority', 'workerId'])).toMatchObject(untold)
  expect(rowOf('Attempts', ['priority', 'workerId'])).toMatchObject({ isTold: true })
})
