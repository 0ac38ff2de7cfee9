import path from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { TRAY_ICON_PNG_BASE64 } from './tray-icon.ts'

const DRAWN = path.join(import.meta.dirname, '..', '..', 'renderer', 'app', 'icon.svg')

it('the icon of the tray is the one of the window, 32 pixels wide', async () => {
  const icon = sharp(Buffer.from(TRAY_ICON_PNG_BASE64, 'base64'))
  expect(await icon.metadata()).toMatchObject({ format: 'png', width: 32, height: 32, hasAlpha: true })
  const drawn = await sharp(DRAWN, { density: 400 }).resize(32, 32).ensureAlpha().raw().toBuffer()
  const pixels = await icon.ensureAlpha().raw().toBuffer()
  // Another version of the drawing library may round a shade differently.
  const apart = drawn.reduce((most, value, index) => Math.max(most, Math.abs(value - pixels[index]!)), 0)
  expect(apart).toBeLessThan(8)
})
