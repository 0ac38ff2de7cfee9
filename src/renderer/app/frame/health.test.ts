import { describe, expect, it } from 'vitest'
import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import { askHealthAfterMs, describeHealth } from './health.ts'

const degraded: BrokerHealth = {
  status: 'degraded',
  startedAt: 0,
  components: [
    { name: 'store', isHealthy: true, detail: null },
    { name: 'executor', isHealthy: false, detail: 'restarting' },
  ],
}

describe('the health pill', () => {
  it('names the part that is in trouble', () => {
    expect(describeHealth({ status: 'live' }, degraded)).toEqual({
      tone: 'warning',
      word: 'Degraded',
      detail: 'executor: restarting',
    })
  })

  it('does not repeat old news while the connection is lost', () => {
    expect(describeHealth({ status: 'lost', since: 0 }, degraded).word).toBe('Reconnecting')
  })

  it('believes a broker that has not spoken about itself yet', () => {
    expect(describeHealth({ status: 'live' }, undefined)).toEqual({
      tone: 'good',
      word: 'Connected',
      detail: null,
    })
  })

  it('looks again sooner at what is in trouble than at what is well', () => {
    const well = { ...degraded, status: 'healthy' } as const

    expect(askHealthAfterMs(degraded)).toBeLessThan(askHealthAfterMs(well))
    expect(askHealthAfterMs(undefined)).toBe(askHealthAfterMs(well))
  })
})
