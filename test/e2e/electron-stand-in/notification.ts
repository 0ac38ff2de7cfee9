import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { lifecycle } from './lifecycle.ts'
import { preventable } from './preventable.ts'
import { standIn } from './stand-in-controls.ts'

type Options = Pick<Electron.NotificationConstructorOptions, 'title' | 'body' | 'actions'>

/** A notification on no screen: the test reads and presses it through `standIn.notifications`. */
export class Notification extends EventEmitter implements Pick<Electron.Notification, 'show'> {
  readonly #options: Options

  constructor(options: Options = {}) {
    super()
    if (!lifecycle.isReady()) throw new Error('Cannot create Notification before app is ready')
    this.#options = options
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    const { title = '', body = '', actions = [] } = this.#options
    const labels = actions.map(({ text = '' }) => text)
    standIn.notifications.push({
      title,
      body,
      actions: labels,
      click: () => void this.emit('click', preventable({})),
      press: (action) => {
        const actionIndex = labels.indexOf(action)
        if (actionIndex < 0) throw new Error(`the notification has no button ${action}`)
        this.emit('action', preventable({ actionIndex, selectionIndex: -1 }), actionIndex, -1)
      },
    })
  }
}
