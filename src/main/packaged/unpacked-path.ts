/**
 * Where a file of the app lies that is not inside its archive: threads, processes and system calls know
 * nothing of archives. Unpackaged, and for a file that is outside already, the path itself.
 *
 * @param path absolute, of this system's kind
 */
export function unpackedPath(path: string): string {
  return path.replace(/(?<=[\\/])app\.asar(?=[\\/]|$)/, 'app.asar.unpacked')
}
