import sharp from 'sharp'
import { lost } from './lost.ts'

const MAX_INPUT_PIXELS = 40_000_000
/** What cameras and browsers make; SVG and PDF are programs more than pictures. */
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']

export interface Classification {
  readonly category: 'portrait' | 'landscape' | 'square'
  /** In pixels, as it is seen: a turned photo counts as turned. */
  readonly width: number
  readonly height: number
  /** Width by height, to two decimals. */
  readonly aspect_ratio: number
}

/** Looks at the image in a file, without decoding all of it. */
export async function classifyImage(file: string): Promise<Classification & { readonly format: string }> {
  const { format, autoOrient } = await metadataOf(file)
  if (!FORMATS.includes(format))
    throw lost(`An image of the kind '${format}' is not taken; give one of ${FORMATS.join(', ')}.`)
  const { width, height } = autoOrient
  if (width * height > MAX_INPUT_PIXELS)
    throw lost(
      `The image has ${width} × ${height} pixels, which is too many: at most ${MAX_INPUT_PIXELS / 1e6} million.`,
    )
  return { category: categoryOf(width, height), width, height, aspect_ratio: round(width / height), format }
}

async function metadataOf(file: string) {
  try {
    // The limit is ours to tell, in our own words.
    return await sharp(file, { limitInputPixels: false }).metadata()
  } catch (error) {
    throw lost(`The input is no image that can be read: ${(error as Error).message}.`, error)
  }
}

function categoryOf(width: number, height: number): Classification['category'] {
  if (width === height) return 'square'
  return width > height ? 'landscape' : 'portrait'
}

const round = (ratio: number) => Math.round(ratio * 100) / 100
