export const LOCK_FILE = 'folder.lock'
export const OWNER_FILE = 'owner.json'

/** All there is of a lock of a data folder; of no use when nobody holds it. */
export const LOCK_FILES = [LOCK_FILE, `${LOCK_FILE}-journal`, OWNER_FILE]
