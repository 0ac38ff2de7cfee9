/**
 * What the desktop app adds to the window's page as `window.penstock`; absent in a browser, where the
 * page calls `/rpc` of its own origin instead.
 */
export interface PenstockBridge {
  /** The operating system, as Node names it: `darwin`, `win32`, `linux` … */
  readonly platform: string
  /**
   * Asks for a port that speaks the contract, of the local broker or of a connection by its name, or, with
   * `desktop`, the one of the desktop app itself. It
   * arrives as a message event on `window`, from `window`, with a {@link PortMessage} as data and the port
   * in `event.ports`. Asking again ends the port before.
   */
  connect(service?: PortService): void
  /** For the page that is shown when Penstock could not start: what its buttons ask for. */
  startUp(action: StartUpAction): void
}

/** What can be done after a start that failed. */
export const START_UP_ACTIONS = [
  'try-again',
  'choose-data-folder',
  'choose-tasks-folder',
  'open-data-folder',
  'quit',
] as const
export type StartUpAction = (typeof START_UP_ACTIONS)[number]

/** The name under which the bridge is found on the page's `window`. */
export const BRIDGE_NAME = 'penstock'

/** What a port speaks: the contract of the local broker, of a broker elsewhere, or that of the desktop app. */
export const PORT_SERVICES = ['broker', 'desktop'] as const
/** Before the name of a connection. */
export const CONNECTION_SERVICE = 'connection/'
export type PortService = (typeof PORT_SERVICES)[number] | `${typeof CONNECTION_SERVICE}${string}`

/** Data of the message event that brings the page its port. */
export interface PortMessage {
  readonly type: typeof PORT_MESSAGE_TYPE
  readonly service: PortService
}
export const PORT_MESSAGE_TYPE = 'penstock:port'

/** Between preload and main: the page asks for a service, and its port is brought with the service's name. */
export const CONNECT_CHANNEL = 'penstock:connect'
export const PORT_CHANNEL = 'penstock:port'

/** From the page of a failed start to main: one of {@link START_UP_ACTIONS}. */
export const START_UP_CHANNEL = 'penstock:start-up'
