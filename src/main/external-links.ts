const OPENED_OUTSIDE: ReadonlySet<string> = new Set(['https:', 'mailto:'])

/** Whether a link may be handed to the system: only the web and mail, since other schemes start programs. */
export function mayOpenOutside(url: string): boolean {
  return URL.canParse(url) && OPENED_OUTSIDE.has(new URL(url).protocol)
}
