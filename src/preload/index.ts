import { contextBridge, ipcRenderer } from 'electron'
import {
  BRIDGE_NAME,
  CONNECT_CHANNEL,
  PORT_CHANNEL,
  PORT_MESSAGE_TYPE,
  START_UP_CHANNEL,
  type PenstockBridge,
  type PortMessage,
  type PortService,
} from '../shared/contract/bridge.ts'

// The page gets a port and nothing else of Electron: no channels, no events, no `ipcRenderer`.
ipcRenderer.on(PORT_CHANNEL, (event, service: PortService) => {
  // Only this very document can hear it: `window` is its own. An origin could be checked here, but a
  // custom scheme is not always spelt the same on both sides, and a mismatch would fail in silence.
  const message: PortMessage = { type: PORT_MESSAGE_TYPE, service }
  window.postMessage(message, '*', event.ports)
})

const bridge: PenstockBridge = {
  platform: process.platform,
  connect: (service = 'broker') => ipcRenderer.send(CONNECT_CHANNEL, service),
  startUp: (action) => ipcRenderer.send(START_UP_CHANNEL, action),
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)
