/** More tasks than any server has: a list that goes on for longer never ends. */
const MOST = 2 ** 31

/**
 * How long a list is that tells no count: looked for from where it ended the last time, in steps that
 * double, then by halves. So it costs two looks while nothing changes, and some thirty at most otherwise.
 * @param isThere whether there is something at an index, from 0 on; all before it is there then, too.
 * @returns null for a list that never ends.
 */
export async function findListEnd(
  isThere: (index: number) => Promise<boolean>,
  lastEnd: number,
): Promise<number | null> {
  // All below `known` is there, nothing from `free` on.
  let known = 0
  let free = MOST
  if (lastEnd === 0 || (await isThere(lastEnd - 1))) {
    known = lastEnd
    for (let step = 1; free === MOST; step *= 2) {
      const index = known + step - 1
      if (index >= MOST) return null
      if (await isThere(index)) known = index + 1
      else free = index
    }
  } else {
    free = lastEnd - 1
    for (let step = 1; known === 0 && free > 0; step *= 2) {
      const index = Math.max(0, free - step)
      if (await isThere(index)) known = index + 1
      else free = index
    }
  }
  while (known < free) {
    const middle = Math.floor((known + free) / 2)
    if (await isThere(middle)) known = middle + 1
    else free = middle
  }
  return known
}
