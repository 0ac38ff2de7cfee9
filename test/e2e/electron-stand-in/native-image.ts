import type * as Electron from 'electron'
import { strict } from './strict.ts'

export interface StandInImage {
  readonly png: Buffer
  isEmpty(): boolean
}

/** Images are never drawn here; one that is no PNG is empty, as in Electron. */
export const nativeImage = strict('nativeImage', {
  createFromDataURL(url: string): StandInImage {
    const [, data = ''] = /^data:image\/png;base64,(.*)$/.exec(url) ?? []
    const png = Buffer.from(data, 'base64')
    const isPng = png.subarray(1, 4).toString('latin1') === 'PNG'
    return strict('NativeImage', { png, isEmpty: () => !isPng } satisfies StandInImage &
      Pick<Electron.NativeImage, 'isEmpty'>)
  },
} satisfies { [Name in keyof Pick<typeof Electron.nativeImage, 'createFromDataURL'>]: unknown })
