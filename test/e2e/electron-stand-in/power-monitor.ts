import { EventEmitter } from 'node:events'
import { lifecycle } from './lifecycle.ts'
import { strict } from './strict.ts'

class PowerMonitor extends EventEmitter {
  override on(name: string, listener: (...args: unknown[]) => void): this {
    if (!lifecycle.isReady())
      throw new Error("The 'powerMonitor' module can't be used before the app 'ready' event")
    return super.on(name, listener)
  }
}

/** Tells of nothing by itself: a test emits `suspend` and `resume`. */
export const powerMonitor = strict('powerMonitor', new PowerMonitor())
