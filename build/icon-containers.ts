/** One square picture of an icon, as PNG. */
export interface IconPicture {
  /** Edge in pixels. */
  readonly size: number
  readonly png: Buffer
}

/** The pictures that a Windows icon has. */
export const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256] as const

/** What macOS calls a picture of each size; those of double density have names of their own. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/** The pictures that an icon of macOS has. */
export const ICNS_SIZES: readonly number[] = Object.keys(ICNS_TYPES).map(Number)

/**
 * A Windows icon (.ico): a header, a directory of 16 bytes a picture, the pictures. PNG inside is read
 * since Windows Vista.
 */
export function icoFile(pictures: readonly IconPicture[]): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = 6 + 16 * pictures.length
  const directory = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16)
    // 256 does not fit, and is written as 0.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...directory, ...pictures.map(({ png }) => png)])
}

/** An icon of macOS (.icns): chunks with a name and their length, PNG inside. */
export function icnsFile(pictures: readonly IconPicture[]): Buffer {
  const chunks = pictures.flatMap(({ size, png }) =>
    (ICNS_TYPES[size] ?? []).map((type) => icnsChunk(type, png)),
  )
  return icnsChunk('icns', Buffer.concat(chunks))
}

function icnsChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}
