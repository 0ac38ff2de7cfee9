/**
 * Which field a refusal is about, by the domain's name for it: the first one of the wire's that its message
 * names as a word. Undefined when it names none.
 */
export function fieldInMessage(
  message: string,
  domainNames: Readonly<Record<string, string>>,
): string | undefined {
  const words = message.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []
  const word = words.find((each) => Object.hasOwn(domainNames, each))
  return word === undefined ? undefined : domainNames[word]
}
