import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeWindow, type Rectangle } from './window-place.ts'

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 }
const BESIDE = { x: 1440, y: 0, width: 2560, height: 1400 }
const at = (place: Rectangle) => ({ ...place, isMaximized: false })

describe('the place of the window', () => {
  it('is the middle of the first screen at first', () => {
    expect(placeWindow(null, [LAPTOP, BESIDE])).toEqual({ x: 40, y: 33, width: 1360, height: 860 })
  })

  it('is where it was, also on a second screen or partly off one', () => {
    const there = { x: 2000, y: 100, width: 1200, height: 900 }
    expect(placeWindow(at(there), [LAPTOP, BESIDE])).toEqual(there)
    const partly = { x: -700, y: 40, width: 1000, height: 700 }
    expect(placeWindow(at(partly), [LAPTOP])).toEqual(partly)
  })

  it.each([
    ['a screen that is gone', { x: 2000, y: 100, width: 1200, height: 800 }],
    [
      'above the screen, where its title bar cannot be reached',
      { x: 100, y: -300, width: 1200, height: 800 },
    ],
    ['below the screen', { x: 100, y: 890, width: 1200, height: 800 }],
    ['a strip at the side', { x: 1400, y: 100, width: 1200, height: 800 }],
  ])('is not %s', (_where, last) => {
    expect(placeWindow(at(last), [LAPTOP])).toEqual({ x: 120, y: 63, width: 1200, height: 800 })
  })

  it('is no larger than the screen and no smaller than the pages need', () => {
    expect(placeWindow(at({ x: 0, y: 25, width: 4000, height: 3000 }), [LAPTOP])).toEqual(LAPTOP)
    const tiny = placeWindow(at({ x: 10, y: 40, width: 20, height: 10 }), [LAPTOP])
    expect(tiny).toMatchObject({ width: 900, height: 600 })
  })

  it('can always be reached, wherever it was and whatever screens there are', () => {
    const number = fc.integer({ min: -5000, max: 5000 })
    const rectangle = (least: number) =>
      fc.record({
        x: number,
        y: number,
        width: fc.integer({ min: least, max: 5000 }),
        height: fc.integer({ min: least, max: 5000 }),
      })
    fc.assert(
      fc.property(rectangle(1), fc.array(rectangle(600), { minLength: 1, maxLength: 3 }), (last, areas) => {
        const { x, y, width } = placeWindow(at(last), areas)
        const isReached = areas.some(
          (area) =>
            y >= area.y &&
            y < area.y + area.height &&
            Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 160,
        )
        expect(isReached).toBe(true)
      }),
    )
  })

  it('is somewhere even where no screen is known', () => {
    expect(placeWindow(null, [])).toMatchObject({ width: 1360, height: 860 })
  })
})
