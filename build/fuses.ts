import { flipFuses, FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses'

type FuseName = keyof typeof FuseV1Options

/**
 * Every fuse of the Electron we ship, decided. A new one in `@electron/fuses` does not compile until it
 * is decided here; one that only the binary knows makes the packaging fail.
 */
export const FUSES = {
  /** Else ELECTRON_RUN_AS_NODE turns the signed program into a Node that runs anybody's script. */
  RunAsNode: false,
  /** One way: what was encrypted is not read by a build without. */
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  /** --inspect would let any program of the user debug the main process. Playwright needs it, too. */
  EnableNodeCliInspectArguments: false,
  /** macOS and Windows only; files outside of the archive are not covered. */
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  /** The window has a scheme of its own. */
  GrantFileProtocolExtraPrivileges: false,
  /** As Electron has it: the processor checks the bounds of WebAssembly's memory, which is faster. */
  WasmTrapHandlers: true,
} as const satisfies Readonly<Record<FuseName, boolean>>

/**
 * Sets all fuses in a binary. To be done before it is signed.
 *
 * @param executable the program; on macOS the `.app` folder
 * @throws Error when there is no fuse wire in it, or one with fuses that are not decided here.
 */
export async function setFuses(executable: string): Promise<void> {
  const decided = Object.fromEntries(
    Object.entries(FUSES).map(([name, isOn]) => [FuseV1Options[name as FuseName], isOn]),
  ) as Record<FuseV1Options, boolean>
  const config: FuseConfig = {
    ...decided,
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Apple Silicon starts nothing whose signature no longer fits, not even an unsigned build's own.
    resetAdHocDarwinSignature: true,
  }
  await flipFuses(executable, config)
}
