/** What came of moving the data folder, as it was asked for before this start. */
export type MoveOutcome =
  | {
      readonly kind: 'moved'
      readonly from: string
      readonly to: string
      readonly tasks: number
      readonly bytes: number
      /** How many files are left in the old folder, as they changed meanwhile or could not be removed. */
      readonly kept: number
    }
  | { readonly kind: 'failed'; readonly to: string; readonly message: string }
