import sharp from 'sharp'
import { icnsFile, ICNS_SIZES, icoFile, ICO_SIZES, type IconPicture } from './icon-containers.ts'

/** Pictures for Linux, whose desktops choose among files. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const

/** Icons of macOS stand in a margin that others do not have: 824 of 1024 pixels are theirs. */
const MAC_SHARE = 824 / 1024

/** The source's own edge, which 72 dots per inch draw pixel by pixel. */
const SOURCE_SIZE = 20

/**
 * Every icon file of the packages, by its name in `build/icons`, from the one drawing.
 *
 * @param svg square, {@link SOURCE_SIZE} units wide
 */
export async function renderIcons(svg: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const full = (size: number) => render(svg, size, size)
  const inMargin = (size: number) => render(svg, size, Math.round(size * MAC_SHARE))
  const files = new Map<string, Buffer>()
  for (const { size, png } of await Promise.all(LINUX_SIZES.map(full))) files.set(`${size}x${size}.png`, png)
  files.set('icon.ico', icoFile(await Promise.all(ICO_SIZES.map(full))))
  files.set('icon.icns', icnsFile(await Promise.all(ICNS_SIZES.map(inMargin))))
  return files
}

async function render(svg: Buffer, size: number, drawn: number): Promise<IconPicture> {
  const before = Math.floor((size - drawn) / 2)
  const after = size - drawn - before
  const png = await sharp(svg, { density: (72 * drawn) / SOURCE_SIZE })
    .resize(drawn, drawn)
    .extend({ top: before, left: before, bottom: after, right: after, background: 'transparent' })
    .png({ compressionLevel: 9 })
    .toBuffer()
  return { size, png }
}
