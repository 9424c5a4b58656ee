// Whether a record is in the log: the proof of RFC 9162 §2.1.3.2, computed in this browser over what the server
// gave. The signature of the head is checked by `jinyue verify` and by whoever watches the log.

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all))
}

export interface ProofDocument {
  record: string
  index: number
  proof: string[]
  head: { log: string; size: number; root: string; at: string; hash: string; key_id: string; signature: string }
}

/** null: this browser can't tell (no SHA-256 over plain HTTP, or the log uses SM3). */
export async function isIncluded(document: ProofDocument): Promise<boolean | null> {
  if (document.head.hash !== 'sha256' || !globalThis.crypto?.subtle) return null
  const leaf = await sha256(Uint8Array.of(0), new TextEncoder().encode(document.record))
  let node = BigInt(document.index)
  let last = BigInt(document.head.size) - 1n
  if (node > last) return false
  let root = leaf
  for (const hex of document.proof) {
    if (last === 0n) return false
    const sibling = bytesOf(hex)
    if ((node & 1n) === 1n || node === last) {
      root = await sha256(Uint8Array.of(1), sibling, root)
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else {
      root = await sha256(Uint8Array.of(1), root, sibling)
    }
    node >>= 1n
    last >>= 1n
  }
  return last === 0n && hexOf(root) === document.head.root
}
