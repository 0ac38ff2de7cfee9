import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SUITE_PARTS } from './broker-suite.ts'

it.each(['local-broker', 'contract'])('every part of the suite is run for %s', (name) => {
  const files = readdirSync(import.meta.dirname).filter(
    (file) => file.startsWith(`${name}-`) && file.endsWith('.test.ts'),
  )
  expect(files.toSorted()).toEqual(SUITE_PARTS.map((part) => `${name}-${part}.test.ts`).toSorted())
})
