import { describe, expect, it } from 'vitest'
import { decideClose, type CloseSituation } from './decide-close.ts'

const ASKED: CloseSituation = {
  platform: 'linux',
  choice: 'ask',
  isQuitting: false,
  isEngineRunning: true,
  canAsk: true,
  isAsking: false,
}

describe('closing the window', () => {
  it('asks once what it means, and then means that', () => {
    expect(decideClose(ASKED)).toBe('ask')
    expect(decideClose({ ...ASKED, choice: 'keep-running' })).toBe('hide')
    expect(decideClose({ ...ASKED, choice: 'quit' })).toBe('close')
  })

  it('closes when there is nobody to ask, or the question is closed away', () => {
    expect(decideClose({ ...ASKED, canAsk: false })).toBe('close')
    expect(decideClose({ ...ASKED, isAsking: true })).toBe('close')
  })

  it('closes while quitting and where no broker runs, whatever was chosen', () => {
    for (const choice of ['ask', 'keep-running', 'quit'] as const) {
      expect(decideClose({ ...ASKED, choice, isQuitting: true })).toBe('close')
      expect(decideClose({ ...ASKED, choice, isEngineRunning: false })).toBe('close')
    }
  })

  it('leaves the program running on macOS without a question', () => {
    expect(decideClose({ ...ASKED, platform: 'darwin' })).toBe('hide')
    expect(decideClose({ ...ASKED, platform: 'darwin', choice: 'quit' })).toBe('close')
  })
})
