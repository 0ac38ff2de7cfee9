/** What is read of package-lock.json: packages by their place, as `node_modules/a/node_modules/b`. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * Names of the packages that are needed when some are: they, what they depend on, and so on. Optional
 * ones count.
 *
 * @param except.filesOnly packages of which files are read and nothing is run: what they depend on is not needed
 * @param except.never packages that nothing needs at run time, whatever depends on them
 * @throws Error when a needed package is not locked.
 */
export function packagesNeededBy(
  lockfile: Lockfile,
  names: readonly string[],
  {
    filesOnly = [],
    never = [],
  }: { readonly filesOnly?: readonly string[]; readonly never?: readonly string[] } = {},
): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (name: string, from: string, isOptional: boolean) => {
    if (never.includes(name)) return
    const place = placeOf(lockfile, name, from)
    if (place === null && isOptional) return
    if (place === null)
      throw new Error(`${name}, which ${from || 'the app'} needs, is not in package-lock.json.`)
    if (reached.has(place)) return
    reached.add(place)
    if (filesOnly.includes(name)) return
    const { dependencies = {}, optionalDependencies = {} } = lockfile.packages[place] ?? {}
    for (const other of Object.keys(dependencies)) visit(other, place, other in optionalDependencies)
    for (const other of Object.keys(optionalDependencies)) visit(other, place, true)
  }
  for (const name of names) visit(name, '', false)
  return new Set([...reached].map((place) => place.slice(place.lastIndexOf('node_modules/') + 13)))
}

/** Where Node finds a package from a place: there, or in the nearest folder above. */
function placeOf({ packages }: Lockfile, name: string, from: string): string | null {
  const place = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (place in packages) return place
  if (from === '') return null
  const above = from.lastIndexOf('/node_modules/')
  return placeOf({ packages }, name, above === -1 ? '' : from.slice(0, above))
}
