import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { renderIcons } from '../../build/render-icons.ts'

const PROJECT = path.join(import.meta.dirname, '../..')
const FOLDER = path.join(PROJECT, 'build', 'icons')
const PNG_START = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Systems round the edges of a drawing differently. */
const MOST_DIFFERENCE = 3

/** Reads the pictures in a container where they are, whatever its directory says. */
function picturesIn(content: Buffer): Buffer[] {
  const starts: number[] = []
  for (let at = content.indexOf(PNG_START); at !== -1; at = content.indexOf(PNG_START, at + 1))
    starts.push(at)
  return starts.map((start) => content.subarray(start, content.indexOf('IEND', start) + 8))
}

async function pixelsOf(png: Buffer): Promise<{ readonly data: Buffer; readonly size: number }> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  expect(info.width).toBe(info.height)
  return { data, size: info.width }
}

describe('the icons of the packages', async () => {
  const rendered = await renderIcons(readFileSync(path.join(PROJECT, 'src/renderer/app/icon.svg')))

  it('are all there, and no others', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual([...rendered.keys()].toSorted())
  })

  it.each([...rendered.keys()])(
    '%s is what the drawing gives: else run node build/make-icons.ts',
    async (name) => {
      const kept = picturesIn(readFileSync(path.join(FOLDER, name)))
      const wanted = picturesIn(rendered.get(name)!)
      expect(kept.length).toBe(wanted.length)
      for (const [index, png] of kept.entries()) {
        const [one, other] = [await pixelsOf(png), await pixelsOf(wanted[index]!)]
        expect(one.size).toBe(other.size)
        const difference = one.data.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - other.data[at]!)),
          0,
        )
        expect(difference).toBeLessThanOrEqual(MOST_DIFFERENCE)
      }
    },
  )

  it('name the size and place of each picture in the container for Windows', () => {
    const icon = rendered.get('icon.ico')!
    const count = icon.readUInt16LE(4)
    const entries = Array.from({ length: count }, (_, index) =>
      icon.subarray(6 + 16 * index, 22 + 16 * index),
    )
    expect(entries.map((entry) => entry[0])).toEqual([16, 24, 32, 48, 64, 128, 0])
    for (const entry of entries) {
      const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)]
      const png = icon.subarray(offset, offset + length)
      expect(png.subarray(0, 8)).toEqual(PNG_START)
      expect(png.readUInt32BE(16) % 256).toBe(entry[0])
    }
  })

  it('name the type and length of each picture in the container for macOS, which stands in a margin', async () => {
    const icon = rendered.get('icon.icns')!
    expect(icon.readUInt32BE(4)).toBe(icon.length)
    const sizes = new Map<string, number>()
    for (let at = 8; at < icon.length; at += icon.readUInt32BE(at + 4))
      sizes.set(icon.toString('latin1', at, at + 4), icon.readUInt32BE(at + 8 + 16))
    expect(Object.fromEntries(sizes)).toEqual({
      icp4: 16,
      icp5: 32,
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic08: 256,
      ic13: 256,
      ic09: 512,
      ic14: 512,
      ic10: 1024,
    })
    const { data, size } = await pixelsOf(picturesIn(icon).at(-1)!)
    const alpha = (x: number, y: number) => data[(y * size + x) * 4 + 3]
    expect([alpha(50, 512), alpha(150, 512)]).toEqual([0, 255])
  })
})
