// The files of a pack while somebody works on them.
export interface PackFile {
  path: string
  text: string
}

export interface LineChange {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** What differs, line by line (longest common subsequence; long files by their middle part only). */
export function lineDifference(before: string, after: string): LineChange[] {
  const a = before.split('\n')
  const b = after.split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const x = a.slice(start, a.length - end)
  const y = b.slice(start, b.length - end)
  const found: LineChange[] = a.slice(Math.max(0, start - 3), start).map((text) => ({ kind: 'same', text }))
  if (x.length * y.length > 4_000_000) {
    found.push(...x.map((text) => ({ kind: 'removed' as const, text })), ...y.map((text) => ({ kind: 'added' as const, text })))
  } else {
    const length = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1))
    for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) length[i]![j] = x[i] === y[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!)
    let i = 0
    let j = 0
    while (i < x.length || j < y.length) {
      if (i < x.length && j < y.length && x[i] === y[j]) found.push({ kind: 'same', text: x[i++]! }), j++
      else if (j >= y.length || (i < x.length && length[i + 1]![j]! >= length[i]![j + 1]!)) found.push({ kind: 'removed', text: x[i++]! })
      else found.push({ kind: 'added', text: y[j++]! })
    }
  }
  found.push(...a.slice(a.length - end, a.length - end + 3).map((text) => ({ kind: 'same' as const, text })))
  return found
}
