import sharp from 'sharp'
import { lost } from './lost.ts'

/** What an ending stands for; without one the input's own format is kept. */
const FORMAT_OF_ENDING = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  tif: 'tiff',
  tiff: 'tiff',
  avif: 'avif',
} as const
export type OutputFormat = (typeof FORMAT_OF_ENDING)[keyof typeof FORMAT_OF_ENDING]

export const MAX_SCALE = 4
const MAX_OUTPUT_PIXELS = 80_000_000
const QUALITY = 90

/** The format to write, by the ending of where it goes. */
export function outputFormat(ending: string, inputFormat: string): OutputFormat {
  if (ending === '') return Object.values(FORMAT_OF_ENDING).find((format) => format === inputFormat) ?? 'png'
  if (ending in FORMAT_OF_ENDING) return FORMAT_OF_ENDING[ending as keyof typeof FORMAT_OF_ENDING]
  throw lost(
    `An image cannot be written as '.${ending}'; end the output with one of .${Object.keys(FORMAT_OF_ENDING).join(', .')}.`,
  )
}

export interface Enlargement {
  readonly width: number
  readonly height: number
  readonly format: OutputFormat
}

/** Enlarges the image in `file` into `target` by `scale`, sharpened a little, as it loses crispness. */
export async function enlargeImage(
  file: string,
  target: string,
  { width, height, scale, format }: Enlargement & { readonly scale: number },
): Promise<Enlargement> {
  const wanted = { width: Math.round(width * scale), height: Math.round(height * scale) }
  if (wanted.width * wanted.height > MAX_OUTPUT_PIXELS)
    throw lost(
      `Enlarged ${scale} times it would have ${wanted.width} × ${wanted.height} pixels, which is too many: at most ${MAX_OUTPUT_PIXELS / 1e6} million. Choose a smaller scale.`,
    )
  try {
    const info = await sharp(file)
      .autoOrient()
      .resize({ ...wanted, fit: 'fill', kernel: 'lanczos3' })
      .sharpen({ sigma: 0.6 })
      .toFormat(format, format === 'png' ? {} : { quality: QUALITY })
      .toFile(target)
    return { width: info.width, height: info.height, format }
  } catch (error) {
    throw lost(`The image cannot be enlarged: ${(error as Error).message}.`, error)
  }
}
