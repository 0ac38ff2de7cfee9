/** Where the keys of connections are kept. One that is given in comes out to the server it is for, and to nobody else. */
export interface KeyVault {
  /** What people should know of how they are kept; null when there is nothing to worry about. */
  notice(): Promise<string | null>
  names(): Promise<ReadonlySet<string>>
  keyOf(name: string): Promise<string | null>
  keep(name: string, key: string): Promise<void>
  /** Forgetting one that is not there changes nothing. */
  forget(name: string): Promise<void>
}

/** The words for keys that stand in a file as they are. */
export const PLAIN_KEYS_NOTICE =
  'Keys are kept in a file of the data folder that only you may read, and are not encrypted.'
