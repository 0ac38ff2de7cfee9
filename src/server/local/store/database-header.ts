import { closeSync, openSync, readSync } from 'node:fs'

const MAGIC = 'SQLite format 3\0'
/** Lengths and offsets of the file format (https://sqlite.org/fileformat.html, "The Database Header"). */
const HEADER_BYTES = 100
const PAGE_BYTES_AT = 16
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68
/** 65536 does not fit into the two bytes that tell the size of a page. */
const LARGEST_PAGE = { stored: 1, bytes: 65_536 }

/** What the first bytes of a database file say, as they stand there: nothing of it is checked. */
export interface DatabaseHeader {
  readonly pageBytes: number
  /** The version of its schema. */
  readonly userVersion: number
  /** The program that it belongs to. */
  readonly applicationId: number
}

/**
 * Reads the first bytes of a file, and opens no database.
 * @returns null when it does not begin as a database does.
 * @throws NodeJS.ErrnoException when the file cannot be read.
 */
export function readDatabaseHeader(file: string): DatabaseHeader | null {
  const header = Buffer.alloc(HEADER_BYTES)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, header, 0, HEADER_BYTES, 0)
  } finally {
    closeSync(opened)
  }
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return null
  const stored = header.readUInt16BE(PAGE_BYTES_AT)
  return {
    pageBytes: stored === LARGEST_PAGE.stored ? LARGEST_PAGE.bytes : stored,
    userVersion: header.readUInt32BE(USER_VERSION_AT),
    applicationId: header.readUInt32BE(APPLICATION_ID_AT),
  }
}
