import path from 'node:path'

/** Where desktops of Linux look for what to start with a session. */
export function autostartFile(env: NodeJS.ProcessEnv, home: string): string {
  const config = env['XDG_CONFIG_HOME']
  // The specification has relative paths ignored.
  const folder = config !== undefined && path.isAbsolute(config) ? config : path.join(home, '.config')
  return path.join(folder, 'autostart', 'penstock.desktop')
}

/** @param program absolute path of what is to be started */
export function autostartEntry(program: string): string {
  return `[Desktop Entry]
Type=Application
Name=Penstock
Comment=Local task broker
Exec=${quoteArgument(program)} --hidden
Terminal=false
X-GNOME-Autostart-enabled=true
`
}

/** As the Desktop Entry specification has it: quoted, and what a string of a key file would eat is doubled. */
function quoteArgument(argument: string): string {
  const quoted = argument.replaceAll(/["`$\\]/g, (char) => `\\${char}`).replaceAll('\\', '\\\\')
  return `"${quoted.replaceAll('%', '%%')}"`
}
