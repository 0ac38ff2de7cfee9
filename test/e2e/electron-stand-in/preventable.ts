/** An event whose default a listener may prevent. */
export interface Preventable {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

export function preventable<Details extends object>(details: Details): Details & Preventable {
  let isPrevented = false
  return Object.defineProperties({ ...details } as Details & Preventable, {
    defaultPrevented: { get: () => isPrevented },
    preventDefault: {
      value: () => {
        isPrevented = true
      },
    },
  })
}
