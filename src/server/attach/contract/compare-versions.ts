const VERSION = /^(?<major>\d{1,6})\.(?<minor>\d{1,6})\.\d{1,6}(?:[-+].*)?$/

/**
 * Whether another Penstock speaks the same contract: the same major version, before 1.0 the same minor one.
 * Null when the text is no version.
 */
export function compareVersions(theirs: string, ours: string): 'older' | 'same' | 'newer' | null {
  const [their, our] = [generation(theirs), generation(ours)]
  if (their === null || our === null) return null
  if (their === our) return 'same'
  return their < our ? 'older' : 'newer'
}

function generation(version: string): number | null {
  const groups = VERSION.exec(version)?.groups
  if (groups === undefined) return null
  const major = Number(groups['major'])
  return major === 0 ? Number(groups['minor']) / 1_000_001 : major
}
