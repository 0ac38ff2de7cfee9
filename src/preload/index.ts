import { contextBridge, ipcRenderer } from 'electron'
import {
  BRIDGE_NAME,
  CONNECT_CHANNEL,
  PORT_CHANNEL,
  PORT_MESSAGE,
  START_UP_CHANNEL,
  type PenstockBridge,
} from '../shared/contract/bridge.ts'

// The page gets a port and nothing else of Electron: no channels, no events, no `ipcRenderer`.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  // Only this very document can hear it: `window` is its own. An origin could be checked here, but a
  // custom scheme is not always spelt the same on both sides, and a mismatch would fail in silence.
  window.postMessage(PORT_MESSAGE, '*', event.ports)
})

const bridge: PenstockBridge = {
  platform: process.platform,
  connect: () => ipcRenderer.send(CONNECT_CHANNEL),
  startUp: (action) => ipcRenderer.send(START_UP_CHANNEL, action),
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)
