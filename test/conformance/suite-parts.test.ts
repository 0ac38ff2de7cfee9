import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SUITE_PARTS } from './broker-suite.ts'

it('every part of the suite is run for the local broker', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /^local-broker-.*\.test\.ts$/.test(file))
  expect(files.toSorted()).toEqual(SUITE_PARTS.map((part) => `local-broker-${part}.test.ts`).toSorted())
})
