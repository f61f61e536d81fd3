import type { Reading, Writing } from '../../../platform/database/door.ts'

/** A transaction as its own reader: a command loads what it decides on within it. */
export const asReading = (tx: Writing): Reading => tx as unknown as Reading
