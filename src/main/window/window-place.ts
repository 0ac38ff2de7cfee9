import type { WindowPlace } from '../preferences/preferences.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const MINIMUM_SIZE = { width: 900, height: 600 }
const USUAL_SIZE = { width: 1360, height: 860 }

/** How much of the window's upper edge has to be on a screen, so that it can be taken hold of. */
const GRIP = { width: 160, height: 32 }

/**
 * Where to open the window: where it was, if that can still be seen and reached; else in the middle of
 * the first screen. Never larger than its screen, never smaller than what the pages need.
 *
 * @param workAreas of all screens, the primary one first: without panels and docks
 */
export function placeWindow(last: WindowPlace | null, workAreas: readonly Rectangle[]): Rectangle {
  const [first] = workAreas
  if (first === undefined) return { x: 0, y: 0, ...USUAL_SIZE }
  if (last !== null)
    for (const area of workAreas) {
      const there = { x: last.x, y: last.y, ...fittingSize(last, area) }
      if (isWithinReach(there, area)) return there
    }
  const { width, height } = fittingSize(last ?? USUAL_SIZE, first)
  return {
    x: Math.round(first.x + Math.max(0, first.width - width) / 2),
    y: Math.round(first.y + Math.max(0, first.height - height) / 2),
    width,
    height,
  }
}

type Size = Pick<Rectangle, 'width' | 'height'>

function fittingSize(wanted: Size, area: Size): Size {
  return {
    width: Math.max(MINIMUM_SIZE.width, Math.min(wanted.width, area.width)),
    height: Math.max(MINIMUM_SIZE.height, Math.min(wanted.height, area.height)),
  }
}

function isWithinReach({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return seen >= GRIP.width && y >= area.y && y + GRIP.height <= area.y + area.height
}
