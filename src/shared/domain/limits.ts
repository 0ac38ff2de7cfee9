/** Limits and defaults of the domain model and of "What the documents leave open". */
export const DEFAULT_QUEUE = 'default'
export const QUEUE_NAME_PATTERN = /^[A-Za-z0-9_.:-]{1,128}$/
export const MAX_TASK_NAME_LENGTH = 256
export const MIN_PRIORITY = 0
export const MAX_PRIORITY = 10
export const DEFAULT_PRIORITY = 5
export const DEFAULT_MAX_RETRIES = 3
export const MAX_MAX_RETRIES = 1000
export const DEFAULT_TIMEOUT_MS = 300_000
/** 30 days: the longest an attempt may be allowed to run, and the longest timer that is sensible. */
export const MAX_DURATION_MS = 30 * 24 * 3_600_000
/** How long an idempotency key is remembered. */
export const IDEMPOTENCY_WINDOW_MS = 24 * 3_600_000
export const MAX_BODY_BYTES = 1_048_576
/** Largest result kept, as JSON text. */
export const MAX_RESULT_BYTES = 1_048_576
export const MAX_PAGE_SIZE = 1000
/** A page of tasks with their input and result ends early, but not empty, once these come to as many characters. */
export const MAX_FULL_PAGE_CHARACTERS = 8_388_608
/** A task that took its worker down this often is quarantined as poison. */
export const MAX_CRASHES = 3
export const MAX_METADATA_KEYS = 100
/** Latest instant a task may be scheduled for: year 9999. */
export const MAX_EPOCH_MS = 253_402_300_799_999
export const MAX_WORKFLOW_NODES = 1000
/** Parents named in one workflow, so that ending a node stays a short transaction. */
export const MAX_WORKFLOW_EDGES = 10_000
export const MAX_NODE_KEY_LENGTH = 256
/** Most a task is handed of its parents' results, as JSON text; as much as one result may have. */
export const MAX_PARENT_RESULTS_BYTES = 1_048_576
