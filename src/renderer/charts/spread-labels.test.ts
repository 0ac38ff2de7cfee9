import { describe, expect, it } from 'vitest'
import { spreadLabels } from './spread-labels.ts'

describe('labels beside lines', () => {
  it('stay where they are wanted while there is room', () => {
    expect(spreadLabels([10, 40, 70], 15, 8, 80)).toEqual([10, 40, 70])
  })

  it('move apart where lines meet, in the order of the lines', () => {
    expect(spreadLabels([40, 42, 44], 15, 8, 80)).toEqual([40, 55, 70])
  })

  it('do not fall off the foot of the chart', () => {
    expect(spreadLabels([78, 79, 80], 15, 8, 80)).toEqual([50, 65, 80])
  })
})
