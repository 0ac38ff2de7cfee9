/**
 * @typedef {object} Suite
 * @property {string} name one word, to ask for it alone
 * @property {string} file its test
 * @property {string} countVariable what tells the test how much to do
 * @property {string} seedVariable what tells it its dice
 * @property {string} unit what is counted
 * @property {number} total
 * @property {number} slice how many one run does, so that a run takes minutes and a failure is soon told
 */

/** @type {readonly Suite[]} */
export const SUITES = [
  {
    name: 'states',
    file: 'test/store/state-machine.test.ts',
    countVariable: 'STATE_MACHINE_SEQUENCES',
    seedVariable: 'STATE_MACHINE_SEED',
    unit: 'command sequences',
    total: 10_000,
    slice: 2_000,
  },
  {
    name: 'leases',
    file: 'test/store/lease-interleavings.test.ts',
    countVariable: 'LEASE_SEQUENCES',
    seedVariable: 'LEASE_SEED',
    unit: 'interleavings',
    total: 10_000,
    slice: 2_000,
  },
  {
    name: 'vanishing',
    file: 'test/crash/vanishing-workers.test.ts',
    countVariable: 'VANISHING_TASKS',
    seedVariable: 'VANISHING_SEED',
    unit: 'tasks of vanishing workers',
    total: 4_000,
    slice: 1_000,
  },
  {
    name: 'kills',
    file: 'test/crash/kill-under-load.test.ts',
    countVariable: 'KILL_ROUNDS',
    seedVariable: 'KILL_SEED',
    unit: 'kills under load',
    total: 200,
    slice: 50,
  },
]

/**
 * The runs of the suites asked for, all of them by default. Each has a seed of its own, counted up from
 * the first one.
 *
 * @param {readonly string[]} names
 * @param {number} firstSeed
 */
export function planSlices(names, firstSeed) {
  const suites = names.length === 0 ? SUITES : SUITES.filter(({ name }) => names.includes(name))
  const slices = suites.flatMap((suite) => {
    const runs = Math.ceil(suite.total / suite.slice)
    return Array.from({ length: runs }, (_, index) => ({
      suite,
      position: `${index + 1}/${runs}`,
      count: Math.min(suite.slice, suite.total - index * suite.slice),
    }))
  })
  return slices.map((slice, index) => ({ ...slice, seed: firstSeed + index }))
}
