import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { lifecycle } from './lifecycle.ts'
import type { Menu } from './menu.ts'
import type { StandInImage } from './native-image.ts'
import { standIn } from './stand-in-controls.ts'
import { strict } from './strict.ts'

type TrayApi = { [Name in keyof Pick<Electron.Tray, 'setContextMenu' | 'setToolTip' | 'destroy'>]: unknown }

/** An icon of the tray, which is on no screen: the test reads and clicks it through `standIn.tray`. */
export class Tray extends EventEmitter implements TrayApi {
  menu: Menu | null = null
  toolTip = ''

  constructor(image: StandInImage) {
    super()
    if (!lifecycle.isReady()) throw new Error('Cannot create Tray before app is ready')
    if (image.isEmpty()) throw new Error('Failed to load image')
    const face = strict('Tray', this)
    standIn.tray = face
    return face
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip
  }

  destroy(): void {
    standIn.tray = null
  }
}
