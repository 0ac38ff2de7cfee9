/** Asked of every object by promises, inspection and assertions, and no part of what it offers. */
const HARMLESS: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'asymmetricMatch',
  'nodeType',
])

/**
 * The same object, but reading what it does not have is an error: a silent `undefined` would hide that
 * the product uses something of Electron which the stand-in lacks.
 */
export function strict<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'string' && !(key in object) && !HARMLESS.has(key)) {
        throw new Error(`the stand-in for electron has no ${name}.${key}`)
      }
      const value: unknown = Reflect.get(object, key, object)
      return typeof value === 'function' ? value.bind(object) : value
    },
  })
}
