/** One line of a traceback that names a place in code. */
export interface Frame {
  /** Function or method; null for code outside of any. */
  readonly name: string | null
  readonly file: string
  readonly line: number | null
  /** The line of code itself, where the traceback carries it (Python does). */
  readonly code: string | null
  /** Not the author's: a package, the runtime, or the program that called the handler. */
  readonly isLibrary: boolean
  /** Where the library frame comes from, for the folded line: `undici`, `node:internal`. */
  readonly origin: string | null
}

/** Frames in a row that belong together: each of the app's alone, those of libraries folded. */
export type FrameGroup =
  | { readonly kind: 'app'; readonly frame: Frame }
  | { readonly kind: 'library'; readonly frames: readonly Frame[]; readonly origins: readonly string[] }

const V8_FRAME =
  /^\s*at (?:async )?(?:(.+?) \()?((?:file:\/\/|node:|[A-Za-z]:[\\/]|\/|\.{0,2}\/|\[|[\w@.-]+[\\/])?[^()]*?):(\d+)(?::\d+)?\)?$/
const V8_BARE_FRAME = /^\s*at (?:async )?(.+?)(?: \(<anonymous>\))?$/
const PYTHON_FRAME = /^\s*File "(.+?)", line (\d+)(?:, in (.+))?$/

/**
 * Reads the stack of a JavaScript error or a Python traceback; innermost frame first. Empty when the text
 * has no frames that are understood: then it is shown as it is.
 *
 * @param roots folders whose parent is left out of file names: the tasks folder above all
 */
export function readTraceback(text: string, roots: readonly string[] = []): readonly Frame[] {
  const lines = text.split('\n')
  const python = readPython(lines, roots)
  if (python.length > 0) return python.toReversed()
  return lines.flatMap((line): readonly Frame[] => {
    const match = V8_FRAME.exec(line)
    if (match?.[2] !== undefined && match[3] !== undefined)
      return [
        toFrame({ name: cleanName(match[1]), path: match[2], line: Number(match[3]), code: null }, roots),
      ]
    const bare = V8_BARE_FRAME.exec(line)
    return bare?.[1] === undefined
      ? []
      : [
          {
            name: cleanName(bare[1]),
            file: '',
            line: null,
            code: null,
            isLibrary: true,
            origin: 'native code',
          },
        ]
  })
}

/** Neighbouring library frames folded into one; app frames stand alone. */
export function groupFrames(frames: readonly Frame[]): readonly FrameGroup[] {
  const groups: FrameGroup[] = []
  for (const frame of frames) {
    const last = groups.at(-1)
    if (!frame.isLibrary) groups.push({ kind: 'app', frame })
    else if (last?.kind === 'library') groups[groups.length - 1] = toLibraryGroup([...last.frames, frame])
    else groups.push(toLibraryGroup([frame]))
  }
  return groups
}

/** `5 frames in undici and node:internal`. */
export function foldedText({ frames, origins }: Extract<FrameGroup, { kind: 'library' }>): string {
  const [first = '', second, ...rest] = origins
  const where =
    second === undefined
      ? first
      : rest.length === 0
        ? `${first} and ${second}`
        : `${first}, ${second} and ${rest.length} more`
  return `${frames.length} frame${frames.length === 1 ? '' : 's'} in ${where}`
}

function toLibraryGroup(frames: readonly Frame[]): FrameGroup {
  const origins = [...new Set(frames.map(({ origin }) => origin ?? 'a library'))]
  return { kind: 'library', frames, origins }
}

function readPython(lines: readonly string[], roots: readonly string[]): readonly Frame[] {
  return lines.flatMap((line, index): readonly Frame[] => {
    const match = PYTHON_FRAME.exec(line)
    if (match?.[1] === undefined) return []
    const next = lines[index + 1]
    const hasCode = next !== undefined && /^ {4}\S/.test(next) && !PYTHON_FRAME.test(next)
    const name = match[3] === undefined || match[3] === '<module>' ? null : match[3]
    return [
      toFrame({ name, path: match[1], line: Number(match[2]), code: hasCode ? next.trim() : null }, roots),
    ]
  })
}

interface RawFrame {
  readonly name: string | null
  readonly path: string
  readonly line: number
  readonly code: string | null
}

function toFrame({ name, path, line, code }: RawFrame, roots: readonly string[]): Frame {
  const file = decodePath(path)
  const origin = originOf(file)
  return { name, file: shorten(file, roots), line, code, isLibrary: origin !== null, origin }
}

/** The library a file belongs to; null for the author's own code. */
function originOf(file: string): string | null {
  const path = file.replaceAll('\\', '/')
  const packaged =
    /(?:^|\/)(?:node_modules|site-packages|dist-packages)\/((?:@[^/]+\/)?[^/]+)(?!.*\/(?:node_modules|site-packages|dist-packages)\/)/.exec(
      path,
    )
  if (packaged?.[1] !== undefined) return packaged[1].replace(/\.py$/, '')
  const builtIn = /^(node:[^/]+)/.exec(path)
  if (builtIn?.[1] !== undefined) return builtIn[1]
  if (/\/lib\/python3(?:\.\d+)?\//.test(path) || path.startsWith('<frozen ')) return 'Python'
  // What called the handler: the executor, from its sources or as built.
  if (/\/executor(?:-thread|-process|\/)|\/out\/(?:server|chunks)\//.test(path)) return 'Penstock'
  return null
}

function decodePath(path: string): string {
  if (!path.startsWith('file://')) return path
  try {
    return decodeURIComponent(path.slice('file://'.length)).replace(/^\/([A-Za-z]:)/, '$1')
  } catch {
    return path
  }
}

/** A file as `tasks/lib/gateway.ts`: relative to where the folder of a root lies. */
function shorten(file: string, roots: readonly string[]): string {
  for (const root of roots) {
    const folder = root.replace(/[\\/]+$/, '')
    if (folder !== '' && (file.startsWith(`${folder}/`) || file.startsWith(`${folder}\\`)))
      return file.slice(folder.search(/[^\\/]+$/))
  }
  return file
}

/** `Object.run` and `Module.run` are how the engine calls a plain function. */
function cleanName(name: string | undefined): string | null {
  const plain = name?.replace(/^(?:async )?(?:Object|Module)\./, '').replace(/ \[as .+\]$/, '')
  return plain === undefined || plain === '' || plain === '<anonymous>' ? null : plain
}
